#include "report/fairness.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/phrases.hpp"
#include "stats/calibration_chance.hpp"

namespace ablate {
namespace {

constexpr std::size_t fewest_seeds = 6;

using Warnings = std::vector<Warning>;

/// Of the compared sides: the variants of all contrasts.
std::vector<const VariantSummary*> sides(const Comparison& comparison) {
  std::vector<bool> taken(comparison.variants.size());
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    for (const auto* side : {&of.from_variants, &of.to_variants}) {
      for (const std::size_t place : *side) taken[place] = true;
    }
  }
  std::vector<const VariantSummary*> variants;
  for (std::size_t i = 0; i < taken.size(); ++i) {
    if (taken[i]) variants.push_back(&comparison.variants[i]);
  }
  return variants;
}

void add_divergence(Warnings& warnings, const Comparison& comparison) {
  std::vector<std::string> told;
  bool withheld = false;
  double sign_p = undefined;
  for (const VariantSummary* variant : sides(comparison)) {
    const RunCounts& counts = variant->counts;
    if (counts.diverged > 0)
      told.push_back(fmt::format("{} in {} of {}", variant->name, counts.diverged, counts.planned));
  }
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    if (!of.pooled.withheld) continue;
    withheld = true;
    sign_p = of.pooled.outcomes.p;
  }
  if (told.empty()) return;
  warnings.push_back(
      {fmt::format("diverged: {}{}", names_text(told, 3),
                   withheld ? fmt::format(", so the seeds that survived are not told as better (sign test "
                                          "with the others as losses: p {})",
                                          p_text(sign_p))
                            : std::string()),
       "Divergence: k of n runs of a variant. Where one side diverged under a seed that the other finished, it "
       "is not told as the better one, and a sign test counts those seeds as losses."});
}

void add_afterthoughts(Warnings& warnings, const Comparison& comparison) {
  if (comparison.left_out > 0) {
    warnings.push_back(
        {fmt::format("only {} of the study's {} variants were chosen for this report",
                     comparison.variants.size(), comparison.variants.size() + comparison.left_out),
         "Chosen variants: the family is theirs alone, so p and intervals are too narrow for "
         "what was looked at in all."});
  }
  const std::string rule =
      "Chosen afterwards: what is picked once results are known finds more differences than there are; no "
      "correction covers it.";
  if (comparison.is_metric_afterthought)
    warnings.push_back({fmt::format("{} was chosen afterwards, uncorrected", comparison.primary.name), rule});
  if (comparison.is_baseline_afterthought)
    warnings.push_back(
        {fmt::format("the baseline {} was chosen afterwards", baseline(comparison)->name), rule});
}

void add_few_seeds(Warnings& warnings, const Comparison& comparison) {
  std::size_t fewest = comparison.counts.planned, most = 0;
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    fewest = std::min(fewest, of.contrast.pooled.row.seeds.size());
    most = std::max(most, of.contrast.pooled.row.seeds.size());
  }
  if (fewest >= fewest_seeds) return;
  warnings.push_back(
      {fmt::format("{}{}: intervals take errors for normal",
                   fewest == most ? "" : fmt::format("{} to ", fewest), counted(most, "seed")),
       "Few seeds: below six, no exact test reaches 0.05; intervals and p are then Student's t."});
}

void add_unfinished(Warnings& warnings, const Comparison& comparison) {
  const RunCounts& counts = comparison.counts;
  const std::size_t open = counts.planned - counts.done - counts.diverged - counts.stopped;
  if (open > 0) {
    warnings.push_back({fmt::format("{} of {} planned runs are not in", open, counts.planned),
                        "Unfinished: planned runs without a result; a later report can differ."});
  }
}

/// The largest difference that is claimed, in the metric's unit; not a number where none is.
double claimed(const Comparison& comparison) {
  double size = undefined;
  const auto take = [&](const Effect& effect, const Said& said) {
    if (said.word == Word::cannot_say || said.word == Word::same) return;
    const double here = std::abs(effect.member.summary.mean);
    if (!(size >= here)) size = here;
  };
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    take(of.conclusion.pooled, of.pooled);
    for (std::size_t i = 0; i < of.levels.size(); ++i) take(of.conclusion.levels[i], of.levels[i]);
  }
  return size;
}

/// The mean slope over a variant's runs times the window, where its interval excludes 0 towards better.
double late_gain(const Comparison& comparison, const VariantSummary& variant) {
  std::vector<double> gains;
  for (const RunSummary& run : variant.runs) {
    if (std::isfinite(run.late_slope)) gains.push_back(run.late_slope * run.late_window);
  }
  if (gains.size() < 2) return 0.0;
  const double sign = primary_metric(comparison).better == Better::up ? 1.0 : -1.0;
  const Summary summary = summarize(gains);
  const Interval interval = t_interval(summary, comparison.confidence);
  return sign * (sign > 0.0 ? interval.low : interval.high) > 0.0 ? std::abs(summary.mean) : 0.0;
}

