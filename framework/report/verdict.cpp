#include "ablate/report/verdict.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ablate/report/phrases.hpp"

namespace ablate {
namespace {

using Variants = std::vector<const VariantSummary*>;

bool higher_is_better(const Comparison& comparison) {
  return metric_table()[comparison.primary.metric].better == Better::up;
}

/// In the direction of the metric: above 0 is better.
double gain(const Comparison& comparison, const VariantSummary& variant) {
  return (higher_is_better(comparison) ? 1.0 : -1.0) * variant.difference->paired.summary.mean;
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

std::string difference_sentence(const Comparison& comparison, const VariantSummary& variant) {
  const Difference& difference = *variant.difference;
  const std::size_t n = difference.paired.summary.n;
  const std::string interval =
      n < 2 ? "no interval: a single pair has no spread"
            : fmt::format("{} interval {}, paired by seed", confidence_text(comparison.confidence),
                          interval_text(difference.paired.interval));
  return fmt::format("Over {}, {} differs from the baseline {} by {} in {} ({}).", counted(n, "seed"),
                     variant.name, baseline(comparison)->name, signed_text(difference.paired.summary.mean),
                     comparison.primary.name, interval);
}

std::string reading(const Comparison& comparison, const VariantSummary& variant) {
  const Difference& difference = *variant.difference;
  if (difference.paired.summary.n < 2) return " One seed cannot tell an effect from chance.";
  if (!difference.has_interval()) {
    return " Every seed gave the same difference, so the interval has no width and says nothing of chance.";
  }
  if (!difference.excludes_zero())
    return " The interval includes 0: these data cannot say which of the two is better.";
  return gain(comparison, variant) > 0 ? " The interval excludes 0, in favour of the variant."
                                       : " The interval excludes 0, in favour of the baseline.";
}

std::string many(const Comparison& comparison, Variants compared) {
  const auto worse = [&](const auto* a, const auto* b) {
    return gain(comparison, *a) > gain(comparison, *b);
  };
  std::stable_sort(compared.begin(), compared.end(), worse);
  const auto excluded = [&](double sign) {
    return std::count_if(compared.begin(), compared.end(), [&](const auto* variant) {
      return variant->difference->excludes_zero() && sign * gain(comparison, *variant) > 0;
    });
  };
  const auto intervals = std::count_if(compared.begin(), compared.end(), [](const auto* variant) {
    return variant->difference->has_interval();
  });
  const auto described = [&](const VariantSummary& variant) {
    return fmt::format("{}, {} over {}", variant.name, difference_text(*variant.difference),
                       counted(variant.difference->paired.summary.n, "seed"));
  };
  return fmt::format(
      "{} variants are compared with the baseline {} in {}, paired by seed. Best against it: {}. Worst: {}. "
      "Of {} at {}, those that exclude 0, before any correction for their number: {} in favour of the "
      "variant, "
      "{} in favour of the baseline.",
      compared.size(), baseline(comparison)->name, comparison.primary.name, described(*compared.front()),
      described(*compared.back()), counted(static_cast<std::size_t>(intervals), "interval"),
      confidence_text(comparison.confidence), excluded(1.0), excluded(-1.0));
}

/// Of the variants' comparisons, the one with the most pairs decides what the study could show at best.
const PairedDifference& most_pairs(const Variants& compared) {
  const auto fewer = [](const auto* a, const auto* b) {
    return a->difference->paired.summary.n < b->difference->paired.summary.n;
  };
  return (*std::max_element(compared.begin(), compared.end(), fewer))->difference->paired;
}

std::string seeds_caveat(const Comparison& comparison, const Variants& compared) {
  const PairedDifference& best = most_pairs(compared);
  const std::size_t most = best.summary.n;
  std::string text;
  if (most == 1 && compared.size() > 1) {
    text = " One seed cannot tell an effect from chance, and gives no interval.";
  } else if (most > 1 && best.smallest_permutation_p > 1.0 - comparison.confidence) {
    text = fmt::format(" {} are few: an exact two-sided test on them cannot give a p below {:.4g}.",
                       counted(most, "pair"), best.smallest_permutation_p);
  }
  const auto dropped = std::count_if(compared.begin(), compared.end(), [&](const auto* variant) {
    return variant->difference->paired.summary.n <
           std::max(variant->counts.planned, baseline(comparison)->counts.planned);
  });
  if (dropped > 0) {
    text += fmt::format(" For {} only the seeds that both finished are compared.",
                        counted(static_cast<std::size_t>(dropped), "variant"));
  }
  return text;
}

std::string general_caveats(const Comparison& comparison) {
  std::string text;
  const CellCounts& counts = comparison.counts;
  if (counts.done < counts.planned) {
    text += fmt::format(" {} of {} planned runs are not in these numbers.", counts.planned - counts.done,
                        counts.planned);
  }
  const bool leaked = std::any_of(comparison.variants.begin(), comparison.variants.end(),
                                  [](const auto& variant) { return variant.leaked; });
  if (leaked && comparison.primary.split == SplitName::test) {
    text +=
        " The test images leaked into these runs: the numbers marked † are no evidence of how a network does "
        "on new "
        "images.";
  }
  return text;
}

std::string no_values(const Comparison& comparison) {
  const CellCounts& counts = comparison.counts;
  if (counts.done == 0) {
    return fmt::format("No verdict: none of the {} is finished.", counted(counts.planned, "planned run"));
  }
  return fmt::format("No verdict: none of the {} has a value of {}.", counted(counts.done, "finished run"),
                     comparison.primary.name);
}

std::string compared_with_baseline(const Comparison& comparison) {
  const VariantSummary* base = baseline(comparison);
  if (!base) return without_difference(comparison, "No variant is named as the baseline");
  if (primary(comparison, *base).n == 0) {
    return without_difference(comparison, fmt::format("The baseline {} has no value", base->name));
  }
  Variants compared;
  for (const auto& variant : comparison.variants) {
    if (variant.difference) compared.push_back(&variant);
  }
  if (compared.empty())
    return without_difference(comparison, "No variant shares a finished seed with the baseline");
  const std::string sentence = compared.size() > 1 ? many(comparison, compared)
                                                   : difference_sentence(comparison, *compared.front()) +
                                                         reading(comparison, *compared.front());
  return sentence + seeds_caveat(comparison, compared);
}

}  // namespace

std::string verdict(const Comparison& comparison) {
  const Variants order = ranked(comparison, comparison.primary.split, comparison.primary.metric);
  if (order.empty()) return no_values(comparison);
  const std::string sentence = comparison.variants.size() == 1
                                   ? without_difference(comparison, "One variant, nothing to compare it with")
                                   : compared_with_baseline(comparison);
  return sentence + general_caveats(comparison);
}

}  // namespace ablate
