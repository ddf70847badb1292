#include "report/answer_words.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/dependence_words.hpp"
#include "report/fairness.hpp"
#include "report/headline_parts.hpp"
#include "report/looks.hpp"
#include "report/lost_runs.hpp"
#include "report/phrases.hpp"
#include "report/price.hpp"
#include "report/setting_words.hpp"
#include "report/several_headline.hpp"
#include "report/unpaired.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

using Texts = std::vector<std::string>;

std::string seeds_of(const Member& member) { return counted(member.summary.n, "seed"); }

std::string subject_of(const AnsweredContrast& of) { return of.subject.empty() ? "" : of.subject + ": "; }

/// Levels of one factor by what is said of them, in the order better, worse, ... cannot say, depends on another.
std::map<std::pair<Word, std::string>, Texts> by_word(const Comparison& comparison,
                                                      const AnsweredContrast& of, std::size_t factor) {
  std::map<std::pair<Word, std::string>, Texts> groups;
  for (std::size_t i = 0; i < of.levels.size(); ++i) {
    const LevelRow& level = of.contrast.levels[i];
    if (level.factor != factor) continue;
    const JointFactor& other = comparison.answer->factors[of.others[factor]];
    const Said& said = of.levels[i];
    groups[{said.word, brief_text(comparison, of, said)}].push_back(
        joint_label(comparison, other, level.level));
  }
  return groups;
}

/// Nothing can be said at any level of a factor.
std::string nowhere_headline(const Comparison& comparison, const AnsweredContrast& of,
                             const std::string& factor, bool depends) {
  const std::string seeds = seeds_of(of.conclusion.pooled.member), to = marked_to(comparison, of),
                    from = marked_from(comparison, of), subject = subject_of(of);
  if (depends) {
    return first_that_fits(
        {fmt::format(
             "{}the effect of {} against {} depends on {}, but {} cannot say at which it is better or worse.",
             subject, to, from, factor, seeds),
         fmt::format("It depends on {}, but {} cannot say at which it is better or worse.", factor, seeds),
         fmt::format("It depends on another factor, but {} cannot say at which level it is better.", seeds)});
  }
  return first_that_fits(
      {fmt::format("{}{} cannot say at any {} whether {} is better or worse than {}.", subject, seeds, factor,
                   to, from),
       fmt::format("{} cannot say at any {} which side is better.", seeds, factor),
       fmt::format("{} cannot say at any level of another factor which side is better.", seeds)});
}

std::string by_level(const Comparison& comparison, const AnsweredContrast& of, const Dependence& dependence) {
  const std::string name = dependence_name(comparison, of, dependence);
  const auto groups = by_word(comparison, of, dependence.factor);
  Texts named, numbered;
  for (const auto& [said, levels] : groups) {
    named.push_back(fmt::format("{} at {}", said.second, list_text(levels)));
    numbered.push_back(fmt::format("{} at {} of them", said.second, levels.size()));
  }
  const std::string sides = fmt::format("{}{} against {}", of.subject.empty() ? "" : of.subject + " ",
                                        marked_to(comparison, of), marked_from(comparison, of));
  const bool depends = dependence.told;
  if (levels_told(of, dependence.factor) == 0) {
    return first_that_fits(
        {fmt::format("{}: {}; each setting is reported below.", sides, brief_text(comparison, of, of.pooled)),
         "It depends on several factors at once; each setting is reported below."});
  }
  if (groups.size() == 1 && groups.begin()->first.first == Word::cannot_say)
    return nowhere_headline(comparison, of, name, depends);
  if (groups.size() == 1) {
    const std::string& word = groups.begin()->first.second;
    return first_that_fits(
        {fmt::format("{}: {} at every {}{}.", sides, word, name, depends ? ", by differing amounts" : ""),
         fmt::format("{}: {} at every {}.", sides, word, name),
         fmt::format("At every level of another factor: {}.", word)});
  }
  return first_that_fits(
      {fmt::format("{}, by {}: {}{}.", sides, name, fmt::join(named, "; "), depends ? " (it depends)" : ""),
       fmt::format("{}, by {}: {}.", sides, name, fmt::join(named, "; ")),
       fmt::format("{}, by {}: {}.", sides, name, fmt::join(numbered, "; ")),
       depends ? "The answer depends on another factor, as shown below."
               : "The answer is reported at each level of another factor, below."});
}

/// " in 1 of 4 settings" where a side lost runs in some of them only; else empty.
std::string settings_lost(const Comparison& comparison, const std::vector<std::size_t>& side) {
  const auto lost = std::count_if(side.begin(), side.end(), [&](std::size_t variant) {
    const auto& runs = comparison.variants[variant].runs;
    return std::any_of(runs.begin(), runs.end(),
                       [&](const RunSummary& run) { return is_loss(comparison, run); });
  });
  if (static_cast<std::size_t>(lost) == side.size()) return {};
  return fmt::format(" in {} of {} settings", lost, side.size());
}

