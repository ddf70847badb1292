#include "report/seed_stage.hpp"

#include <algorithm>

#include "report/judge.hpp"

namespace ablate {
namespace {

bool all_ended(const Comparison& comparison) {
  const RunCounts& counts = comparison.counts;
  return counts.missing + counts.running + counts.interrupted + counts.waiting == 0;
}

/// The most seeds that a contrast of the variant needs; the first look's where none compares it.
std::size_t needed(const StudyAnswer& answer, std::size_t variant, std::size_t first, std::size_t stage) {
  std::size_t seeds = first;
  for (const AnsweredContrast& of : answer.contrasts) {
    const auto compares = [&](const auto& side) { return std::count(side.begin(), side.end(), variant) > 0; };
    if (compares(of.from_variants) || compares(of.to_variants))
      seeds = std::max(seeds, of.settled_at.value_or(stage));
  }
  return seeds;
}

/// Without the plan's levels the looks only say where to stop and judge again.
SeedStage stage_by_e_values(const Comparison& comparison) {
  const StudyAnswer& answer = *comparison.answer;
  const auto& looks = answer.looks.in_plan;
  std::int64_t planned = 1;
  for (const VariantSummary& variant : comparison.variants) {
    for (const RunSummary& run : variant.runs) planned = std::max(planned, run.seed);
  }
  auto now = std::find_if(looks.begin(), looks.end(), [&](const PlannedLook& look) {
    return static_cast<std::int64_t>(look.seeds) >= planned;
  });
  if (now == looks.end()) --now;
  if (!all_ended(comparison)) return {now->seeds, {}, false};
  const bool settled = std::all_of(answer.contrasts.begin(), answer.contrasts.end(),
                                   [](const auto& of) { return is_settled(of); });
  if (settled || now + 1 == looks.end()) return {now->seeds, {}, true};
  return {(now + 1)->seeds, {}, false};
}

}  // namespace

SeedStage seed_stage(const Comparison& comparison) {
  const std::size_t first = comparison.until_settled->first;
  if (!comparison.answer) return {first, {}, comparison.counts.planned > 0 && all_ended(comparison)};
  const StudyAnswer& answer = *comparison.answer;
  const LooksTaken& looks = answer.looks;
  if (looks.by_e_value) return stage_by_e_values(comparison);
  const bool settled = std::all_of(answer.contrasts.begin(), answer.contrasts.end(),
                                   [](const auto& of) { return of.settled_at.has_value(); });
  SeedStage stage;
  stage.over = settled || looks.made == looks.in_plan.size();
  stage.seeds = looks.in_plan[stage.over ? looks.made - 1 : looks.made].seeds;
  for (std::size_t v = 0; v < comparison.variants.size(); ++v) {
    const std::size_t seeds = needed(answer, v, first, stage.seeds);
    if (seeds < stage.seeds) stage.fewer[comparison.variants[v].name] = seeds;
  }
  return stage;
}

}  // namespace ablate
