#include "report/convergence_rules.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "report/inference.hpp"
#include "report/judge.hpp"
#include "report/lost_runs.hpp"
#include "stats/convergence.hpp"

namespace ablate {
namespace {

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

Convergence convergence_of_runs(const Comparison& comparison, const VariantSummary& variant, double claim) {
  std::vector<MonitoredCurve> runs;
  for (const RunSummary& run : variant.runs) {
    if (run.status == RunStatus::done && run.watched.size() > 1)
      runs.push_back(
          {run.watched, static_cast<std::size_t>(run.best_epoch), static_cast<std::size_t>(run.epochs_done)});
  }
  return convergence_of(runs, best_of(comparison), claim, comparison.confidence);
}

/// Of each seed, the mean over the settings of `to` minus `from` on the watched split, epoch by epoch.
std::vector<DifferenceCurve> difference_curves(const Comparison& comparison, const AnsweredContrast& of) {
  std::map<std::int64_t, std::vector<DifferenceCurve>> seeds;
  for (std::size_t s = 0; s < of.from_variants.size(); ++s) {
    for (const RunSummary& from : comparison.variants[of.from_variants[s]].runs) {
      for (const RunSummary& to : comparison.variants[of.to_variants[s]].runs) {
        if (to.seed != from.seed || to.watched.empty() || from.watched.empty()) continue;
        seeds[to.seed].push_back(difference_of(to.watched, from.watched));
      }
    }
  }
  std::vector<DifferenceCurve> means;
  for (const auto& [seed, curves] : seeds) {
    std::map<int, std::pair<std::size_t, double>> epochs;
    for (const DifferenceCurve& curve : curves) {
      for (const auto& [epoch, value] : curve) {
        auto& [settings, mean] = epochs[epoch];
        ++settings, mean += value / static_cast<double>(curves.size());
      }
    }
    DifferenceCurve& mean = means.emplace_back();
    for (const auto& [epoch, sum] : epochs) {
      if (sum.first == curves.size()) mean.push_back({epoch, sum.second});
    }
  }
  return means;
}

/// Of the values that these are differences of.
double largest_watched(const Comparison& comparison, const AnsweredContrast& of) {
  double largest = 0.0;
  for (const auto* side : {&of.from_variants, &of.to_variants}) {
    for (const std::size_t place : *side) {
      for (const RunSummary& run : comparison.variants[place].runs) {
        for (const EpochValue& one : run.watched) largest = std::max(largest, std::abs(one.value));
      }
    }
  }
  return largest;
}

}  // namespace

void add_still_improving(std::vector<Warning>& warnings, const Comparison& comparison) {
  std::size_t runs = 0, last = 0, improving = 0;
  const double claim = claimed(comparison);
  const auto all = compared_sides(comparison);
  for (const VariantSummary* variant : all) {
    const Convergence found = convergence_of_runs(comparison, *variant, claim);
    runs += found.runs, last += found.best_last, improving += found.still_improving;
  }
  if (improving == 0) return;
  const std::string variants = fmt::format("still improving: {} of {} variants", improving, all.size());
  warnings.push_back(
      {last == 0 ? variants
                 : fmt::format("{} (the best epoch was the last in {} of {} runs)", variants, last, runs),
       "Still improving: the selected epoch is the last in half of a variant's runs or more; or over the last fifth "
       "of the epochs (three at least) the validation metric's slope times that window exceeds a quarter of the "
       "largest difference claimed, and the slope's interval excludes 0 in the better direction."});
}

void add_moving_difference(std::vector<Warning>& warnings, const Comparison& comparison) {
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    const Movement movement = movement_of(difference_curves(comparison, of), comparison.confidence,
                                          largest_watched(comparison, of));
    if (!movement.moving) continue;
    warnings.push_back(
        {fmt::format("the difference {} was still {} by {:.2g} per epoch", of.name,
                     movement.growing ? "growing" : "shrinking", std::abs(movement.slope.mean)),
         "Moving difference: the slope of the difference over the last fifth of the epochs, paired by seed, has "
         "an interval that excludes 0."});
    return;
  }
}

}  // namespace ablate
