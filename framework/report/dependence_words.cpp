#include "report/dependence_words.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "report/judge.hpp"
#include "report/phrases.hpp"

namespace ablate {

std::string dependence_name(const Comparison& comparison, const AnsweredContrast& of,
                            const Dependence& dependence) {
  return joint_name(comparison, comparison.answer->factors[of.others[dependence.factor]]);
}

std::size_t levels_told(const AnsweredContrast& of, std::size_t factor) {
  std::size_t told = 0;
  for (std::size_t i = 0; i < of.levels.size(); ++i)
    told += of.contrast.levels[i].factor == factor && of.levels[i].is_told;
  return told;
}

const Dependence* told_dependence(const AnsweredContrast& of) {
  const Dependence* told = nullptr;
  for (const Dependence& one : of.conclusion.dependences) {
    const auto order = [&](const Dependence& here) {
      return std::tuple(!here.told, levels_told(of, here.factor) == 0, !here.opposed, !(here.p <= 1.0),
                        here.p);
    };
    if (one.refused && (!told || order(one) < order(*told))) told = &one;
  }
  return told;
}

std::string dependence_text(const Comparison& comparison, const AnsweredContrast& of) {
  std::string text;
  for (const Dependence& one : of.conclusion.dependences) {
    if (!one.told) continue;
    const bool by_p = one.p <= 1.0 - judged_confidence(comparison, of);
    const bool alone = comparison.answer->contrasts.size() == 1;
    text += fmt::format(
        " {} depends on {} ({}).", alone ? "It" : of.name, dependence_name(comparison, of, one),
        by_p && !comparison.answer->looks.by_e_value ? fmt::format("p {}", p_text(one.p))
                                                     : std::string("intervals lie on both sides of 0"));
  }
  return text;
}

std::string dependence_note(const Comparison& comparison, const AnsweredContrast& of, const Dependence& one) {
  std::string note = fmt::format("Does {} depend on {}? ", of.name, dependence_name(comparison, of, one));
  if (!one.test.reason.empty()) {
    note += fmt::format("No test: {}.", one.test.reason);
  } else {
    note += fmt::format("p {}, at least {} for so many seeds: levels permuted within seeds ({}){}.",
                        p_text(one.p), p_text(one.smallest_p), one.test.exact ? "exact" : "drawn",
                        one.trend ? ", and Page's trend; the smaller p counts twice" : "");
    if (one.incomplete)
      note += " Not all its levels have the same settings: the test takes those that all have.";
  }
  if (one.opposed) note += " Intervals lie on both sides of 0.";
  return note;
}

void add_dependence(std::vector<Warning>& warnings, const Comparison& comparison) {
  const AnsweredContrast& first = comparison.answer->contrasts.front();
  std::vector<std::string> out_of_reach;
  double least = 1.0;
  for (const Dependence& one : first.conclusion.dependences) {
    const bool is_judged = first.conclusion.pooled.member.judged != Judged::not_at_all;
    const bool reachable = !is_judged || !(one.smallest_p > 1.0 - judged_confidence(comparison, first));
    if (reachable || one.opposed) continue;
    out_of_reach.push_back(dependence_name(comparison, first, one));
    least = std::min(least, one.smallest_p);
  }
  if (!out_of_reach.empty() && !comparison.answer->looks.by_e_value) {
    warnings.push_back(
        {fmt::format("{} cannot show whether it depends on {} (no p below {})",
                     counted(first.contrast.pooled.row.seeds.size(), "seed"), names_text(out_of_reach, 3),
                     p_text(least)),
         "Dependence out of reach: if levels did not matter, a seed's values could be in any order; so few seeds allow "
         "too few orders for a p at the level. Levels whose intervals lie on both sides of 0 are reported all the same."});
  }
}

}  // namespace ablate
