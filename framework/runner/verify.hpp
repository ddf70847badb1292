#pragma once
/// Trains finished runs again and compares every number that is stored of them, bit by bit.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "data/dataset.hpp"
#include "store/reader.hpp"
#include "train/training.hpp"

namespace ablate {

/// At most `count` runs, evenly spread over `runs` in their order.
std::vector<RunRecord> spread(const std::vector<RunRecord>& runs, std::size_t count);

struct Verification {
  int epochs = 0;          ///< that were compared
  bool weights = false;    ///< the run keeps weights, which were compared too
  bool stopped = false;    ///< `pulse` ended it: nothing is said of what follows
  std::string difference;  ///< the first, with its place; empty: every bit is the same
};

/// Trains the run again on its own images and compares learning rate, gradient norm and metrics of every epoch;
/// then how it ended, which epoch was selected, that epoch's classes and confusion matrix, and kept weights. Stops
/// at the first difference. `config` is the run's own, but for the places of files. `on_epoch` is called after each
/// epoch and may be empty. Throws RequestError where the run is not done or the images are others.
Verification verify_run(const Reader& reader, const RunRecord& run, const Config& config,
                        const Dataset& dataset, const std::function<void(int epoch, int epochs)>& on_epoch,
                        const Pulse& pulse);

}  // namespace ablate
