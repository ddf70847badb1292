#pragma once
/// What a run's network says of each image, at the selected epoch.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "data/partition.hpp"
#include "nn/network.hpp"
#include "store/reader.hpp"
#include "train/training.hpp"

namespace ablate {

struct PredictionOptions {
  bool retrain =
      false;  ///< train the run again up to the selected epoch, whether its weights were kept or not
  std::function<void(int epoch, int epochs)> on_epoch;  ///< called while it trains again; may be empty
};

/// A few hundred images, with the most probable class and all probabilities.
struct PredictionBlock {
  std::span<const std::uint32_t>
      images;  ///< places in the data set: its training images, then its test images
  std::span<const std::uint8_t> truth;
  std::span<const std::uint8_t> predicted;
  std::span<const float> probabilities;  ///< classes x images, an image a column
};

/// The network of a run as it was at the selected epoch, with the images of the run.
class RunPredictor {
 public:
  /// `config` is the run's own, but for the places of files. Throws RequestError where the run is not done,
  /// where the images are not those that it used (both hashes are named), where its weights are not in the
  /// file and may not be trained again, or where the network does not give the numbers that were recorded.
  /// `pulse` ends a training that takes too long; then is_stopped().
  RunPredictor(const Reader& reader, const RunRecord& run, const Config& config,
               std::shared_ptr<const Dataset> dataset, const PredictionOptions& options, const Pulse& pulse);

  bool is_stopped() const { return network_ == nullptr; }
  const Dataset& dataset() const { return *dataset_; }

  /// Every image of the split in the data set's order, block by block. Throws RequestError for an empty
  /// split.
  void each_block(SplitName split, const std::function<void(const PredictionBlock&)>& sink);

  /// Where this version's arithmetic gives slightly other numbers than those recorded: a sentence; else
  /// empty.
  const std::string& warning() const { return warning_; }

 private:
  void check_recorded(const Reader& reader, const RunRecord& run, bool retrained);

  std::shared_ptr<const Dataset> dataset_;
  Partition parts_;
  std::unique_ptr<Network> network_;
  std::string warning_;
};

}  // namespace ablate