/// The seeds that survived would say something.
std::string withheld_headline(const Comparison& comparison, const AnsweredContrast& of) {
  const SignTest& seeds = of.pooled.outcomes;
  const bool to = seeds.only_to_diverged > 0;
  const std::size_t all = seeds.wins + seeds.losses + seeds.ties;
  const std::size_t lost = to ? seeds.only_to_diverged : seeds.only_from_diverged;
  const std::string seeds_lost = all == 1      ? std::string("it")
                                 : lost == all ? std::string("all of them")
                                               : fmt::format("{} of them", lost);
  const std::vector<std::size_t>& side = to ? of.to_variants : of.from_variants;
  const std::vector<std::size_t>& other = to ? of.from_variants : of.to_variants;
  const bool both = std::any_of(other.begin(), other.end(), [&](std::size_t variant) {
    return losses(comparison, comparison.variants[variant]) > 0;
  });
  const std::string how = fmt::format("{}{} under {}{}", both ? "alone " : "", how_lost(comparison, side),
                                      seeds_lost, settings_lost(comparison, side));
  return first_that_fits(
      {fmt::format("{}{} cannot say whether {} is better or worse than {}: {} {}.", subject_of(of),
                   counted(all, "seed"), marked_to(comparison, of), marked_from(comparison, of),
                   to ? of.to : of.from, how),
       fmt::format("{} cannot say which side is better: one {}.", counted(all, "seed"), how)});
}

std::string other_images_headline(const Comparison& comparison, const AnsweredContrast& of) {
  constexpr const char* why = "the two were judged by different images";
  return first_that_fits({fmt::format("{}cannot say whether {} is better or worse than {} in {}: {}.",
                                      subject_of(of), of.to, of.from, comparison.primary.name, why),
                          fmt::format("Cannot say which side is better: {}.", why)});
}

std::string pooled_headline(const Comparison& comparison, const AnsweredContrast& of) {
  const Member& member = of.conclusion.pooled.member;
  const std::string metric = comparison.primary.name,
                    size = signed_text(member.summary.mean, decimals_of(member)), subject = subject_of(of),
                    n = seeds_of(member), to = marked_to(comparison, of), from = marked_from(comparison, of);
  const auto say = [&] {
    const std::string words = than_text(of.pooled.word, from);
    return first_that_fits({fmt::format("{}{} is {}: {} in {} over {}.", subject, to, words, size, metric, n),
                            fmt::format("{}{} is {}: {} in {}.", subject, to, words, size, metric),
                            fmt::format("{}{} in {}: {}.", subject, size, metric, word_text(of.pooled.word)),
                            fmt::format("{} in {}: {}.", size, metric, word_text(of.pooled.word))});
  };
  if (of.pooled.word != Word::cannot_say) return say();
  if (of.pooled.withheld) return withheld_headline(comparison, of);
  return first_that_fits({fmt::format("{}{} cannot say whether {} is better or worse than {} in {}.", subject,
                                      n, to, from, metric),
                          fmt::format("{}{} cannot say which side is better in {}.", subject, n, metric),
                          fmt::format("{} cannot say which side is better in {}.", n, metric)});
}

/// "64 +0.0111 (+0.0050 to +0.0171) better".
std::string row_text(const Comparison& comparison, const AnsweredContrast& of, const std::string& name,
                     const Member& member, const Said& said) {
  if (member.summary.n == 0 && said.withheld) {
    const SignTest& seeds = said.outcomes;
    const bool from = seeds.only_from_diverged > 0;
    const std::vector<std::size_t>& side = from ? of.from_variants : of.to_variants;
    return fmt::format("{}: cannot say, {} {}{} under {} of {}", name, from ? of.from : of.to,
                       how_lost(comparison, side), settings_lost(comparison, side),
                       seeds.only_to_diverged + seeds.only_from_diverged,
                       counted(seeds.wins + seeds.losses + seeds.ties, "seed"));
  }
  return fmt::format("{} {}{} {}", name, difference_text(member), mark(comparison, of),
                     said_text(comparison, of, said));
}

/// The rows that a bullet tells of one contrast: the levels of the factor that the headline tells, else the
/// pooled effect. The plot has all.
Texts effects_of(const Comparison& comparison, const AnsweredContrast& of) {
  const Dependence* dependence = told_dependence(of);
  if (!dependence || !dependence->has_rows) {
    const bool only_one = comparison.answer->contrasts.size() == 1;
    const std::string over = "over " + settings_text(comparison, of);
    const std::string name = of.levels.size() < 2 ? name_with_settings(comparison, of)
                             : only_one           ? over
                                                  : of.name + ", " + over;
    return {row_text(comparison, of, name, of.conclusion.pooled.member, of.pooled)};
  }
  Texts texts;
  const std::string contrast = comparison.answer->contrasts.size() == 1 ? "" : of.name + ", ";
  for (std::size_t i = 0; i < of.levels.size(); ++i) {
    const LevelRow& level = of.contrast.levels[i];
    if (level.factor == dependence->factor)
      texts.push_back(row_text(comparison, of, contrast + level_name(comparison, of, level),
                               of.conclusion.levels[i].member, of.levels[i]));
  }
  return texts;
}

