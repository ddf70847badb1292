#include "report/judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/add_words.hpp"
#include "report/idle.hpp"
#include "stats/look_level.hpp"
#include "store/run_over.hpp"

namespace ablate {
namespace {

ConclusionRules rules_of(const StudyAnswer& answer, const Comparison& comparison) {
  ConclusionRules rules{comparison.confidence, answer.margin, best_of(comparison)};
  for (const VariantSummary& variant : comparison.variants) rules.absent += is_stopped(variant);
  const auto& others = answer.contrasts.front().others;
  for (std::size_t place = 0; place < others.size(); ++place) {
    if (answer.factors[others[place]].ordered) rules.ordered.push_back(place);
  }
  return rules;
}

std::vector<Conclusion> conclude_all(const StudyAnswer& answer, const ConclusionRules& rules) {
  std::vector<Contrast> contrasts;
  for (const AnsweredContrast& one : answer.contrasts) contrasts.push_back(one.contrast);
  return conclude(contrasts, rules);
}

/// Nothing is said of a row.
void silence(Effect& effect, std::string_view why) {
  silence(effect.member, why);
  effect.word = Word::cannot_say;
  effect.depends_on.clear();
  effect.is_told = true;
}

void silence(Conclusion& conclusion, std::string_view why) {
  silence(conclusion.pooled, why);
  for (Effect& level : conclusion.levels) silence(level, why);
  for (Dependence& one : conclusion.dependences) one.opposed = one.refused = one.told = false;
}

/// A planned look claims by flips or not at all: rows that have too few pairs for its level wait for the next one.
void silence_what_t_judges(Conclusion& conclusion, std::string_view why) {
  const auto check = [&](Effect& effect) {
    if (effect.member.judged == Judged::by_t) silence(effect, why);
  };
  check(conclusion.pooled);
  for (Effect& level : conclusion.levels) check(level);
}

/// Seeds that change nothing are no sample of anything, however many there are. A single tie may be chance.
bool are_seeds_idle(const Comparison& comparison) {
  std::size_t ties = 0;
  for (const VariantSummary& variant : comparison.variants) {
    const Summary values = primary(comparison, variant);
    if (values.n < 2) continue;
    if (values.minimum != values.maximum) return false;
    ties += values.n - 1;
  }
  return ties > 1;
}

/// The contrast over seeds 1 to `seeds`.
Contrast up_to(const AnsweredContrast& of, std::size_t seeds) {
  std::vector<ContrastPair> pairs;
  for (const ContrastPair& pair : of.pairs) {
    if (pair.seed <= static_cast<std::int64_t>(seeds)) pairs.push_back(pair);
  }
  return contrast_over(pairs, of);
}

/// Makes the planned looks one after the other.
class Replay {
 public:
  Replay(StudyAnswer& answer, const Comparison& comparison) : answer_(answer), comparison_(comparison) {}

  void run() {
    LooksTaken& looks = answer_.looks;
    while (looks.made < looks.in_plan.size() && !is_over() && is_complete(looks.in_plan[looks.made].seeds))
      take(looks.in_plan[looks.made++]);
    if (looks.made > 0) return;
    const auto conclusions = conclude_all(answer_, rules_of(answer_, comparison_));
    for (std::size_t i = 0; i < conclusions.size(); ++i) {
      answer_.contrasts[i].conclusion = conclusions[i];
      silence(answer_.contrasts[i].conclusion, "the first planned look is still to come");
    }
  }

 private:
  bool is_over() const {
    return std::all_of(answer_.contrasts.begin(), answer_.contrasts.end(),
                       [](const AnsweredContrast& of) { return of.settled_at.has_value(); });
  }

