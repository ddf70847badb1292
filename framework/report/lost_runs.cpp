#include "report/lost_runs.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/phrases.hpp"
#include "report/unpaired.hpp"

namespace ablate {
namespace {

/// A side of a contrast, its variants added up.
struct Side {
  std::string name;
  std::size_t planned = 0, failed = 0, lost = 0, unreported = 0;
};

Side side_of(const Comparison& comparison, const std::string& name, const std::vector<std::size_t>& places) {
  Side side{places.size() == 1 ? short_name(comparison, comparison.variants[places.front()]) : name};
  for (const std::size_t place : places) {
    const VariantSummary& variant = comparison.variants[place];
    side.planned += variant.counts.planned, side.failed += variant.counts.failed;
    side.lost += lost_runs(comparison, variant);
    side.unreported += unreported_runs(comparison, variant);
  }
  return side;
}

/// Both sides of each contrast, each once; without contrasts every variant.
std::vector<Side> sides_of(const Comparison& comparison) {
  std::vector<Side> sides;
  std::vector<std::vector<std::size_t>> known;
  const auto add = [&](const std::string& name, const std::vector<std::size_t>& places) {
    if (places.empty() || std::find(known.begin(), known.end(), places) != known.end()) return;
    known.push_back(places);
    sides.push_back(side_of(comparison, name, places));
  };
  for (std::size_t place = 0; place < comparison.variants.size() && !comparison.answer; ++place)
    add({}, {place});
  if (!comparison.answer) return sides;
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    add(of.from, of.from_variants);
    add(of.to, of.to_variants);
  }
  return sides;
}

/// "new in 7 of 14 runs" of each side that has some; empty where none has.
std::vector<std::string> side_texts(const Comparison& comparison, std::size_t Side::*runs) {
  std::vector<std::string> told;
  for (const Side& side : sides_of(comparison)) {
    if (side.*runs > 0)
      told.push_back(fmt::format("{} in {} of {}", side.name, side.*runs, counted(side.planned, "run")));
  }
  return told;
}

/// " (7 of 14 of new failed, 0 of 14 of base)" where failed runs are not spread alike; else empty.
std::string failed_text(const Comparison& comparison) {
  constexpr std::size_t most_told = 4;
  std::vector<Side> sides = sides_of(comparison);
  std::stable_sort(sides.begin(), sides.end(),
                   [](const Side& a, const Side& b) { return a.failed > b.failed; });
  if (sides.empty() || sides.front().failed == sides.back().failed) return {};
  std::vector<std::string> texts;
  for (const Side& side : sides)
    texts.push_back(fmt::format("{} of {} of {}{}", side.failed, side.planned, side.name,
                                texts.empty() ? " failed" : ""));
  return fmt::format(": {}", names_text(texts, most_told));
}

constexpr std::string_view failed_rule =
    " Those that remain beside failed ones may be the easy ones: a side that failed where the other finished is not told "
    "as the better one, and a sign test counts those seeds as losses. ablate run --retry-failed trains failed runs again.";

bool any_diverged(const Comparison& comparison) {
  const std::vector<Side> sides = sides_of(comparison);
  return std::any_of(sides.begin(), sides.end(), [](const Side& side) { return side.lost > 0; });
}

/// Why a side is not called better although those that survived would be; empty where none is held back.
std::string withheld_text(const Comparison& comparison) {
  double sign_p = undefined;
  bool withheld = false;
  if (comparison.answer) {
    for (const AnsweredContrast& of : comparison.answer->contrasts) {
      if (!of.pooled.withheld || of.conclusion.pooled.member.summary.n == 0) continue;
      withheld = true;
      sign_p = of.pooled.outcomes.p;
    }
  }
  if (withheld)
    return fmt::format(
        ", so neither side is called better over the seeds that both finished (the others counted as losses, a "
        "sign test has p {})",
        p_text(sign_p));
  const auto rows = unpaired_rows(comparison);
  const bool unpaired = std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.withheld; });
  return unpaired ? ", so the runs that survived are not called better" : "";
}

}  // namespace

std::vector<const VariantSummary*> compared_sides(const Comparison& comparison) {
  std::vector<bool> taken(comparison.variants.size(), !comparison.answer);
  if (comparison.answer) {
    for (const AnsweredContrast& of : comparison.answer->contrasts) {
      for (const auto* side : {&of.from_variants, &of.to_variants}) {
        for (const std::size_t place : *side) taken[place] = true;
      }
    }
  }
  std::vector<const VariantSummary*> variants;
  for (std::size_t i = 0; i < taken.size(); ++i) {
    if (taken[i]) variants.push_back(&comparison.variants[i]);
  }
  return variants;
}