/// " (10 seeds, 95% interval)", or from the fewest to the most; why there is no interval; empty where no row has a seed.
std::string seeds_of_all(const Comparison& comparison) {
  std::size_t fewest = comparison.counts.planned, most = 0;
  bool any_interval = false;
  const auto take = [&](const Member& member) {
    if (member.summary.n == 0) return;
    any_interval |= member.interval.has_width();
    fewest = std::min(fewest, member.summary.n);
    most = std::max(most, member.summary.n);
  };
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    take(of.conclusion.pooled.member);
    for (const Effect& level : of.conclusion.levels) take(level.member);
  }
  if (most == 0) return {};
  const std::string seeds =
      fewest >= most ? counted(most, "seed") : fmt::format("{} to {}", fewest, counted(most, "seed"));
  if (any_interval || (most > 1 && !comparison.answer->looks.by_e_value))
    return fmt::format(" ({}, {} interval)", seeds, confidence_text(comparison.confidence));
  return most == 1 ? fmt::format(" ({}, no interval)", seeds)
                   : fmt::format(" ({}: too few for an interval after an earlier look)", seeds);
}

std::string effects_bullet(const Comparison& comparison) {
  constexpr std::size_t most_rows = 8;
  Texts rows;
  std::string depends;
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    const Texts texts = effects_of(comparison, of);
    rows.insert(rows.end(), texts.begin(), texts.end());
    depends += dependence_text(comparison, of);
  }
  const std::size_t more = rows.size() > most_rows ? rows.size() - most_rows : 0;
  rows.resize(rows.size() - more);
  return fmt::format("Effect{}: {}{}.{}", seeds_of_all(comparison), fmt::join(rows, "; "),
                     more ? fmt::format("; and {} more below", more) : std::string(), depends);
}

}  // namespace

std::string level_name(const Comparison& comparison, const AnsweredContrast& of, const LevelRow& level) {
  const JointFactor& factor = comparison.answer->factors[of.others[level.factor]];
  return fmt::format("{} {}", joint_name(comparison, factor), joint_label(comparison, factor, level.level));
}

std::string_view mark(const Comparison& comparison, const std::vector<std::size_t>& variants) {
  const bool leaked = std::any_of(variants.begin(), variants.end(), [&](std::size_t variant) {
    return !mark(comparison.variants[variant], comparison.primary.split).empty();
  });
  return leaked ? dagger : std::string_view();
}

std::string_view mark(const Comparison& comparison, const AnsweredContrast& of) {
  const std::string_view from = mark(comparison, of.from_variants);
  return from.empty() ? mark(comparison, of.to_variants) : from;
}

std::string headline(const Comparison& comparison) {
  if (!comparison.paired && !ranked(comparison, comparison.primary.split, comparison.primary.metric).empty())
    return unpaired_headline(comparison);
  if (!comparison.answer) return why_no_answer(comparison);
  const StudyAnswer& answer = *comparison.answer;
  if (answer.contrasts.size() > 1) return several_headline(comparison, answer);
  const AnsweredContrast& of = answer.contrasts.front();
  if (of.other_images) return other_images_headline(comparison, of);
  const Dependence* dependence = told_dependence(of);
  return dependence ? by_level(comparison, of, *dependence) : pooled_headline(comparison, of);
}

std::vector<std::string> answer_bullets(const Comparison& comparison) {
  if (!comparison.answer && !unpaired_rows(comparison).empty()) return {weaknesses(comparison)};
  if (!comparison.answer) return {};
  return {effects_bullet(comparison), price_text(comparison), weaknesses(comparison)};
}

std::vector<std::string> chips(const Comparison& comparison) {
  const RunCounts& counts = comparison.counts;
  Texts texts = {fmt::format("{} of {} runs done", counts.done, counts.planned)};
  if (counts.stopped > 0) texts.push_back(fmt::format("{} stopped", counts.stopped));
  if (counts.diverged > 0) texts.push_back(fmt::format("{} diverged", counts.diverged));
  if (!comparison.paired) texts.emplace_back("unpaired");
  const AuditCounts& audit = comparison.audit;
  if (any_leaked(comparison)) {
    texts.emplace_back("leaked: see the audit");
  } else if (audit.audited == 0) {
    texts.emplace_back("not audited");
  } else {
    texts.push_back(audit.audited < audit.begun
                        ? fmt::format("{} of {} runs audited, no leak", audit.audited, audit.begun)
                        : std::string("audited, no leak"));
  }
  if (std::string looks = look_chip(comparison); !looks.empty()) texts.push_back(std::move(looks));
  return texts;
}

}  // namespace ablate
