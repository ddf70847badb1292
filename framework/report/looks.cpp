#include "report/looks.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/inference.hpp"
#include "report/judge.hpp"
#include "report/phrases.hpp"
#include "report/report.hpp"
#include "report/unpaired.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

std::string times_text(std::size_t count) { return count == 1 ? "once" : fmt::format("{} times", count); }

std::string unplanned_note(const LooksTaken& looks) {
  std::vector<std::string> told;
  bool by_another_plan = false;
  for (const LookRecord& look : looks.unplanned) {
    const std::string& plan = look.looks_in_plan;
    by_another_plan |= !plan.empty();
    told.push_back(fmt::format("after {} seeds ({}, {}, {}{})", look.seeds, look.looked_at.substr(0, 10),
                               look.command, look.metric.empty() ? "no metric" : look.metric,
                               plan.empty() ? "" : "; planned then: after " + plan));
  }
  return fmt::format(
      "Looked at {} before, at fewer seeds and {}: {}. Words, intervals and p of the answer and of all "
      "variants therefore rest on e-values, which hold at any number of looks (E of a row is at least the number of rows over the level "
      "where something is claimed). All other p and intervals are those of one look.",
      times_text(looks.unplanned.size()),
      by_another_plan ? "not by the study's present plan" : "without a plan", names_text(told, 6));
}

std::string plan_note(const Comparison& comparison) {
  const LooksTaken& looks = comparison.answer->looks;
  std::vector<std::string> told;
  for (std::size_t i = 0; i < looks.made; ++i) {
    const PlannedLook& look = looks.in_plan[i];
    std::vector<std::string> settled;
    for (const AnsweredContrast& of : comparison.answer->contrasts) {
      if (of.settled_at == look.seeds) settled.push_back(of.name);
    }
    std::string text = look.nominal > 0.0
                           ? fmt::format("{} seeds at p {:.4f}", look.seeds, look.nominal)
                           : fmt::format("{} seeds, where nothing can be claimed yet", look.seeds);
    if (!settled.empty()) text += fmt::format(" (settled: {})", fmt::join(settled, ", "));
    told.push_back(std::move(text));
  }
  return fmt::format(
      "Planned looks: after {} seeds, until every contrast is settled; the level of {:.3g} is spent as by O'Brien and "
      "Fleming. {}.",
      looks_text(*comparison.until_settled), 1.0 - comparison.confidence,
      told.empty() ? std::string("None was made yet") : fmt::format("Made: {}", fmt::join(told, "; ")));
}

/// Of this look: the most that a contrast has; of an unpaired study the most runs that a difference has of the smaller
/// side. 0 where nothing is judged.
std::size_t seeds_seen(const Comparison& comparison) {
  if (comparison.answer) return comparison.answer->looks.seeds;
  std::size_t seeds = 0;
  for (const UnpairedRow& row : unpaired_rows(comparison))
    seeds = std::max(seeds, std::min(row.difference.from.n, row.difference.to.n));
  return seeds;
}

}  // namespace

Members members_of(const AnsweredContrast& of) {
  Members members = {&of.conclusion.pooled.member};
  for (const Effect& level : of.conclusion.levels) {
    if (of.conclusion.levels.size() > 1) members.push_back(&level.member);
  }
  return members;
}

bool is_judged_by_t(const Member& member) { return member.judged == Judged::by_t; }

std::string procedure_text(const Members& members, double confidence) {
  const auto any = [&](auto is) { return std::any_of(members.begin(), members.end(), is); };
  const bool by_t = any([](const Member* one) { return is_judged_by_t(*one); });
  const bool by_flips = any([](const Member* one) {
    return one->judged == Judged::by_flips || one->judged == Judged::by_drawn_flips;
  });
  if (any([](const Member* one) { return one->judged == Judged::by_e_value; }))
    return "e-values, which hold at any number of looks";
  const std::string flips = "max-T, the signs of whole seeds flipped in all rows at once";
  if (!by_t) return flips;
  const std::size_t needed = pairs_needed(1, confidence);
  const std::string t = "Student's t, which assumes normal errors";
  const bool would_do =
      any([&](const Member* one) { return is_judged_by_t(*one) && one->summary.n >= needed; });
  if (would_do) {
    return by_flips
               ? fmt::format("{}; of rows with too few seeds for their share of the level, {}", flips, t)
               : fmt::format(
                     "{} (too many rows and stopped variants share the level for an exact test of so few seeds)",
                     t);
  }
  return by_flips ? fmt::format("{}; of rows with fewer than {} seeds, {}", flips, needed, t)
                  : fmt::format("{} (fewer than {} seeds allow no exact test)", t, needed);
}

