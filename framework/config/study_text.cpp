#include "config/study_text.hpp"

#include <fmt/format.h>

#include "config/config_writer.hpp"
#include "config/study_head.hpp"
#include "config/tuning.hpp"

namespace ablate {
namespace {

/// "{model.skip: none, model.hidden: [64]}"
Node changes_node(const VariantDraft& draft) {
  Node node = Node::mapping();
  node.style = Node::Style::flow;
  for (const Change& change : draft.changes) {
    node.add(change.setting->path, canonical_value(change.value, *change.setting));
  }
  return node;
}

Node variants_node(const VariantDrafts& design) {
  Node variants = Node::mapping();
  Node list = Node::mapping();
  for (const VariantDraft& draft : design.drafts) {
    if (draft.is_baseline) variants.add("baseline", changes_node(draft));
    list.add(draft.name, changes_node(draft));
  }
  variants.add("list", std::move(list));
  Node factors = design.texts.node(design.drafts);
  if (!factors.is(Node::Kind::null)) variants.add("factors", std::move(factors));
  return variants;
}

Node seeds_node(const Study& study) {
  if (study.until_settled) return to_node(*study.until_settled);
  Node seeds = Node::sequence();
  for (const std::uint64_t seed : study.seeds) seeds.items.push_back(Node::scalar(fmt::format("{}", seed)));
  return seeds;
}

}  // namespace

std::string canonical_study(const Study& study, const Resolved& base, const VariantDrafts& design) {
  Node root = Node::mapping();
  root.add("study", Node::string(study.name));
  root.add("question", Node::string(study.question));
  const Node blocks = to_node(base);
  root.entries.insert(root.entries.end(), blocks.entries.begin(), blocks.entries.end());
  root.add("variants", variants_node(design));
  root.add("seeds", seeds_node(study));
  if (study.tune) root.add("tune", to_node(*study.tune));
  if (study.halving) root.add("stop_rules", to_node(StopRules{study.halving}));
  root.add("report", to_node(ReportBlock{study.report, study.contrast}));
  return block_text(root);
}

}  // namespace ablate
