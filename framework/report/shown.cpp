#include "report/shown.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "draw/plot.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_variants = 60, best_shown = 40, worst_shown = 10, best_drawn = 4;

}  // namespace

std::vector<const VariantSummary*> shown_variants(const Comparison& comparison) {
  std::vector<const VariantSummary*> all;
  for (const auto& variant : comparison.variants) all.push_back(&variant);
  if (all.size() <= most_variants) return all;
  const auto order = ranked(comparison, comparison.primary.split, comparison.primary.metric);
  std::set<const VariantSummary*> taken;
  if (const auto* base = baseline(comparison)) taken.insert(base);
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i < best_shown || i + worst_shown >= order.size()) taken.insert(order[i]);
  }
  for (std::size_t i = 0; taken.size() < best_shown && i < all.size(); ++i) taken.insert(all[i]);
  std::erase_if(all, [&](const auto* variant) { return !taken.contains(variant); });
  return all;
}

std::vector<const VariantSummary*> drawn_variants(const Comparison& comparison) {
  std::vector<const VariantSummary*> finished;
  for (const auto& variant : comparison.variants) {
    if (variant.counts.done > 0) finished.push_back(&variant);
  }
  if (finished.size() <= plot_styles) return finished;
  auto order = ranked(comparison, SplitName::validation, comparison.primary.metric);
  if (order.empty()) order = ranked(comparison, comparison.primary.split, comparison.primary.metric);
  std::set<const VariantSummary*> taken;
  if (const auto* base = baseline(comparison); base && base->counts.done > 0) taken.insert(base);
  for (std::size_t i = 0; i < std::min(best_drawn, order.size()); ++i) taken.insert(order[i]);
  for (std::size_t i = order.size(); i > 0 && taken.size() < plot_styles; --i) taken.insert(order[i - 1]);
  std::erase_if(finished, [&](const auto* variant) { return !taken.contains(variant); });
  return finished;
}

std::vector<SplitName> compared_splits(const Comparison& comparison) {
  std::vector<SplitName> splits = {comparison.primary.split};
  for (const SplitName split : {SplitName::test, SplitName::validation}) {
    const bool shown = std::find(splits.begin(), splits.end(), split) != splits.end();
    if (!shown && !ranked(comparison, split, comparison.primary.metric).empty()) splits.push_back(split);
  }
  return splits;
}

bool is_difference_leaked(const Comparison& comparison, const VariantSummary& variant) {
  const VariantSummary* base = baseline(comparison);
  return base && (variant.leaked || base->leaked) && comparison.primary.split == SplitName::test;
}

std::string shown_text(const Comparison& comparison) {
  const std::size_t shown = shown_variants(comparison).size();
  if (shown == comparison.variants.size()) return {};
  return fmt::format(
      "{} of {} variants are shown: the baseline, the best and the worst by {}; tables/comparison.csv has "
      "all.",
      shown, comparison.variants.size(), comparison.primary.name);
}

}  // namespace ablate
