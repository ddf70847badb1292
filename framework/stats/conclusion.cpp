#include "stats/conclusion.hpp"

#include <algorithm>
#include <cmath>

#include "stats/anytime.hpp"
#include "stats/multiple.hpp"
#include "stats/trend.hpp"

namespace ablate {

namespace {

/// The rows of the levels say nothing new where there is one level in all.
bool levels_judged(const Contrast& contrast) { return contrast.levels.size() > 1; }

std::vector<SeedRow> family_rows(std::span<const Contrast> contrasts) {
  std::vector<SeedRow> rows;
  for (const Contrast& contrast : contrasts) {
    rows.push_back(contrast.pooled.row);
    if (!levels_judged(contrast)) continue;
    for (const LevelRow& level : contrast.levels) rows.push_back(level.effect.row);
  }
  return rows;
}

Effect effect_of(const Member& member, const ConclusionRules& rules) {
  return {member, word_of(member.interval, rules.margin, rules.best)};
}

std::vector<Dependence> dependences_of(const Contrast& contrast, const ConclusionRules& rules) {
  std::vector<Dependence> result;
  for (auto from = contrast.levels.begin(); from != contrast.levels.end();) {
    const auto to = std::find_if(from, contrast.levels.end(),
                                 [&](const LevelRow& level) { return level.factor != from->factor; });
    std::vector<SeedRow> rows;
    for (auto level = from; level != to; ++level) rows.push_back(level->effect.row);
    const bool ordered = std::count(rules.ordered.begin(), rules.ordered.end(), from->factor) > 0;
    if (rows.size() > 1) {
      result.push_back({.factor = from->factor,
                        .test = ordered ? trend_of(rows) : interaction_of(rows),
                        .ordered = ordered});
    }
    from = to;
  }
  return result;
}

/// Corrects over all dependences of all contrasts, and says which are refused and told.
void correct(std::vector<Conclusion>& conclusions, const ConclusionRules& rules, bool something_found) {
  std::vector<double> plain;
  for (const Conclusion& conclusion : conclusions) {
    for (const Dependence& dependence : conclusion.dependences) plain.push_back(dependence.test.p);
  }
  const std::vector<double> corrected = holm(plain);
  std::size_t place = 0;
  for (Conclusion& conclusion : conclusions) {
    for (Dependence& dependence : conclusion.dependences) {
      dependence.p = corrected[place++];
      dependence.refused = dependence.p <= 1.0 - rules.confidence;
      dependence.told = dependence.refused && something_found && !rules.anytime;
      conclusion.tell_pooled = conclusion.tell_pooled && !dependence.refused;
    }
  }
}

}  // namespace

std::vector<Conclusion> conclude(std::span<const Contrast> contrasts, const ConclusionRules& rules) {
  const auto rows = family_rows(contrasts);
  const Family family = rules.anytime
                            ? judge_family_anytime(rows, rules.confidence, rules.order, rules.absent)
                            : judge_family(rows, rules.confidence, rules.absent);
  const bool something_found = std::any_of(
      family.members.begin(), family.members.end(),
      [](const Member& member) { return member.interval.low > 0.0 || member.interval.high < 0.0; });
  std::vector<Conclusion> conclusions;
  std::size_t place = 0;
  for (const Contrast& contrast : contrasts) {
    Conclusion& conclusion = conclusions.emplace_back();
    conclusion.family_size = family.size;
    conclusion.pooled = effect_of(family.members[place++], rules);
    for (std::size_t level = 0; level < contrast.levels.size(); ++level) {
      conclusion.levels.push_back(levels_judged(contrast) ? effect_of(family.members[place++], rules)
                                                          : conclusion.pooled);
    }
    conclusion.dependences = dependences_of(contrast, rules);
  }
  correct(conclusions, rules, something_found);
  return conclusions;
}

Conclusion conclude(const Contrast& of, const ConclusionRules& rules) {
  return conclude(std::span(&of, 1), rules).front();
}

}  // namespace ablate