  /// Every run that the look is made of has ended.
  bool is_complete(std::size_t seeds) const {
    return std::all_of(answer_.contrasts.begin(), answer_.contrasts.end(), [&](const AnsweredContrast& of) {
      if (of.settled_at) return true;
      const auto all_ended = [&](std::size_t variant) {
        const auto& runs = comparison_.variants[variant].runs;
        return std::count_if(runs.begin(), runs.end(), [&](const RunSummary& run) {
                 return run.seed <= static_cast<std::int64_t>(seeds) && ablate::is_over(run.status);
               }) >= static_cast<std::ptrdiff_t>(seeds);
      };
      return std::all_of(of.from_variants.begin(), of.from_variants.end(), all_ended) &&
             std::all_of(of.to_variants.begin(), of.to_variants.end(), all_ended);
    });
  }

  void take(const PlannedLook& look) {
    for (AnsweredContrast& of : answer_.contrasts) {
      if (!of.settled_at) of.contrast = up_to(of, look.seeds);
    }
    ConclusionRules rules = rules_of(answer_, comparison_);
    if (look.nominal > 0.0) rules.confidence = 1.0 - look.nominal;
    const auto conclusions = conclude_all(answer_, rules);
    for (std::size_t i = 0; i < conclusions.size(); ++i) {
      AnsweredContrast& of = answer_.contrasts[i];
      if (of.settled_at) continue;
      of.conclusion = conclusions[i];
      constexpr std::string_view too_few = "flips of so few seeds cannot reach this look's level";
      look.nominal <= 0.0 ? silence(of.conclusion, too_few) : silence_what_t_judges(of.conclusion, too_few);
      add_words(of, comparison_, static_cast<std::int64_t>(look.seeds));
      if (is_settled(of)) of.settled_at = look.seeds;
    }
  }

