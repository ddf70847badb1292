#include "config/cells.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "config/conditions.hpp"
#include "config/config_reader.hpp"
#include "config/config_writer.hpp"
#include "config/designs.hpp"
#include "config/plain_text.hpp"

namespace ablate {
namespace {

ReadContext context_of(const Cell& cell, const Base& base, bool strict) {
  const std::string name = cell.name.empty() ? raw_label(cell) : cell.name;
  return {base.context.metrics, fmt::format("variant '{}'", name), strict};
}

/// Keeps (`only`) or drops (`exclude`) the cells that meet an entry of the list.
void filter(std::vector<Cell>& cells, const Node& variants, const char* key, bool keeps, const Base& base) {
  const Node* list = variants.find(key);
  if (!list) return;
  const std::string what = fmt::format("variants.{}", key);
  const ReadContext context{base.context.metrics, what, false};
  const auto entries = read_conditions(*list, what, base.context);
  std::erase_if(cells, [&](const Cell& cell) {
    bool met = false;
    for (const ConditionEntry& entry : entries) {
      met = meets(cell.tree, cell.config, entry, base.layer, context) || met;
    }
    return met != keeps;
  });
  if (cells.empty()) refuse(list->where, base.context, fmt::format("{} leaves no variant", what));
}

void name_cells(std::vector<Cell>& cells, const FactorTexts& texts, const Base& base) {
  for (Cell& cell : cells) {
    if (cell.name.empty()) cell.name = texts.cell_name(cell.changes, cell.inherited);
    if (characters(cell.name) > StudyLimits::name) {
      refuse(cell.where, base.context,
             fmt::format("the name '{}...' is longer than {} characters", first_characters(cell.name, 40),
                         StudyLimits::name),
             "name the variants in variants.list");
    }
  }
}

void refuse_twins(const std::vector<Cell>& cells, const Base& base) {
  std::map<std::string, std::string> configurations, names;
  for (const Cell& cell : cells) {
    const auto [other, fresh] = configurations.emplace(block_text(to_node(cell.config)), cell.name);
    if (!fresh) {
      refuse(cell.where, base.context,
             fmt::format("variants '{}' and '{}' are the same configuration", other->second, cell.name),
             "leave one of them out");
    }
    if (names.emplace(cell.name, "").second) continue;
    refuse(cell.where, base.context, fmt::format("two variants have the name '{}'", cell.name),
           "give keys and values different names and labels in variants.factors");
  }
}

/// What to try where no cell is the baseline.
const char* baseline_hint(const Node& variants) {
  if (variants.find("one_at_a_time")) return "variants.only and variants.exclude must keep it";
  if (variants.find("random")) {
    return "leave variants.baseline out: what is drawn is hardly ever the base; or write it in variants.list";
  }
  return "name in variants.baseline every setting in which that variant differs from the base";
}

/// `one_at_a_time` always has a baseline: without a word on it, the base.
void mark_baseline(std::vector<Cell>& cells, const Node& variants, const Base& base) {
  const Node* baseline = variants.find("baseline");
  const Node* ablation = variants.find("one_at_a_time");
  if (!baseline && !ablation) return;
  std::vector<Change> changes;
  if (baseline) changes = read_values(*baseline, "variants.baseline", base.context);
  const Node tree = with_changes(base.tree, changes, base.layer);
  const Config config = read_resolved(tree, {base.context.metrics, "variants.baseline", true});
  const auto found =
      std::find_if(cells.begin(), cells.end(), [&](const Cell& c) { return c.config == config; });
  if (found == cells.end()) {
    refuse(baseline ? baseline->where : ablation->where, base.context,
           "no variant is the base configuration with the baseline's changes", baseline_hint(variants));
  }
  found->is_baseline = true;
}

void check_keys(const Node& variants, const ReadContext& context) {
  if (!variants.is(Node::Kind::null) && !variants.is(Node::Kind::mapping)) {
    refuse_value(variants, "variants", context,
                 "a mapping with one of grid, zip, one_at_a_time, list, random");
  }
  const std::vector<std::string> known = {"baseline", "grid", "zip",     "one_at_a_time", "list",
                                          "random",   "only", "exclude", "factors"};
  refuse_unknown_keys(variants, "variants", known, context);
}

}  // namespace

bool is_name(const std::string& text) {
  const bool control = std::any_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; });
  return !text.empty() && characters(text) <= StudyLimits::name && !control;
}

Cells make_cells(const Node& variants, const Base& base) {
  check_keys(variants, base.context);
  std::vector<Cell> cells = design_cells(variants, base);
  for (Cell& cell : cells) {
    cell.tree = with_changes(base.tree, cell.changes, base.layer);
    cell.config = read_resolved(cell.tree, context_of(cell, base, false));
  }
  const Node* factors = variants.find("factors");
  FactorTexts(cells, factors, base.context).refuse_unused(cells, base.context);
  filter(cells, variants, "only", true, base);
  filter(cells, variants, "exclude", false, base);
  FactorTexts texts(cells, factors, base.context);
  name_cells(cells, texts, base);
  for (const Cell& cell : cells) {
    const ReadContext context = context_of(cell, base, true);
    check_config(read_resolved(cell.tree, context), cell.tree, context);
  }
  refuse_twins(cells, base);
  mark_baseline(cells, variants, base);
  return {std::move(cells), std::move(texts)};
}

}  // namespace ablate
