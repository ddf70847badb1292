#pragma once
/// A claimed run that another program trains: its folder and environment, its epochs into the store.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "config/study.hpp"
#include "runner/run_event.hpp"
#include "runner/worker.hpp"
#include "store/store.hpp"

namespace ablate {

/// What a worker lends for a run.
struct ProgramLinks {
  const SweepWork& shared;
  Store& store;
  Pulse beat;  ///< keeps the lease, and says whether to go on
  std::function<void(const EpochProgress&)> told;
};

/// What came of it.
struct ProgramOutcome {
  Outcome outcome;
  bool crashed = false;                  ///< by a signal: it may be tried again
  bool later = false;                    ///< it asked to be started again later
  std::string note = {};                 ///< of a run that is done: what is to be told of its end
  std::vector<std::uint8_t> truth = {};  ///< of each test sample, where it left predictions
};

/// Throws RequestError of the store, and where the code is no longer what the sweep began with.
ProgramOutcome train_by_program(const RunRecord& run, const Variant& variant, const ProgramLinks& links);

}  // namespace ablate
