#include "ablate/config/cells.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "ablate/base/suggest.hpp"
#include "ablate/config/config_reader.hpp"
#include "ablate/config/config_writer.hpp"

namespace ablate {
namespace {

constexpr const char* changes_expected = "a mapping of keys and values, as in {model.skip: none}";

auto depth_of(const Change* change) {
  return std::count(change->setting->path.begin(), change->setting->path.end(), '.');
}

void refuse_other_designs(const Node& variants, const ReadContext& context) {
  constexpr std::array<std::string_view, 5> later = {"zip", "one_at_a_time", "random", "only", "factors"};
  const std::vector<std::string> known = {"baseline", "grid", "list", "exclude"};
  for (const Entry& entry : variants.entries) {
    if (std::find(later.begin(), later.end(), entry.key) == later.end()) continue;
    refuse(entry.where, context, fmt::format("variants.{} is not yet available", entry.key),
           "grid for every combination, list for variants by name");
  }
  refuse_unknown_keys(variants, "variants", known, context);
}

Change read_change(const Entry& entry, const std::string& what, const ReadContext& context) {
  const Setting* setting = find_setting(entry.key);
  if (setting && setting->path.starts_with("report")) {
    refuse(entry.where, context,
           fmt::format("{} cannot change {}: a report is one for all variants", what, entry.key));
  }
  if (setting) return {setting, entry.where, entry.value};
  const auto elsewhere = setting_ending_in(entry.key);
  refuse(entry.where, context, fmt::format("unknown setting '{}' in {}", entry.key, what),
         elsewhere ? fmt::format("did you mean '{}'?", *elsewhere) : suggestion(entry.key, setting_paths()));
}

/// The keys of a grid, each with the list of values that it goes through.
std::vector<Change> read_axes(const Node& grid, const ReadContext& context) {
  std::vector<Change> axes = read_changes(grid, "variants.grid", context);
  std::size_t count = 1;
  for (const Change& change : axes) {
    const std::string path = "variants.grid." + change.setting->path;
    if (!change.value.is(Node::Kind::sequence) || change.value.items.empty()) {
      refuse_value(change.value, path, context, "a list of values",
                   fmt::format("[{}]", flow_text(change.value)));
    }
    count *= change.value.items.size();
    if (count > StudyLimits::variants) {
      refuse(grid.where, context,
             fmt::format("variants.grid makes more than {} variants", StudyLimits::variants));
    }
  }
  if (axes.empty()) refuse_value(grid, "variants.grid", context, "at least one key with a list of values");
  return axes;
}

/// Every combination, the first key slowest.
std::vector<Cell> grid_cells(const Node& grid, const ReadContext& context) {
  std::vector<Cell> cells = {{.name = "", .where = grid.where}};
  for (const Change& axis : read_axes(grid, context)) {
    std::vector<Cell> longer;
    for (const Cell& cell : cells) {
      for (const Node& value : axis.value.items) {
        longer.push_back(cell);
        longer.back().changes.push_back({axis.setting, axis.where, value});
      }
    }
    cells = std::move(longer);
  }
  return cells;
}

void check_name(const Entry& entry, const ReadContext& context) {
  const bool control =
      std::any_of(entry.key.begin(), entry.key.end(), [](char c) { return c >= 0 && c < ' '; });
  if (!entry.key.empty() && entry.key.size() <= StudyLimits::name && !control) return;
  refuse(entry.where, context,
         fmt::format("a variant's name has 1 to {} characters in one line", StudyLimits::name));
}

std::vector<Cell> list_cells(const Node& list, const ReadContext& context) {
  if (!list.is(Node::Kind::mapping) || list.entries.empty()) {
    refuse_value(list, "variants.list", context,
                 "named variants, as in {full: {}, no_skip: {model.skip: none}}");
  }
  if (list.entries.size() > StudyLimits::variants) {
    refuse(list.where, context,
           fmt::format("variants.list has more than {} variants", StudyLimits::variants));
  }
  std::vector<Cell> cells;
  for (const Entry& entry : list.entries) {
    check_name(entry, context);
    const std::string what = fmt::format("variant '{}'", entry.key);
    cells.push_back(
        {.name = entry.key, .where = entry.where, .changes = read_changes(entry.value, what, context)});
  }
  return cells;
}

std::vector<Cell> design_cells(const Node& variants, const ReadContext& context) {
  const Node* grid = variants.find("grid");
  const Node* list = variants.find("list");
  if (grid && list) {
    refuse(list->where, context, "variants has both grid and list, expected one of them",
           "split the study in two, or write all in list");
  }
  if (grid) return grid_cells(*grid, context);
  if (list) return list_cells(*list, context);
  return {{.name = "default", .where = variants.where}};
}

/// "skip=none,hidden=[64]": what messages call a cell of a grid before its values have been read.
std::string raw_label(const Cell& cell) {
  std::string label;
  for (const Change& change : cell.changes) {
    label +=
        fmt::format("{}{}={}", label.empty() ? "" : ",", change.setting->field.key, flow_text(change.value));
  }
  return label;
}

ReadContext context_of(const Cell& cell, const Base& base, bool strict) {
  const std::string name = cell.name.empty() ? raw_label(cell) : cell.name;
  return {base.context.metrics, fmt::format("variant '{}'", name), strict};
}

/// Settings that an exclusion names one by one: those inside its blocks too.
void flatten(const Change& change, const ReadContext& context, std::vector<Change>& flat) {
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

std::vector<std::vector<Change>> read_exclusions(const Node& exclude, const ReadContext& context) {
  if (!exclude.is(Node::Kind::sequence)) {
    refuse_value(exclude, "variants.exclude", context, "a list of mappings, as in [{model.skip: none}]");
  }
  std::vector<std::vector<Change>> exclusions;
  for (const Node& entry : exclude.items) {
    std::vector<Change>& flat = exclusions.emplace_back();
    for (const Change& change : read_changes(entry, "variants.exclude", context))
      flatten(change, context, flat);
    if (flat.empty()) refuse_value(entry, "variants.exclude", context, changes_expected);
  }
  return exclusions;
}

/// Whether the cell already is what the entry would make of it.
bool is_excluded(const Cell& cell, const std::vector<Change>& entry, const Base& base) {
  const ReadContext context{base.context.metrics, "variants.exclude", false};
  return read_resolved(with_changes(cell.tree, entry, base.layer), context) == cell.config;
}

void exclude_cells(std::vector<Cell>& cells, const Node& exclude, const Base& base) {
  for (const std::vector<Change>& entry : read_exclusions(exclude, base.context)) {
    std::erase_if(cells, [&](const Cell& cell) { return is_excluded(cell, entry, base); });
  }
  if (cells.empty()) refuse(exclude.where, base.context, "variants.exclude leaves no variant");
}

void refuse_twins(const std::vector<Cell>& cells, const Base& base) {
  std::map<std::string, std::string> names;
  for (const Cell& cell : cells) {
    const auto [other, fresh] = names.emplace(block_text(to_node(cell.config)), cell.name);
    if (fresh) continue;
    refuse(cell.where, base.context,
           fmt::format("variants '{}' and '{}' are the same configuration", other->second, cell.name),
           "leave one of them out");
  }
}

void mark_baseline(std::vector<Cell>& cells, const Node& baseline, const Base& base) {
  const std::vector<Change> changes = read_changes(baseline, "variants.baseline", base.context);
  const Node tree = with_changes(base.tree, changes, base.layer);
  const Config config = read_resolved(tree, {base.context.metrics, "variants.baseline", true});
  const auto found =
      std::find_if(cells.begin(), cells.end(), [&](const Cell& c) { return c.config == config; });
  if (found == cells.end()) {
    refuse(baseline.where, base.context, "no variant is the base configuration with the baseline's changes",
           "name in variants.baseline every setting in which that variant differs from the base");
  }
  found->is_baseline = true;
}

}  // namespace

std::vector<Change> read_changes(const Node& mapping, const std::string& what, const ReadContext& context) {
  if (!mapping.is(Node::Kind::mapping)) refuse_value(mapping, what, context, changes_expected);
  std::vector<Change> changes;
  for (const Entry& entry : mapping.entries) changes.push_back(read_change(entry, what, context));
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

std::vector<Cell> make_cells(const Node& variants, const Base& base) {
  if (!variants.is(Node::Kind::null) && !variants.is(Node::Kind::mapping)) {
    refuse_value(variants, "variants", base.context, "a mapping with grid or list");
  }
  refuse_other_designs(variants, base.context);
  std::vector<Cell> cells = design_cells(variants, base.context);
  for (Cell& cell : cells) {
    cell.tree = with_changes(base.tree, cell.changes, base.layer);
    cell.config = read_resolved(cell.tree, context_of(cell, base, false));
  }
  if (const Node* exclude = variants.find("exclude")) exclude_cells(cells, *exclude, base);
  if (variants.find("grid")) name_grid(cells);
  for (const Cell& cell : cells) {
    const ReadContext context = context_of(cell, base, true);
    check_config(read_resolved(cell.tree, context), cell.tree, context);
  }
  refuse_twins(cells, base);
  if (const Node* baseline = variants.find("baseline")) mark_baseline(cells, *baseline, base);
  return cells;
}

}  // namespace ablate