  StudyAnswer& answer_;
  const Comparison& comparison_;
};

}  // namespace

Best best_of(const Comparison& comparison) {
  return primary_metric(comparison).better == Better::up ? Best::highest : Best::lowest;
}

std::vector<FactorialRun> runs_of(const Comparison& comparison, const std::vector<JointFactor>& factors) {
  std::vector<FactorialRun> runs;
  std::set<std::vector<std::size_t>> known;
  for (const VariantSummary& variant : comparison.variants) {
    std::vector<std::size_t> levels;
    for (const JointFactor& factor : factors) levels.push_back(level_of(factor, variant.factors));
    if (!known.insert(levels).second) return {};
    std::map<std::int64_t, double> values;
    for (const SeedValue& value : variant.values) {
      if (!is_stopped(variant)) values[value.seed] = value.value;
    }
    for (const RunSummary& run : variant.runs) {
      const auto value = values.find(run.seed);
      runs.push_back({levels, run.seed, value == values.end() ? undefined : value->second});
    }
  }
  return runs;
}

std::vector<LookRecord> unplanned_looks(const Comparison& comparison, const std::vector<LookRecord>& looks,
                                        std::size_t seeds_now) {
  constexpr std::int64_t fewest = 2;  // one seed has no spread to judge by
  const std::string plan = comparison.until_settled ? looks_text(*comparison.until_settled) : std::string();
  std::vector<LookRecord> unplanned;
  std::set<std::int64_t> known;
  for (const LookRecord& look : looks) {
    const bool foreseen = !plan.empty() && look.looks_in_plan == plan;
    const bool counts = look.command != "replan" && !foreseen && look.seeds >= fewest &&
                        look.seeds < static_cast<std::int64_t>(seeds_now);
    if (counts && known.insert(look.seeds).second) unplanned.push_back(look);
  }
  std::sort(unplanned.begin(), unplanned.end(),
            [](const LookRecord& a, const LookRecord& b) { return a.seeds < b.seeds; });
  return unplanned;
}

bool is_stopped(const VariantSummary& variant) { return variant.counts.stopped > 0; }

Contrast contrast_over(const std::vector<ContrastPair>& pairs, const AnsweredContrast& of) {
  std::vector<std::size_t> tested;
  for (std::size_t place = 0; place < of.others.size(); ++place) {
    if (std::count(of.by.begin(), of.by.end(), place) == 0) tested.push_back(place);
  }
  return contrast(pairs, of.by, tested);
}

double judged_confidence(const Comparison& comparison, const AnsweredContrast& of) {
  const LooksTaken& looks = comparison.answer->looks;
  double nominal = 1.0 - comparison.confidence;
  for (std::size_t i = 0; i < looks.made && !looks.by_e_value; ++i) {
    const PlannedLook& look = looks.in_plan[i];
    if (look.nominal > 0.0 && look.seeds <= of.settled_at.value_or(look.seeds)) nominal = look.nominal;
  }
  return 1.0 - nominal;
}

std::string looks_text(const SeedsUntilSettled& until) {
  return fmt::format("{}", fmt::join(look_times(until.first, until.step, until.most), ", "));
}

bool is_settled(const AnsweredContrast& of) {
  const Conclusion& conclusion = of.conclusion;
  // More seeds say nothing of other images, nor of a side that diverged under all of them. Where it diverged under
  // some, nothing is said of those that survived, so nothing is settled.
  if (of.other_images || std::none_of(of.pairs.begin(), of.pairs.end(), [](const ContrastPair& pair) {
        return std::isfinite(pair.from) && std::isfinite(pair.to);
      }))
    return true;
  if (conclusion.pooled.is_told) return is_settled(conclusion.pooled.word) && !of.pooled.withheld;
  for (std::size_t i = 0; i < conclusion.levels.size(); ++i) {
    if (!is_settled(conclusion.levels[i].word) || of.levels.at(i).withheld) return false;
  }
  return true;
}

namespace {

void conclude_at_looks(StudyAnswer& answer, const Comparison& comparison) {
  LooksTaken& looks = answer.looks;
  for (const AnsweredContrast& of : answer.contrasts)
    looks.seeds = std::max(looks.seeds, of.contrast.pooled.row.seeds.size());
  looks.unplanned = unplanned_looks(comparison, comparison.looks, looks.seeds);
  looks.by_e_value = !looks.unplanned.empty();
  looks.replans = static_cast<std::size_t>(
      std::count_if(comparison.looks.begin(), comparison.looks.end(),
                    [](const LookRecord& look) { return look.command == "replan"; }));
  if (comparison.until_settled) {
    const SeedsUntilSettled& until = *comparison.until_settled;
    looks.in_plan = planned_looks(look_times(until.first, until.step, until.most),
                                  level_of_few_seeds(1.0 - comparison.confidence));
    if (!looks.by_e_value) return Replay(answer, comparison).run();
  }
  ConclusionRules rules = rules_of(answer, comparison);
  rules.anytime = looks.by_e_value;
  rules.order = comparison.seed_order;
  const auto conclusions = conclude_all(answer, rules);
  for (std::size_t i = 0; i < conclusions.size(); ++i) answer.contrasts[i].conclusion = conclusions[i];
}

}  // namespace

namespace {

/// The last that counts: of planned looks that of the look whose conclusion the contrast keeps.
std::int64_t last_seed_of(const StudyAnswer& answer, const AnsweredContrast& of) {
  const LooksTaken& looks = answer.looks;
  if (looks.made == 0) return std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(of.settled_at.value_or(looks.in_plan[looks.made - 1].seeds));
}

}  // namespace

void silence(Member& member, std::string_view why) {
  member.interval = {};
  member.p = member.step_down_p = undefined;
  member.judged = Judged::not_at_all;
  member.reason = why;
}

void judge(StudyAnswer& answer, const Comparison& comparison) {
  conclude_at_looks(answer, comparison);
  answer.seeds_idle = are_seeds_idle(comparison);
  for (AnsweredContrast& of : answer.contrasts) {
    if (of.other_images) silence(of.conclusion, "its sides were judged by different images");
    if (answer.seeds_idle || are_seeds_idle(comparison, of)) silence(of.conclusion, idle_seeds);
    add_words(of, comparison, last_seed_of(answer, of));
  }
}

}  // namespace ablate
