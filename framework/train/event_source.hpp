#pragma once
/// Metrics that a program logs for TensorBoard while it trains.

#include <filesystem>
#include <memory>

#include "train/epoch_writer.hpp"
#include "train/metrics_source.hpp"

namespace ablate {

/// Event files at any depth below `folder`, of which `steps` steps make an epoch, which is whole once every writer is
/// past it. A metric is its tag: after "train." and the like in a folder of that name, after the folder in others below
/// the run's own. Two folders of one attempt that log the same are refused. What files hold already, of epochs up to
/// `last_epoch`, is an earlier attempt's and was read then.
std::unique_ptr<MetricsSource> make_event_source(const std::filesystem::path& folder, int steps,
                                                 int last_epoch, EpochWriter writer);

}  // namespace ablate
