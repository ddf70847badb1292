#include "config/conditions.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "config/config_reader.hpp"

namespace ablate {
namespace {

/// Settings that a condition names one by one: those inside its blocks too.
void flatten(const Change& change, const ReadContext& context, Conjunction& flat) {
  if (change.setting->kind != SettingKind::block || !change.value.is(Node::Kind::mapping)) {
    flat.push_back(change);
    return;
  }
  std::vector<std::string> known;
  for (const Setting& setting : change.setting->settings) {
    const Node* value = change.value.find(known.emplace_back(setting.field.key));
    if (value) flatten({&setting, value->where, *value}, context, flat);
  }
  refuse_unknown_keys(change.value, change.setting->path, known, context);
}

/// Whether the value lists alternatives; of a setting that is a list itself, a list of lists does.
bool lists_values(const Change& change) {
  const Node& value = change.value;
  if (!value.is(Node::Kind::sequence)) return false;
  return !change.setting->list ||
         (!value.items.empty() && std::all_of(value.items.begin(), value.items.end(), [](const Node& item) {
           return item.is(Node::Kind::sequence);
         }));
}

Condition read_condition(const Change& change, const std::string& what, const ReadContext& context) {
  const std::vector<Node> values =
      lists_values(change) ? change.value.items : std::vector<Node>{change.value};
  Condition condition;
  for (const Node& value : values) {
    flatten(in_full({change.setting, change.where, value}), context, condition.emplace_back());
    if (condition.back().empty()) refuse_value(value, what, context, changes_expected);
  }
  if (condition.empty()) {
    refuse_value(change.value, fmt::format("{}.{}", what, change.setting->path), context,
                 "a value, or a list of values of which a variant has one");
  }
  return condition;
}

}  // namespace

std::vector<ConditionEntry> read_conditions(const Node& list, const std::string& what,
                                            const ReadContext& context) {
  if (!list.is(Node::Kind::sequence)) {
    refuse_value(list, what, context, "a list of mappings, as in [{model.skip: none}]");
  }
  std::vector<ConditionEntry> entries;
  for (const Node& mapping : list.items) {
    ConditionEntry& entry = entries.emplace_back();
    for (const Change& change : read_changes(mapping, what, context)) {
      entry.push_back(read_condition(change, what, context));
    }
    if (entry.empty()) refuse_value(mapping, what, context, changes_expected);
  }
  return entries;
}

bool meets(const Node& tree, const Resolved& config, const ConditionEntry& entry, int layer,
           const ReadContext& context) {
  bool all = true;
  for (const Condition& condition : entry) {  // every value is read, so that a wrong one is found
    bool any = false;
    for (const Conjunction& values : condition) {
      any = read_resolved(with_changes(tree, values, layer), context) == config || any;
    }
    all = all && any;
  }
  return all;
}

}  // namespace ablate
