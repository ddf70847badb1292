#include "config/designs.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "config/config_reader.hpp"
#include "config/random_space.hpp"

namespace ablate {
namespace {

constexpr std::array<const char*, 5> designs = {"grid", "zip", "one_at_a_time", "list", "random"};

/// Alternatives of which a variant has one, each a set of changes: the values of a key, the rows of a zip, the
/// draws of a random space.
struct Axis {
  std::string what;  ///< "variants.grid.model.skip"
  Location where;
  std::vector<std::vector<Change>> alternatives = {};
};

constexpr const char* axes_expected = "keys with lists of values, as in {model.skip: [none, projection]}";

/// Columns of values in step: the i-th alternative has the i-th value of every key.
Axis zip_axis(const Node& zip, const std::string& what, const ReadContext& context) {
  Axis axis{what, zip.where};
  if (!zip.is(Node::Kind::mapping)) refuse_value(zip, what, context, axes_expected);
  const std::vector<Change> columns = read_changes(zip, what, context);
  for (const Change& column : columns) {
    const std::string path = fmt::format("{}.{}", what, column.setting->path);
    const std::vector<Node>& values = column.value.items;
    if (!column.value.is(Node::Kind::sequence) || values.empty()) {
      refuse_value(column.value, path, context, "a list of values",
                   fmt::format("[{}]", flow_text(column.value)));
    }
    if (&column == &columns.front()) axis.alternatives.resize(values.size());
    if (values.size() != axis.alternatives.size()) {
      refuse(column.value.where, context,
             fmt::format("{} has {} values, but {} has {}: zip takes them in step", path, values.size(),
                         columns.front().setting->path, axis.alternatives.size()),
             "give every key as many values, or use grid for every combination");
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      axis.alternatives[i].push_back(in_full({column.setting, column.where, values[i]}));
    }
  }
  if (columns.empty()) refuse_value(zip, what, context, "at least one key with a list of values");
  return axis;
}

Axis value_axis(const Entry& entry, const std::string& what, const ReadContext& context) {
  const Setting& setting = variable_setting(entry.key, entry.value, entry.where, what, context);
  Axis axis{fmt::format("{}.{}", what, setting.path), entry.where};
  if (!entry.value.is(Node::Kind::sequence) || entry.value.items.empty()) {
    refuse_value(entry.value, axis.what, context, "a list of values",
                 fmt::format("[{}]", flow_text(entry.value)));
  }
  for (const Node& value : entry.value.items)
    axis.alternatives.push_back({in_full({&setting, entry.where, value})});
  return axis;
}

Axis nested_axis(const Entry& entry, const std::string& what, bool random_fits, const Base& base) {
  const ReadContext& context = base.context;
  const std::string path = fmt::format("{}.{}", what, entry.key);
  if (entry.key == "zip") return zip_axis(entry.value, path, context);
  if (entry.key == "random" && random_fits) {
    return {path, entry.where, draw_changes(entry.value, path, base)};
  }
  refuse(entry.where, context, fmt::format("{} cannot be inside {}", entry.key, what),
         random_fits
             ? "grid combines keys with zip and with random; write other combinations in variants.list"
             : "it takes keys and zip; write other combinations in variants.list");
}

void refuse_repeated_keys(const std::vector<Axis>& axes, const std::string& what,
                          const ReadContext& context) {
  std::set<std::string> known;
  for (const Axis& axis : axes) {
    for (const Change& change : axis.alternatives.front()) {
      if (known.insert(change.setting->path).second) continue;
      refuse(change.where, context, fmt::format("{} is in {} twice", change.setting->path, what),
             "keep one of the two");
    }
  }
}

/// The keys of a design, and what is nested in it.
std::vector<Axis> read_axes(const Node& design, const std::string& what, bool random_fits, const Base& base) {
  const ReadContext& context = base.context;
  if (!design.is(Node::Kind::mapping)) refuse_value(design, what, context, axes_expected);
  std::vector<Axis> axes;
  for (const Entry& entry : design.entries) {
    const bool nested = std::find(designs.begin(), designs.end(), entry.key) != designs.end();
    axes.push_back(nested ? nested_axis(entry, what, random_fits, base) : value_axis(entry, what, context));
  }
  if (axes.empty()) refuse_value(design, what, context, "at least one key with a list of values");
  refuse_repeated_keys(axes, what, context);
  return axes;
}

void check_count(std::size_t count, const Location& where, const std::string& what,
                 const ReadContext& context) {
  if (count <= StudyLimits::variants) return;
  refuse(where, context, fmt::format("{} makes more than {} variants", what, StudyLimits::variants));
}

/// Every combination of the axes, the first slowest.
std::vector<VariantDraft> product(const std::vector<Axis>& axes, const Location& where,
                                  const std::string& what, const ReadContext& context) {
  std::vector<VariantDraft> drafts = {{.where = where}};
  for (const Axis& axis : axes) {
    check_count(drafts.size() * axis.alternatives.size(), where, what, context);
    std::vector<VariantDraft> longer;
    for (const VariantDraft& draft : drafts) {
      for (const std::vector<Change>& changes : axis.alternatives) {
        longer.push_back(draft);
        longer.back().changes.insert(longer.back().changes.end(), changes.begin(), changes.end());
      }
    }
    drafts = std::move(longer);
  }
  return drafts;
}

void check_name(const Entry& entry, const ReadContext& context) {
  if (is_name(entry.key)) return;
  refuse(entry.where, context,
         fmt::format("a variant's name has 1 to {} characters in one line", StudyLimits::name));
}

std::vector<VariantDraft> list_drafts(const Node& list, const ReadContext& context) {
  if (!list.is(Node::Kind::mapping) || list.entries.empty()) {
    refuse_value(list, "variants.list", context,
                 "named variants, as in {full: {}, no_skip: {model.skip: none}}");
  }
  if (list.entries.size() > StudyLimits::variants) {
    refuse(list.where, context,
           fmt::format("variants.list has more than {} variants", StudyLimits::variants));
  }
  std::vector<VariantDraft> drafts;
  for (const Entry& entry : list.entries) {
    check_name(entry, context);
    const std::string what = fmt::format("variant '{}'", entry.key);
    drafts.push_back(
        {.name = entry.key, .where = entry.where, .changes = read_values(entry.value, what, context)});
  }
  return drafts;
}

/// Whether setting `inner` is the setting or block `outer`, or is in it.
bool lies_in(const Setting& inner, const Setting& outer) {
  return inner.path == outer.path || inner.path.starts_with(outer.path + '.');
}

/// What is left of the baseline's changes beside those of the variant, which come after: with the values that
/// they have in the variant's tree, so that all can be made in one layer.
std::vector<Change> inherited(const std::vector<Change>& baseline, const std::vector<Change>& own,
                              const Node& tree) {
  std::vector<Change> left;
  for (const Change& change : baseline) {
    const bool replaced = std::any_of(own.begin(), own.end(), [&](const Change& other) {
      return lies_in(*change.setting, *other.setting);
    });
    const Node* value = replaced ? nullptr : find_path(tree, change.setting->path);
    if (value) left.push_back({change.setting, change.where, *value});
  }
  return left;
}

/// The baseline, and the baseline with each alternative alone that differs from it.
std::vector<VariantDraft> ablation_drafts(const Node& design, const Node* baseline, const Base& base) {
  const std::string what = "variants.one_at_a_time";
  const ReadContext& context = base.context;
  VariantDraft start{.name = "baseline", .where = baseline ? baseline->where : design.where};
  if (baseline) start.changes = read_values(*baseline, "variants.baseline", context);
  const Node tree = with_changes(base.tree, start.changes, base.layer);
  const Resolved config = read_resolved(tree, context.labelled("variants.baseline", false));
  std::vector<VariantDraft> drafts = {start};
  for (const Axis& axis : read_axes(design, what, false, base)) {
    const std::size_t before = drafts.size();
    for (const std::vector<Change>& changes : axis.alternatives) {
      VariantDraft draft{.where = axis.where, .changes = changes};
      const Node changed = with_changes(tree, changes, base.layer + 1);
      const ReadContext of_draft = context.labelled(fmt::format("variant '{}'", raw_label(draft)), false);
      if (read_resolved(changed, of_draft) == config) continue;
      std::vector<Change> all = inherited(start.changes, changes, changed);
      draft.inherited = all.size();
      all.insert(all.end(), changes.begin(), changes.end());
      draft.changes = std::move(all);
      drafts.push_back(std::move(draft));
      check_count(drafts.size(), design.where, what, context);
    }
    if (drafts.size() > before) continue;
    refuse(axis.where, context, fmt::format("{} holds nothing but the baseline's value", axis.what),
           "add a value to compare with it, or leave the key out");
  }
  return drafts;
}

}  // namespace

std::string raw_label(const VariantDraft& draft) {
  std::string label;
  for (std::size_t i = draft.inherited; i < draft.changes.size(); ++i) {
    const Change& change = draft.changes[i];
    label +=
        fmt::format("{}{}={}", label.empty() ? "" : ",", change.setting->field.key, flow_text(change.value));
  }
  return label;
}

std::vector<VariantDraft> design_drafts(const Node& variants, const Base& base) {
  const ReadContext& context = base.context;
  std::string design;
  for (const char* name : designs) {
    const Node* node = variants.find(name);
    if (node && !design.empty()) {
      refuse(node->where, context,
             fmt::format("variants has both {} and {}, expected one of them", design, name),
             "grid takes a zip and a random inside it; or split the study in two, or write all in list");
    }
    if (node) design = name;
  }
  if (design.empty()) return {{.name = "default", .where = variants.where}};
  const Node& node = *variants.find(design);
  const std::string what = "variants." + design;
  if (design == "list") return list_drafts(node, context);
  if (design == "one_at_a_time") return ablation_drafts(node, variants.find("baseline"), base);
  if (design == "zip") return product({zip_axis(node, what, context)}, node.where, what, context);
  if (design == "random") {
    return product({{what, node.where, draw_changes(node, what, base)}}, node.where, what, context);
  }
  return product(read_axes(node, what, true, base), node.where, what, context);
}

}  // namespace ablate
