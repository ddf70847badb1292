#include "report/verdict.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/cost_text.hpp"
#include "report/factor_words.hpp"
#include "report/inference.hpp"
#include "report/phrases.hpp"

namespace ablate {
namespace {

using Variants = std::vector<const VariantSummary*>;

/// In the direction of the metric: above 0 is better.
double gain(const Comparison& comparison, const VariantSummary& variant) {
  const bool up = metric_table()[comparison.primary.metric].better == Better::up;
  return (up ? 1.0 : -1.0) * variant.difference->paired.summary.mean;
}

std::string reached(const Comparison& comparison, const VariantSummary& variant) {
  const Summary summary = primary(comparison, variant);
  const char* spread = summary.n > 1 ? "mean ± standard deviation, " : "";
  return fmt::format("{} with {} {} ({}{})", variant.name, comparison.primary.name, mean_text(summary),
                     spread, counted(summary.n, "seed"));
}

std::string without_difference(const Comparison& comparison, const std::string& reason) {
  const Variants order = ranked(comparison, comparison.primary.split, comparison.primary.metric);
  if (order.size() == 1) return fmt::format("{}: {}.", reason, reached(comparison, *order.front()));
  return fmt::format("{}, so no difference is claimed. Best mean: {}; worst: {}.", reason,
                     reached(comparison, *order.front()), reached(comparison, *order.back()));
}

bool all_diverged(const VariantSummary& variant) {
  return variant.counts.diverged > 0 && variant.counts.diverged == variant.counts.planned;
}

/// Why variants have no difference: "2 diverged under every seed (B, C), 1 was stopped by the stop rule (D)".
std::string why_not_compared(const Variants& variants) {
  std::vector<std::string> diverged, stopped, unfinished, parts;
  for (const auto* variant : variants) {
    auto& names = variant->counts.stopped > 0 ? stopped : all_diverged(*variant) ? diverged : unfinished;
    names.push_back(variant->name);
  }
  const auto add = [&](const std::vector<std::string>& names, const char* what) {
    if (!names.empty()) parts.push_back(fmt::format("{} {} ({})", names.size(), what, names_text(names, 3)));
  };
  add(diverged, "diverged under every seed");
  add(stopped, "stopped early by the stop rule, on validation");
  add(unfinished, "without a value under a seed of the baseline's");
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string nothing_to_compare(const Comparison& comparison, const Variants& others) {
  const VariantSummary& base = *baseline(comparison);
  const auto all = [&](auto is) { return std::all_of(others.begin(), others.end(), is); };
  if (all([](const auto* variant) { return all_diverged(*variant); })) {
    return fmt::format(
        "All others diverged: under every seed, the loss of the {} beside the baseline ceased to be a finite "
        "number, so there is nothing to compare. {}.",
        counted(others.size(), "variant"), reached(comparison, base));
  }
  if (all([](const auto* variant) { return variant->counts.stopped > 0; })) {
    return fmt::format(
        "All others were stopped early by the stop rule, because they did worse on validation; no difference "
        "is measured. {}.",
        reached(comparison, base));
  }
  return without_difference(
      comparison,
      fmt::format("No variant shares a finished seed with the baseline ({})", why_not_compared(others)));
}

/// "B differs from the baseline A by +0.0217 in test.accuracy (95 % interval …, paired by seed; exact p …)".
std::string measured(const Comparison& comparison, const VariantSummary& variant) {
  const PairedDifference& paired = variant.difference->paired;
  const std::string interval =
      paired.summary.n < 2
          ? "no interval: a single pair has no spread"
          : fmt::format("{} interval {}, paired by seed; {} p {}", confidence_text(comparison.confidence),
                        interval_text(paired.interval), paired.permutation_error > 0.0 ? "drawn" : "exact",
                        p_text(paired.permutation_p));
  return fmt::format("over {}, {} differs from {}{} by {} in {} ({})", counted(paired.summary.n, "seed"),
                     variant.name, comparison.is_pair ? "" : "the baseline ", baseline(comparison)->name,
                     signed_text(paired.summary.mean), comparison.primary.name, interval);
}

/// "3 pairs cannot give an exact two-sided p below 0.25, whatever they show; 6 seeds could reach 0.05."
std::string floor_text(const Comparison& comparison, std::size_t pairs) {
  const std::string corrected =
      comparison.family > 1 ? fmt::format(", corrected for {},", counted(comparison.family, "comparison"))
                            : "";
  return fmt::format(
      " {} cannot give an exact two-sided p{} below {}, whatever they show; {} could reach {:.2g}.",
      counted(pairs, "pair"), corrected, p_text(smallest_corrected_p(pairs, comparison.family)),
      counted(pairs_needed(comparison.family, comparison.confidence), "seed"), 1.0 - comparison.confidence);
}

std::string hint(const Comparison& comparison, const VariantSummary& variant) {
  if (!variant.difference->excludes_zero())
    return " The interval includes 0: these data cannot say which of the two is better.";
  return fmt::format(" The interval excludes 0, in favour of {}: a hint, and no proof.",
                     gain(comparison, variant) > 0.0 ? variant.name : baseline(comparison)->name);
}

std::string one(const Comparison& comparison, const VariantSummary& variant) {
  const PairedDifference& paired = variant.difference->paired;
  const std::string told = measured(comparison, variant);
  switch (finding(comparison, variant)) {
    case Finding::better:
      return fmt::format("A real effect: {}. {} is better.", told, variant.name);
    case Finding::worse:
      return fmt::format("A real effect: {}. {} is worse.", told, variant.name);
    case Finding::no_effect:
      return fmt::format(
          "No effect found: {}. A mean difference of {:.4f} would have been found 8 times in 10; smaller "
          "ones "
          "are not ruled out.",
          told, paired.detectable_difference);
    case Finding::too_few:
      return fmt::format("Too little data: {}.", told) + hint(comparison, variant) +
             floor_text(comparison, paired.summary.n);
    case Finding::no_spread:
      return fmt::format(
          "No verdict: {}. Every seed gave the same difference, so the interval has no width and says "
          "nothing "
          "of chance.",
          told);
    case Finding::one_seed:
    case Finding::none:
      break;
  }
  return fmt::format("Too little data: {}. One seed cannot tell an effect from chance.", told);
}

/// How many variants have each finding, in words, those that nobody has left out.
std::string tally(const Comparison& comparison, const Variants& compared) {
  const std::pair<Finding, const char*> kinds[] = {
      {Finding::better, "better"},
      {Finding::worse, "worse"},
      {Finding::no_effect, "without an effect that was found"},
      {Finding::too_few, "with too few seeds to say"},
      {Finding::one_seed, "with a single seed, which cannot tell an effect from chance"},
      {Finding::no_spread, "with the same difference in every seed, which says nothing of chance"}};
  std::vector<std::string> parts;
  for (const auto& [kind, words] : kinds) {
    const auto n = std::count_if(compared.begin(), compared.end(), [&, k = kind](const auto* variant) {
      return finding(comparison, *variant) == k;
    });
    if (n > 0) parts.push_back(fmt::format("{} {}", n, words));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// What uncorrected intervals hint at, where the corrected p cannot say.
std::string hints(const Comparison& comparison, const Variants& compared) {
  std::size_t most = 0, intervals = 0, excluding = 0;
  for (const auto* variant : compared) {
    if (finding(comparison, *variant) != Finding::too_few) continue;
    most = std::max(most, variant->difference->paired.summary.n);
    ++intervals;
    excluding += variant->difference->excludes_zero();
  }
  if (intervals == 0) return {};
  return floor_text(comparison, most) + fmt::format(" Uncorrected, {} of {} at {} {} 0: hints, and no proof.",
                                                    excluding, counted(intervals, "interval"),
                                                    confidence_text(comparison.confidence),
                                                    excluding == 1 ? "excludes" : "exclude");
}

bool says_something(Finding finding) {
  return finding == Finding::better || finding == Finding::worse || finding == Finding::no_effect;
}

/// Of many, the highest mean is too high by luck; validation chooses without having seen the test images.
/// Nothing where no run has validation.
const VariantSummary* chosen_by_validation(const Comparison& comparison) {
  const Variants order = ranked(comparison, SplitName::validation, comparison.primary.metric);
  return order.empty() || comparison.primary.split != SplitName::test ? nullptr : order.front();
}

std::string described(const VariantSummary& variant) {
  if (!variant.difference) return variant.name;
  const Difference& difference = *variant.difference;
  return fmt::format("{}, {} over {}{}", variant.name, difference_text(difference),
                     counted(difference.paired.summary.n, "seed"),
                     difference.has_p() ? fmt::format(", Holm p {}", p_text(difference.holm_p)) : "");
}

/// `compared` with the largest gain first.
std::string many(const Comparison& comparison, const Variants& compared) {
  const bool any = std::any_of(compared.begin(), compared.end(), [&](const auto* variant) {
    return says_something(finding(comparison, *variant));
  });
  const VariantSummary* chosen = chosen_by_validation(comparison);
  const bool same = chosen == compared.front();
  std::string text = fmt::format(
      "{}{} variants are compared with the baseline {} in {}, paired by seed, p corrected by Holm: {}. Best "
      "against it{}: {}. Worst: {}.",
      any ? "" : "Too little data: ", compared.size(), baseline(comparison)->name, comparison.primary.name,
      tally(comparison, compared), same ? ", and chosen by validation" : "", described(*compared.front()),
      described(*compared.back()));
  if (chosen && !same) {
    text += fmt::format(" Chosen by validation: {}{}.", chosen->is_baseline ? "the baseline " : "",
                        described(*chosen));
  }
  return text + hints(comparison, compared);
}

std::string compared_with_baseline(const Comparison& comparison) {
  const VariantSummary* base = baseline(comparison);
  if (!base) return without_difference(comparison, "No variant is named as the baseline");
  if (primary(comparison, *base).n == 0) {
    return without_difference(comparison,
                              fmt::format("The baseline {} has no value{}", base->name,
                                          all_diverged(*base) ? " (it diverged under every seed)" : ""));
  }
  Variants compared, others;
  for (const auto& variant : comparison.variants) {
    if (!variant.is_baseline) (variant.difference ? compared : others).push_back(&variant);
  }
  if (compared.empty()) return nothing_to_compare(comparison, others);
  std::stable_sort(compared.begin(), compared.end(),
                   [&](const auto* a, const auto* b) { return gain(comparison, *a) > gain(comparison, *b); });
  std::string text = compared.size() > 1 ? many(comparison, compared) : one(comparison, *compared.front());
  const VariantSummary* chosen = chosen_by_validation(comparison);
  const VariantSummary& priced = chosen && chosen->difference ? *chosen : *compared.front();
  text += fmt::format(" Cost of {}: {}.", priced.name, cost_text(comparison, *base, priced));
  if (!others.empty()) text += fmt::format(" Not compared: {}.", why_not_compared(others));
  return text;
}

/// What weakens all of it.
std::string caveats(const Comparison& comparison) {
  std::string text;
  if (comparison.left_out > 0) {
    text += fmt::format(" Only {} of the study's {} variants were chosen for this report.",
                        comparison.variants.size(), comparison.variants.size() + comparison.left_out);
  }
  const CellCounts& counts = comparison.counts;
  if (counts.done < counts.planned) {
    text += fmt::format(" {} of {} planned runs are not in these numbers{}.", counts.planned - counts.done,
                        counts.planned,
                        counts.diverged > 0 ? fmt::format(" ({} diverged)", counts.diverged) : "");
  }
  const auto shared_in_part = std::count_if(
      comparison.variants.begin(), comparison.variants.end(),
      [](const auto& variant) { return variant.difference && !variant.difference->left_out.empty(); });
  if (shared_in_part > 0) {
    text += fmt::format(" For {} only the seeds that both finished are compared.",
                        counted(static_cast<std::size_t>(shared_in_part), "variant"));
  }
  return text;
}

std::string no_values(const Comparison& comparison) {
  const CellCounts& counts = comparison.counts;
  if (counts.planned > 0 && counts.diverged == counts.planned) {
    return fmt::format("No verdict: all {} diverged.", counted(counts.planned, "run"));
  }
  if (counts.done == 0) {
    return fmt::format("No verdict: none of the {} is finished.", counted(counts.planned, "planned run"));
  }
  return fmt::format("No verdict: none of the {} has a value of {}.", counted(counts.done, "finished run"),
                     comparison.primary.name);
}

}  // namespace

std::string verdict(const Comparison& comparison) {
  const Variants order = ranked(comparison, comparison.primary.split, comparison.primary.metric);
  if (order.empty()) return no_values(comparison);
  const bool leaked = any_leaked(comparison) && comparison.primary.split == SplitName::test;
  return (leaked ? "Leaked: test images leaked into these runs (marked †), so what follows is no evidence of "
                   "how a network does on new images. "
                 : "") +
         (comparison.variants.size() == 1
              ? without_difference(comparison, "One variant, nothing to compare it with")
              : compared_with_baseline(comparison)) +
         factor_sentences(comparison) + caveats(comparison);
}

}  // namespace ablate
