#include "stats/conclusion.hpp"

#include <algorithm>
#include <map>

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

bool is_above_0(const Effect& effect) { return effect.member.interval.low > 0.0; }
bool is_below_0(const Effect& effect) { return effect.member.interval.high < 0.0; }

/// Of the rows of one factor.
Dependence dependence_of(std::span<const LevelRow> levels, bool ordered) {
  Dependence result;
  result.factor = levels.front().factor;
  std::vector<SeedRow> rows;
  bool shared = false;
  for (const LevelRow& level : levels) {
    rows.push_back(level.comparable.row);
    result.incomplete |= level.comparable.strata != level.effect.strata;
    shared |= level.comparable.strata > 0;
  }
  result.test = interaction_of(rows);
  if (!shared && result.incomplete) result.test.reason = "its levels share no setting of the other factors";
  if (ordered && rows.size() > 2) result.trend = trend_of(rows);
  return result;
}

/// Of the two tests together; not a number where there is none.
double of_both(const Dependence& of, double Interaction::*p) {
  if (!of.trend || !of.test.reason.empty()) return of.test.*p;
  return std::min(1.0, 2.0 * std::min(of.test.*p, of.trend.value().*p));
}

bool is_ordered(std::size_t factor, const ConclusionRules& rules) {
  return std::count(rules.ordered.begin(), rules.ordered.end(), factor) > 0;
}

void add_dependences(Conclusion& conclusion, const Contrast& contrast, const ConclusionRules& rules) {
  const std::span<const LevelRow> all(contrast.levels);
  for (std::size_t from = 0, to = 0; from < all.size(); from = to) {
    bool above = is_above_0(conclusion.pooled), below = is_below_0(conclusion.pooled);
    for (; to < all.size() && all[to].factor == all[from].factor; ++to) {
      above |= is_above_0(conclusion.levels[to]);
      below |= is_below_0(conclusion.levels[to]);
    }
    if (to - from < 2) continue;
    conclusion.dependences.push_back(
        dependence_of(all.subspan(from, to - from), is_ordered(all[from].factor, rules)));
    conclusion.dependences.back().opposed = above && below;
  }
  const std::span<const LevelRow> tested(contrast.tested);
  for (std::size_t from = 0, to = 0; from < tested.size(); from = to) {
    while (to < tested.size() && tested[to].factor == tested[from].factor) ++to;
    if (to - from < 2) continue;
    conclusion.dependences.push_back(
        dependence_of(tested.subspan(from, to - from), is_ordered(tested[from].factor, rules)));
    conclusion.dependences.back().has_rows = false;
  }
}

/// What is true where `word` is: a mean beyond the margin is better, too.
bool is_said_by(Word word, Word of_mean) {
  return word == of_mean || (word == Word::better && of_mean == Word::better_within) ||
         (word == Word::worse && of_mean == Word::worse_within) ||
         (word == Word::same && (of_mean == Word::better_within || of_mean == Word::worse_within));
}

/// The row's word is that of its mean at each level of another factor.
bool is_alike_at(std::size_t factor, const Contrast& contrast, const LevelRow& level, Word word,
                 const ConclusionRules& rules) {
  std::map<std::size_t, std::vector<double>> means;
  for (const StratumRow& stratum : contrast.strata) {
    const std::vector<double>& values = stratum.effect.row.values;
    if (stratum.setting[level.factor] == level.level && !values.empty())
      means[stratum.setting[factor]].push_back(summarize(values).mean);
  }
  return std::all_of(means.begin(), means.end(), [&](const auto& one) {
    const double mean = summarize(one.second).mean;
    return is_said_by(word, word_of({mean, mean}, rules.margin, rules.best));
  });
}

/// Marks the rows that are means over factors on which the effect depends.
void mark_means(Conclusion& conclusion, const Contrast& contrast, const ConclusionRules& rules) {
  for (const Dependence& dependence : conclusion.dependences) {
    if (!dependence.refused) continue;
    conclusion.pooled.depends_on.push_back(dependence.factor);
    conclusion.pooled.is_told = false;
    for (std::size_t i = 0; i < conclusion.levels.size(); ++i) {
      const LevelRow& level = contrast.levels[i];
      Effect& effect = conclusion.levels[i];
      if (level.factor == dependence.factor) continue;
      effect.depends_on.push_back(dependence.factor);
      effect.is_told &= is_alike_at(dependence.factor, contrast, level, effect.word, rules);
    }
  }
}

/// Corrects over the dependences of all contrasts, those with rows or those without, and says which are refused and
/// told.
void correct(std::vector<Conclusion>& conclusions, const ConclusionRules& rules, bool something_found,
             bool with_rows) {
  std::vector<double> plain, floors;
  for (const Conclusion& conclusion : conclusions) {
    for (const Dependence& dependence : conclusion.dependences) {
      if (dependence.has_rows != with_rows) continue;
      plain.push_back(of_both(dependence, &Interaction::p));
      floors.push_back(of_both(dependence, &Interaction::smallest_p));
    }
  }
  const std::vector<double> corrected = holm(plain), smallest = holm(floors);
  std::size_t place = 0;
  for (Conclusion& conclusion : conclusions) {
    for (Dependence& dependence : conclusion.dependences) {
      if (dependence.has_rows != with_rows) continue;
      dependence.smallest_p = smallest[place];
      dependence.p = corrected[place++];
      const bool by_p = dependence.p <= 1.0 - rules.confidence;
      dependence.refused = by_p || dependence.opposed;
      dependence.told = (by_p && with_rows && something_found && !rules.anytime) ||
                        (dependence.opposed && !dependence.incomplete);
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
    add_dependences(conclusion, contrast, rules);
  }
  for (const bool with_rows : {true, false}) correct(conclusions, rules, something_found, with_rows);
  for (std::size_t i = 0; i < conclusions.size(); ++i) mark_means(conclusions[i], contrasts[i], rules);
  return conclusions;
}

Conclusion conclude(const Contrast& of, const ConclusionRules& rules) {
  return conclude(std::span(&of, 1), rules).front();
}

}  // namespace ablate
