#pragma once
/// Conditions on variants: what `only` keeps and `exclude` drops.

#include <string>
#include <vector>

#include "config/changes.hpp"
#include "config/config_reader.hpp"

namespace ablate {

/// Changes that a variant already has, all of them.
using Conjunction = std::vector<Change>;

/// One key, which has one of several values.
using Condition = std::vector<Conjunction>;

/// An entry of the list: conditions that hold together.
using ConditionEntry = std::vector<Condition>;

/// A list of mappings "dotted key: value, or list of values"; `what` is its key, for messages. Throws
/// RequestError with the place.
std::vector<ConditionEntry> read_conditions(const Node& list, const std::string& what,
                                            const ReadContext& context);

/// Whether the variant whose tree and resolved configuration these are meets all conditions of the entry.
/// Throws RequestError for a value that its setting cannot have.
bool meets(const Node& tree, const Resolved& config, const ConditionEntry& entry, int layer,
           const ReadContext& context);

}  // namespace ablate