std::string method_note(const Comparison& comparison) {
  const std::size_t family = comparison.answer->contrasts.front().conclusion.family_size;
  const std::string confidence = confidence_text(comparison.confidence);
  if (family == 0) return "No row is judged: an interval and a p need two seeds at least.";
  const std::string of_family =
      family == 1 ? std::string("It is one row.") : fmt::format("They are simultaneous for {} rows.", family);
  if (comparison.until_settled && !comparison.answer->looks.by_e_value) {
    return fmt::format(
        "Intervals, p and words are one procedure: max-T, the signs of whole seeds flipped in all rows at "
        "once, each contrast over the seeds of the look that it keeps and at that look's level. {}",
        of_family);
  }
  if (comparison.answer->looks.by_e_value) {
    return fmt::format("Intervals ({}), p and words: e-values, valid at every look together. {}", confidence,
                       of_family);
  }
  Members members;
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    const Members own = members_of(of);
    members.insert(members.end(), own.begin(), own.end());
  }
  return fmt::format("Intervals ({}), p and words are one procedure: {}. {}", confidence,
                     procedure_text(members, comparison.confidence), of_family);
}

std::vector<std::string> look_notes(const Comparison& comparison) {
  if (!comparison.answer) return {};
  const LooksTaken& looks = comparison.answer->looks;
  std::vector<std::string> notes;
  if (comparison.until_settled) notes.push_back(plan_note(comparison));
  if (!looks.unplanned.empty()) notes.push_back(unplanned_note(looks));
  if (looks.replans > 0)
    notes.push_back(fmt::format("Results were set aside {} by a new plan.", times_text(looks.replans)));
  const RunCounts& counts = comparison.counts;
  const bool unfinished = counts.missing + counts.running + counts.interrupted + counts.waiting > 0;
  if (unfinished && looks.seeds >= 2 && !comparison.until_settled) {
    notes.push_back(fmt::format(
        "The study is unfinished: this look, after {} seeds, counts, and a report over more seeds will rest on e-values.",
        looks.seeds));
  }
  return notes;
}

std::vector<LookRecord> earlier_looks(const Comparison& comparison) {
  return comparison.answer ? comparison.answer->looks.unplanned
                           : unplanned_looks(comparison, comparison.looks, seeds_seen(comparison));
}

std::string look_chip(const Comparison& comparison) {
  if (const std::size_t earlier = earlier_looks(comparison).size(); earlier > 0)
    return fmt::format("looked at {} before", times_text(earlier));
  if (!comparison.answer) return {};
  const LooksTaken& looks = comparison.answer->looks;
  if (comparison.until_settled && looks.made > 0)
    return fmt::format("planned look {} of {}", looks.made, looks.in_plan.size());
  return {};
}

std::optional<ReportedLook> look_at(const Comparison& comparison, const std::string& command) {
  const std::size_t seeds = seeds_seen(comparison);
  if (seeds < 2) return std::nullopt;
  ReportedLook reported{.study_id = comparison.study_id};
  reported.look.command = command;
  reported.look.metric = comparison.primary.name;
  reported.look.seeds = static_cast<std::int64_t>(seeds);
  reported.look.runs = static_cast<std::int64_t>(comparison.counts.done);
  reported.look.variants = static_cast<std::int64_t>(comparison.variants.size());
  if (comparison.until_settled) reported.look.looks_in_plan = looks_text(*comparison.until_settled);
  return reported;
}

}  // namespace ablate