void add_still_improving(Warnings& warnings, const Comparison& comparison) {
  std::size_t runs = 0, last = 0, growing = 0;
  const double quarter = claimed(comparison) / 4.0;
  const auto all = sides(comparison);
  for (const VariantSummary* variant : all) {
    for (const RunSummary& run : variant->runs) {
      if (run.status != RunStatus::done || run.epochs_done < 2) continue;
      ++runs;
      last += run.best_epoch == run.epochs_done && run.chose_epoch;
    }
    growing += late_gain(comparison, *variant) > quarter;
  }
  const bool half = runs > 0 && 2 * last >= runs && last > 0;
  if (!half && growing == 0) return;
  warnings.push_back(
      {half ? fmt::format("still improving: the best epoch was the last in {} of {} runs", last, runs)
            : fmt::format("still improving: {} of {} variants", growing, all.size()),
       "Still improving: the selected epoch is the last in half of the runs or more; or over the last fifth of "
       "the epochs (three at least) the validation metric's slope times that window exceeds a quarter of the "
       "largest difference claimed, and the slope's interval excludes 0 in the better direction."});
}

/// Differences of the late slopes, paired by seed and averaged over strata.
void add_moving_difference(Warnings& warnings, const Comparison& comparison) {
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    std::map<std::int64_t, std::vector<double>> slopes;
    for (std::size_t s = 0; s < of.from_variants.size(); ++s) {
      for (const RunSummary& from : comparison.variants[of.from_variants[s]].runs) {
        for (const RunSummary& to : comparison.variants[of.to_variants[s]].runs) {
          const double slope = to.late_slope - from.late_slope;
          if (to.seed == from.seed && std::isfinite(slope)) slopes[to.seed].push_back(slope);
        }
      }
    }
    std::vector<double> means;
    for (const auto& [seed, values] : slopes) means.push_back(summarize(values).mean);
    if (means.size() < 2) continue;
    const Summary summary = summarize(means);
    const Interval interval = t_interval(summary, comparison.confidence);
    if (!(interval.low > 0.0 || interval.high < 0.0)) continue;
    const bool away = (summary.mean > 0.0) == (of.conclusion.pooled.member.summary.mean > 0.0);
    warnings.push_back(
        {fmt::format("the difference {} was still {} by {:.2g} an epoch", of.name,
                     away ? "growing" : "shrinking", std::abs(summary.mean)),
         "Moving difference: the slope of the difference over the last fifth of the epochs, paired by seed, has "
         "an interval that excludes 0."});
    return;
  }
}

void add_untuned_rate(Warnings& warnings, const Comparison& comparison) {
  const auto tunes = [](const std::string& key) {
    return key.ends_with("learning_rate.initial") || key.ends_with("learning_rate.peak");
  };
  const bool tuned = std::any_of(comparison.factor_keys.begin(), comparison.factor_keys.end(), tunes);
  const bool architecture = std::any_of(
      comparison.answer->contrasts.begin(), comparison.answer->contrasts.end(), [&](const auto& of) {
        return std::any_of(of.asked_keys.begin(), of.asked_keys.end(),
                           [](const std::string& key) { return key.starts_with("model."); });
      });
  if (tuned || !architecture) return;
  warnings.push_back(
      {"the learning rate was not tuned for either side",
       "Rate not tuned: the question is about the model, and no variant changes learning_rate.initial or peak."});
}

void add_absent_classes(Warnings& warnings, const Comparison& comparison) {
  const bool absent = std::any_of(comparison.leaks.begin(), comparison.leaks.end(),
                                  [](const auto& leak) { return leak.kind == "missing_class"; });
  if (!absent) return;
  warnings.push_back({"classes are absent from the data",
                      "Absent classes: the audit found a class without images; macro means count it as 0."});
}

/// Of a perfectly calibrated network whose top probabilities are spread evenly over the 15 bins.
double chance_of_even_bins(std::int64_t images) {
  constexpr std::size_t bins = 15;
  std::vector<CalibrationBin> even(bins);
  for (std::size_t bin = 0; bin < bins; ++bin)
    even[bin] = {static_cast<std::size_t>(images) / bins, (static_cast<double>(bin) + 0.5) / bins};
  return chance_level_of_ece(even);
}

void add_calibration(Warnings& warnings, const Comparison& comparison) {
  if (primary_metric(comparison).name != "ece") return;
  for (const DatasetRecord& set : comparison.datasets) {
    if (set.split != "test" || comparison.primary.split != SplitName::test) continue;
    warnings.push_back(
        {fmt::format("a perfectly calibrated network would show an ece of about {:.2g} on {} images",
                     chance_of_even_bins(set.images), set.images),
         "Calibration by chance: the mean deviation of a binomial in each of 15 bins, for top probabilities spread "
         "evenly over them."});
    return;
  }
}

}  // namespace

std::vector<Warning> fairness_warnings(const Comparison& comparison) {
  if (!comparison.answer) return {};
  Warnings warnings;
  add_afterthoughts(warnings, comparison);
  add_divergence(warnings, comparison);
  add_few_seeds(warnings, comparison);
  add_still_improving(warnings, comparison);
  add_moving_difference(warnings, comparison);
  add_untuned_rate(warnings, comparison);
  add_absent_classes(warnings, comparison);
  add_calibration(warnings, comparison);
  add_unfinished(warnings, comparison);
  return warnings;
}

std::string weaknesses(const Comparison& comparison) {
  std::vector<std::string> clauses;
  for (const Warning& warning : fairness_warnings(comparison)) clauses.push_back(warning.text);
  if (clauses.empty()) return "None of the rules below weakens it; the training sample is one and fixed.";
  return fmt::format("Weakened by: {}.", fmt::join(clauses, "; "));
}

}  // namespace ablate
