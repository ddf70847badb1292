#pragma once
/// A tree to settings: every value's type and range checked, every key known.

#include <string>

#include "config/node.hpp"
#include "config/refusal.hpp"
#include "config/report_block.hpp"
#include "config/settings.hpp"
#include "config/trainer_settings.hpp"

namespace ablate {

/// What a tree stands for: settings of our network, or of another program, whose planned epochs `training` then has.
struct Resolved : Config {
  std::optional<TrainerSettings> trainer;
  friend bool operator==(const Resolved&, const Resolved&) = default;
};

/// Of a study whose runs another program trains `tree` holds that program's settings. Throws RequestError with the
/// place, the value found and what was expected.
Resolved read_config(const Node& tree, const ReadContext& context);
/// The same of a variant: without a validation set, its epoch is selected as the last.
Resolved read_resolved(const Node& tree, const ReadContext& context);
/// The block `trainer` alone; trainer_reader.hpp checks what its texts say.
TrainerSettings read_trainer_settings(const Node& tree, const ReadContext& context);
ReportBlock read_report(const Node& tree, const ReadContext& context);
StopRules read_stop_rules(const Node& tree, const ReadContext& context);
/// A split and a metric; `path` is what messages call it.
Monitor read_monitor(const Node& node, const std::string& path, const ReadContext& context);

/// Throws RequestError where settings contradict each other; `tree` has the places.
void check_config(const Resolved& config, const Node& tree, const ReadContext& context);

}  // namespace ablate
