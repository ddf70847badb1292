#pragma once
/// A tree to settings: every value's type and range checked, every key known.

#include <string>

#include "config/node.hpp"
#include "config/refusal.hpp"
#include "config/report_block.hpp"
#include "config/settings.hpp"

namespace ablate {

/// The settings that `tree` (keys data, model, training) holds, defaults for the rest. Throws RequestError
/// with the place, the value found and what was expected.
Config read_config(const Node& tree, const ReadContext& context);
/// The same of a variant: without a validation set, its epoch is selected as the last.
Config read_resolved(const Node& tree, const ReadContext& context);
ReportBlock read_report(const Node& tree, const ReadContext& context);
StopRules read_stop_rules(const Node& tree, const ReadContext& context);
/// A split and a metric; `path` is what messages call it.
Monitor read_monitor(const Node& node, const std::string& path, const ReadContext& context);

/// Throws RequestError where settings contradict each other; `tree` tells the places.
void check_config(const Config& config, const Node& tree, const ReadContext& context);

}  // namespace ablate