std::size_t lost_runs(const Comparison& comparison, const VariantSummary& variant) {
  const auto without = std::count_if(variant.runs.begin(), variant.runs.end(), [&](const RunSummary& run) {
    return ended_without_number(comparison, run);
  });
  return variant.counts.diverged + static_cast<std::size_t>(without);
}

std::size_t unreported_runs(const Comparison& comparison, const VariantSummary& variant) {
  const auto silent = std::count_if(variant.runs.begin(), variant.runs.end(), [&](const RunSummary& run) {
    return ended_without_report(comparison, run);
  });
  return static_cast<std::size_t>(silent);
}

std::string standing_text(const Comparison& comparison, const RunSummary& run) {
  if (ended_without_number(comparison, run)) return to_string(RunStatus::diverged);
  if (ended_without_report(comparison, run))
    return fmt::format("not reported at epoch {}", run.selected_epoch);
  return to_string(run.status);
}

bool is_loss(const Comparison& comparison, const RunSummary& run) {
  return run.status == RunStatus::diverged || run.status == RunStatus::failed ||
         ended_without_number(comparison, run);
}

std::size_t losses(const Comparison& comparison, const VariantSummary& variant) {
  return lost_runs(comparison, variant) + variant.counts.failed;
}

std::string_view how_lost(const Comparison& comparison, const std::vector<std::size_t>& variants) {
  const Side side = side_of(comparison, {}, variants);
  return side.failed == 0 ? "diverged" : side.lost == 0 ? "failed" : "diverged or failed";
}

std::string_view how_lost(const Comparison& comparison, const AnsweredContrast& of) {
  std::vector<std::size_t> both = of.from_variants;
  both.insert(both.end(), of.to_variants.begin(), of.to_variants.end());
  return how_lost(comparison, both);
}

void add_divergence(std::vector<Warning>& warnings, const Comparison& comparison) {
  const std::vector<std::string> told = side_texts(comparison, &Side::lost);
  if (told.empty()) return;
  warnings.push_back(
      {fmt::format("diverged: {}{}", names_text(told, 3), withheld_text(comparison)),
       comparison.paired
           ? "Divergence: k of n runs of a side, those that ended without a number, or with one beyond 1e150, among them. Where one side diverged "
             "or failed under a seed that the other finished, it is not called the better one, and a sign test counts those "
             "seeds as losses."
           : "Divergence: k of n runs of a side, those that ended without a number, or with one beyond 1e150, among them. A side that lost runs "
             "so is not called the better one."});
}

void add_unreported(std::vector<Warning>& warnings, const Comparison& comparison) {
  const std::vector<std::string> told = side_texts(comparison, &Side::unreported);
  if (told.empty()) return;
  warnings.push_back(
      {fmt::format("{} is not reported at the epoch that counts: {}", comparison.primary.name,
                   names_text(told, 3)),
       "Not reported: k of n runs of a side that finished, and did not report the metric, not even as NaN, at their "
       "last epoch or the one that was selected. They are left out, and count as no loss: have the program report "
       "it with every epoch, at least with that one."});
}

void add_stopped(std::vector<Warning>& warnings, const Comparison& comparison) {
  const auto& variants = comparison.variants;
  const auto cut = std::count_if(variants.begin(), variants.end(),
                                 [](const VariantSummary& variant) { return variant.counts.stopped > 0; });
  if (cut == 0) return;
  warnings.push_back(
      {fmt::format("a stop rule cut {} of {} variants ({} of {} runs), of which nothing is said", cut,
                   variants.size(), comparison.counts.stopped, comparison.counts.planned),
       "Stopped: a variant that was cut has no value to compare. Settings that lost a side so are in no row, and each "
       "variant that was cut still takes its share of the level."});
}

void add_unfinished(std::vector<Warning>& warnings, const Comparison& comparison) {
  const RunCounts& counts = comparison.counts;
  const std::size_t open = counts.planned - counts.done - counts.diverged - counts.stopped;
  if (open == 0) return;
  warnings.push_back(
      {fmt::format("{} of {} planned runs are not in{}{}", open, counts.planned, failed_text(comparison),
                   any_diverged(comparison) ? "" : withheld_text(comparison)),
       fmt::format("Unfinished: planned runs without a result; a later report can differ.{}",
                   counts.failed > 0 ? failed_rule : "")});
}

}  // namespace ablate
