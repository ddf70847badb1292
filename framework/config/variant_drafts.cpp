#include "config/variant_drafts.hpp"

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

ReadContext context_of(const VariantDraft& draft, const Base& base, bool strict) {
  const std::string name = draft.name.empty() ? raw_label(draft) : draft.name;
  return base.context.labelled(fmt::format("variant '{}'", name), strict);
}

/// Keeps (`only`) or drops (`exclude`) the variants that meet an entry of the list.
void filter(std::vector<VariantDraft>& drafts, const Node& variants, const char* key, bool keeps,
            const Base& base) {
  const Node* list = variants.find(key);
  if (!list) return;
  const std::string what = fmt::format("variants.{}", key);
  const ReadContext context = base.context.labelled(what, false);
  const auto entries = read_conditions(*list, what, base.context);
  std::erase_if(drafts, [&](const VariantDraft& draft) {
    bool met = false;
    for (const ConditionEntry& entry : entries) {
      met = meets(draft.tree, draft.config, entry, base.layer, context) || met;
    }
    return met != keeps;
  });
  if (drafts.empty()) refuse(list->where, base.context, fmt::format("{} leaves no variant", what));
}

void name_drafts(std::vector<VariantDraft>& drafts, const FactorTexts& texts, const Base& base) {
  for (VariantDraft& draft : drafts) {
    if (draft.name.empty()) draft.name = texts.variant_name(draft.changes, draft.inherited);
    if (characters(draft.name) > StudyLimits::name) {
      refuse(draft.where, base.context,
             fmt::format("the name '{}...' is longer than {} characters", first_characters(draft.name, 40),
                         StudyLimits::name),
             "name the variants in variants.list");
    }
  }
}

void refuse_twins(const std::vector<VariantDraft>& drafts, const Base& base) {
  std::map<std::string, std::string> configurations, names;
  for (const VariantDraft& draft : drafts) {
    const auto [other, fresh] = configurations.emplace(block_text(to_node(draft.config)), draft.name);
    if (!fresh) {
      refuse(draft.where, base.context,
             fmt::format("variants '{}' and '{}' are the same configuration", other->second, draft.name),
             "leave one of them out");
    }
    if (names.emplace(draft.name, "").second) continue;
    refuse(draft.where, base.context, fmt::format("two variants have the name '{}'", draft.name),
           "give keys and values different names and labels in variants.factors");
  }
}

/// What to try where no variant is the baseline.
const char* baseline_hint(const Node& variants) {
  if (variants.find("one_at_a_time")) return "variants.only and variants.exclude must keep it";
  if (variants.find("random")) {
    return "leave variants.baseline out: what is drawn is hardly ever the base; or write it in variants.list";
  }
  return "name in variants.baseline every setting in which that variant differs from the base";
}

/// `one_at_a_time` always has a baseline: without a word on it, the base.
void mark_baseline(std::vector<VariantDraft>& drafts, const Node& variants, const Base& base) {
  const Node* baseline = variants.find("baseline");
  const Node* ablation = variants.find("one_at_a_time");
  if (!baseline && !ablation) return;
  std::vector<Change> changes;
  if (baseline) changes = read_values(*baseline, "variants.baseline", base.context);
  const Node tree = with_changes(base.tree, changes, base.layer);
  const Resolved config = read_resolved(tree, base.context.labelled("variants.baseline", true));
  const auto found =
      std::find_if(drafts.begin(), drafts.end(), [&](const VariantDraft& c) { return c.config == config; });
  if (found == drafts.end()) {
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

VariantDrafts make_drafts(const Node& variants, const Base& base) {
  check_keys(variants, base.context);
  std::vector<VariantDraft> drafts = design_drafts(variants, base);
  for (VariantDraft& draft : drafts) {
    draft.tree = with_changes(base.tree, draft.changes, base.layer);
    draft.config = read_resolved(draft.tree, context_of(draft, base, false));
  }
  const Node* factors = variants.find("factors");
  FactorTexts(drafts, factors, base.context).refuse_unused(drafts, base.context);
  filter(drafts, variants, "only", true, base);
  filter(drafts, variants, "exclude", false, base);
  FactorTexts texts(drafts, factors, base.context);
  name_drafts(drafts, texts, base);
  for (const VariantDraft& draft : drafts) {
    const ReadContext context = context_of(draft, base, true);
    check_config(read_resolved(draft.tree, context), draft.tree, context);
  }
  refuse_twins(drafts, base);
  mark_baseline(drafts, variants, base);
  return {std::move(drafts), std::move(texts)};
}

}  // namespace ablate
