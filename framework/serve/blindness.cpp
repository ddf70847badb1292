#include "serve/blindness.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/shell_word.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

/// Of the planned look that comes next; 0: there is none, or none is left.
std::size_t seeds_of_next_look(const Comparison& comparison) {
  if (!comparison.until_settled) return 0;
  if (!comparison.answer) return comparison.until_settled->first;
  const LooksTaken& looks = comparison.answer->looks;
  for (const PlannedLook& look : looks.in_plan) {
    if (look.seeds > looks.seeds) return look.seeds;
  }
  return 0;
}

bool is_over(const RunCounts& counts) {
  return counts.missing + counts.running + counts.interrupted + counts.waiting == 0;
}

}  // namespace

bool is_hidden(const Comparison& comparison, Blind blind) {
  if (blind == Blind::by_tuned) return true;
  if (blind == Blind::no || is_over(comparison.counts)) return false;
  if (!comparison.answer) return true;
  const LooksTaken& looks = comparison.answer->looks;
  return looks.made == 0 || looks.in_plan[looks.made - 1].seeds != looks.seeds;
}

bool is_unfinished(const StudyCounts& counts) {
  return counts.planned + counts.running + counts.waiting + counts.interrupted > 0;
}

std::string hidden_headline(const Comparison& comparison, Blind blind) {
  if (blind == Blind::by_tuned) return "Hidden until the study that it tunes for has ended";
  const std::size_t seeds = seeds_of_next_look(comparison);
  return seeds > 0 ? fmt::format("Hidden until the planned look after {} seeds", seeds)
                   : "Hidden until every run has ended";
}

std::vector<std::string> hidden_reasons(const std::string& study, Blind blind) {
  return {
      blind != Blind::by_page
          ? "The study's file asks for it (report.blind: true): differences of few seeds come and go, and "
            "whoever follows them stops where chance looks best."
          : "The page was started with --blind.",
      "The bar above says how many runs are left, and for how long.",
      fmt::format("`ablate report {}` answers before that, and records that somebody looked.",
                  shell_word(study))};
}

std::string how_not_to_look(const Comparison& comparison) {
  if (is_over(comparison.counts) || comparison.until_settled || !comparison.answer) return {};
  return "`report: {blind: true}` in the study's file hides differences here until the end; `seeds: {..., until: "
         "settled}` plans looks that cost nothing.";
}

void refuse_hidden(const std::vector<std::string>& studies, const std::string& instead) {
  throw RequestError(fmt::format("comparisons and single runs of {} are hidden until every run has ended",
                                 names_text({studies.begin(), studies.end()})),
                     instead + " in a terminal");
}

}  // namespace ablate
