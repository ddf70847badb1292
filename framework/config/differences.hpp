#pragma once
/// What two configurations do not have in common.

#include <optional>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "config/trainer_settings.hpp"

namespace ablate {

/// A setting with another value, as the study file would write it; nothing where the configuration has no
/// such setting, because it belongs to another choice (the factor of a step schedule, say).
struct ConfigDifference {
  std::string key;  ///< "training.learning_rate.schedule"
  std::optional<std::string> first, second;
};

/// In the order of the reference; empty for equal configurations. Where files are is a setting like any
/// other.
std::vector<ConfigDifference> config_differences(const Config& first, const Config& second);
/// The same of programs of a study's own: settings by the study's names for them, then the rest of `trainer`, its command
/// first. Nothing on either side: our network.
std::vector<ConfigDifference> config_differences(const std::optional<TrainerSettings>& first,
                                                 const std::optional<TrainerSettings>& second);

}  // namespace ablate
