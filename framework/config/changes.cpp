#include "config/changes.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "config/short_forms.hpp"
#include "config/trainer_reader.hpp"

namespace ablate {
namespace {

auto depth_of(const Change* change) {
  return std::count(change->setting->path.begin(), change->setting->path.end(), '.');
}

}  // namespace

const Setting& variable_setting(const std::string& key, const Node& value, const Location& where,
                                const std::string& what, const ReadContext& context) {
  if (context.trainer) {
    const OwnSettings& own = *context.trainer->own;
    if (const Setting* setting = own.find(key)) return *setting;
    refuse(where, context, fmt::format("unknown setting '{}' in {}", key, what),
           own.paths().empty() ? "name it, with its base value, in trainer.settings"
                               : suggestion(key, own.paths()) + "; trainer.settings names them");
  }
  const Setting* setting = find_setting(key);
  if (setting && !is_of_a_variant(*setting)) {
    refuse(where, context, fmt::format("{} cannot change {}: it is one for all variants", what, key));
  }
  if (setting) return *setting;
  const auto elsewhere = meant_setting(key, value);
  refuse(where, context, fmt::format("unknown setting '{}' in {}", key, what),
         elsewhere ? fmt::format("did you mean '{}'?", *elsewhere) : suggestion(key, setting_paths()));
}

std::vector<Change> read_changes(const Node& mapping, const std::string& what, const ReadContext& context) {
  if (!mapping.is(Node::Kind::mapping)) refuse_value(mapping, what, context, changes_expected);
  std::vector<Change> changes;
  for (const Entry& entry : mapping.entries) {
    changes.push_back(
        {&variable_setting(entry.key, entry.value, entry.where, what, context), entry.where, entry.value});
  }
  return changes;
}

Change in_full(Change change) {
  write_in_full(change.value, *change.setting);
  return change;
}

std::vector<Change> read_values(const Node& mapping, const std::string& what, const ReadContext& context) {
  std::vector<Change> changes = read_changes(mapping, what, context);
  for (Change& change : changes) change = in_full(std::move(change));
  return changes;
}

Node with_changes(const Node& tree, const std::vector<Change>& changes, int layer) {
  std::vector<const Change*> order;
  for (const Change& change : changes) order.push_back(&change);
  std::stable_sort(order.begin(), order.end(),
                   [](const Change* a, const Change* b) { return depth_of(a) < depth_of(b); });
  Node result = tree;
  for (const Change* change : order) set_path(result, change->setting->path, change->value, layer);
  drop_old_choices(result);
  return result;
}

}  // namespace ablate
