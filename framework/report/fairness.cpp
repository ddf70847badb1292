#include "report/fairness.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/answer_words.hpp"
#include "report/convergence_rules.hpp"
#include "report/dependence_words.hpp"
#include "report/idle.hpp"
#include "report/image_words.hpp"
#include "report/inference.hpp"
#include "report/judge.hpp"
#include "report/judged_images.hpp"
#include "report/looks.hpp"
#include "report/lost_runs.hpp"
#include "report/phrases.hpp"
#include "report/unpaired.hpp"
#include "stats/calibration_chance.hpp"
#include "store/contradiction.hpp"

namespace ablate {
namespace {

using Warnings = std::vector<Warning>;

/// Runs whose numbers may differ for another reason than the one that the study asks about.
void add_other_programs(Warnings& warnings, const Comparison& comparison) {
  std::map<std::string, std::size_t> programs;
  for (const VariantSummary* variant : compared_sides(comparison)) {
    for (const RunSummary& run : variant->runs) programs[run.program] += run.status == RunStatus::done;
  }
  std::erase_if(programs, [](const auto& one) { return one.second == 0; });
  if (programs.size() < 2) return;
  std::vector<std::string> counts;
  for (const auto& [program, runs] : programs)
    counts.push_back(
        fmt::format("{} by {}", runs, program.empty() ? "an unknown one" : program.substr(0, 8)));
  warnings.push_back(
      {fmt::format("its runs are those of {} programs ({})", programs.size(), fmt::join(counts, ", ")),
       "Programs: what a run's numbers were compiled from, or the files of `trainer.code`, changed in "
       "the course of the study; `ablate show RUN` names it. To train everything again, use another --db or study name."});
}

void add_contradicted(Warnings& warnings, const Comparison& comparison) {
  std::size_t runs = 0, contradicted = 0;
  for (const VariantSummary* variant : compared_sides(comparison)) {
    runs += variant->counts.done;
    for (const RunSummary& run : variant->runs) contradicted += is_contradicted(run.error);
  }
  if (contradicted == 0) return;
  warnings.push_back(
      {fmt::format("what {} of {} runs report is not what their predictions give", contradicted, runs),
       "Contradicted: a metric that the program reported and the one of its predictions are more than rounding apart "
       "(0.005 and 0.5%); the reported one is used, and `ablate show RUN` names it."});
}

/// A program may end before the epochs that were planned, or go on after them: one that crashed and said nothing does.
void add_other_lengths(Warnings& warnings, const Comparison& comparison) {
  std::vector<std::string> told;
  for (const VariantSummary* variant : compared_sides(comparison)) {
    std::size_t fewer = 0, more = 0;
    for (const RunSummary& run : variant->runs) {
      if (run.status != RunStatus::done || variant->planned_epochs == 0) continue;
      const bool from_zero = !run.curve.empty() && run.curve.front().epoch == 0;
      fewer += run.epochs_done + (from_zero ? 1 : 0) < variant->planned_epochs;
      more += run.epochs_done > variant->planned_epochs;
    }
    if (fewer > 0)
      told.push_back(fmt::format("{} of {} of {} fewer", fewer, variant->counts.done, variant->name));
    if (more > 0)
      told.push_back(fmt::format("{} of {} of {} more", more, variant->counts.done, variant->name));
  }
  if (told.empty()) return;
  warnings.push_back(
      {fmt::format("runs have other numbers of epochs than planned: {}", names_text(told, 3)),
       "Epochs: a run that trained longer or shorter than another differs in more than what the study asks about; the "
       "program ended by itself after fewer epochs than `trainer.epochs`, or reported more. Of imported runs the longest "
       "tells how many there should be."});
}

void add_repeats_apart(Warnings& warnings, const Comparison& comparison) {
  std::size_t runs = 0, apart = 0;
  std::vector<RepeatOf> all;
  for (const VariantSummary* variant : compared_sides(comparison)) {
    for (const RunSummary& run : variant->runs) {
      runs += run.status == RunStatus::done;
      apart += run.status == RunStatus::done && !run.repeats.empty();
      if (run.status == RunStatus::done) all.insert(all.end(), run.repeats.begin(), run.repeats.end());
    }
  }
  const auto most = widest(all);
  if (!most) return;
  if (!is_any_resumed(all)) {
    warnings.push_back(
        {fmt::format("{} of {} runs reported an epoch twice with other numbers ({})", apart, runs,
                     size_text(*most)),
         "Reported twice: two lines of one epoch had other numbers, in one attempt; the first counts. `ablate show RUN` "
         "names the epoch."});
    return;
  }
  warnings.push_back(
      {fmt::format("{} of {} runs resumed with other numbers ({})", apart, runs, size_text(*most)),
       "Resumed with other numbers: after a kill the program reported epochs again, and not with the numbers of the first "
       "time, which count; it does not go on from its checkpoint as it would have without the kill. `ablate show RUN` "
       "names the epoch."});
}

void add_unanswered(Warnings& warnings, const Comparison& comparison) {
  if (!comparison.answer->is_unanswered) return;
  const std::string name = factor_name(comparison, comparison.question_asked.factor);
  warnings.push_back(
      {fmt::format("no two finished variants differ in {} alone, so whole ones are compared", name),
       "Question not answered: the study's contrast needs two variants that share all else."});
}

void add_afterthoughts(Warnings& warnings, const Comparison& comparison) {
  if (comparison.left_out > 0) {
    warnings.push_back(
        {fmt::format("only {} of the study's {} variants were chosen for this report",
                     comparison.variants.size(), comparison.variants.size() + comparison.left_out),
         "Chosen variants: the family is theirs alone, so p and intervals are too narrow for "
         "what was looked at in all."});
  }
  const char* rule =
      "Chosen afterwards: what is picked once results are known finds more than there is, uncorrected.";
  for (const std::string& choice : comparison.choices) warnings.push_back({choice, rule});
  for (const std::string& what : comparison.afterthoughts)
    warnings.push_back({fmt::format("{} was chosen afterwards, uncorrected", what), rule});
  if (comparison.is_baseline_afterthought)
    warnings.push_back(
        {fmt::format("the baseline {} was chosen afterwards", baseline(comparison)->name), rule});
}

void add_looks(Warnings& warnings, const Comparison& comparison) {
  const LooksTaken& looks = comparison.answer->looks;
  if (!looks.by_e_value) return;
  warnings.push_back(
      {fmt::format("looked at {} before over fewer seeds, so the words rest on e-values",
                   looks.unplanned.size() == 1 ? "once" : fmt::format("{} times", looks.unplanned.size())),
       "Looks: a report or a comparison at fewer seeds that no plan foresaw. From the second look on a difference is "
       "claimed only where its e-value reached the number of rows over the level."});
}

/// They are no looks of this study, though the same runs were seen.
void add_looks_elsewhere(Warnings& warnings, const Comparison& comparison) {
  std::map<std::string, std::vector<LookRecord>> by_study;
  for (const LookElsewhere& one : comparison.looks_elsewhere) by_study[one.study].push_back(one.look);
  for (const auto& [study, looks] : by_study) {
    std::vector<std::string> seeds;
    for (const LookRecord& look : unplanned_looks(comparison, looks, comparison.answer->looks.seeds))
      seeds.push_back(fmt::format("{}", look.seeds));
    if (seeds.empty()) continue;
    warnings.push_back(
        {fmt::format("runs are copied from the study {}, which was looked at after {} seeds", study,
                     names_text(seeds, 3)),
         "Copied runs: somebody looked at another study over fewer seeds, and runs of two variants or more are its. "
         "Its looks are not this study's: words, intervals and p are not corrected for them."});
  }
}

void add_few_seeds(Warnings& warnings, const Comparison& comparison) {
  std::set<std::size_t> by_t;
  std::vector<std::string> single;
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    for (const Member* member : members_of(of)) {
      if (is_judged_by_t(*member)) by_t.insert(member->summary.n);
    }
    if (of.contrast.pooled.row.seeds.size() == 1) single.push_back(of.name);
  }
  if (!by_t.empty()) {
    const std::size_t family = comparison.answer->contrasts.front().conclusion.family_size;
    const std::size_t needed = pairs_needed(1, comparison.confidence);
    const double level = 1.0 - comparison.confidence;
    const std::string from = by_t.size() > 1 ? fmt::format("{} to ", *by_t.begin()) : std::string();
    warnings.push_back(
        {fmt::format("{}{}: intervals assume normal errors", from, counted(*by_t.rbegin(), "seed")),
         fmt::format(
             "Few seeds: below {}, no exact test reaches {:.3g}{}; intervals and p are then Student's t.",
             needed, level,
             *by_t.rbegin() < needed
                 ? std::string()
                 : fmt::format(", and with {} comparisons that share it, not all of as few as {} reach it",
                               family, *by_t.rbegin()))});
  }
  if (single.empty()) return;
  const bool all = single.size() == comparison.answer->contrasts.size();
  warnings.push_back({all ? std::string("1 seed: no interval and no p")
                          : fmt::format("1 seed, without interval and p: {}", names_text(single, 3)),
                      "One seed: nothing can be said from a single difference."});
}

void add_untuned_rate(Warnings& warnings, const Comparison& comparison) {
  const auto tunes = [](const std::string& key) {
    return key.ends_with("learning_rate.initial") || key.ends_with("learning_rate.peak");
  };
  const auto& of_each = comparison.tuning ? comparison.tuning->asked.keys : std::vector<std::string>();
  const bool tuned = std::any_of(comparison.factor_keys.begin(), comparison.factor_keys.end(), tunes) ||
                     std::any_of(of_each.begin(), of_each.end(), tunes);
  const bool architecture = std::any_of(
      comparison.answer->contrasts.begin(), comparison.answer->contrasts.end(), [&](const auto& of) {
        return std::any_of(of.asked_keys.begin(), of.asked_keys.end(),
                           [](const std::string& key) { return key.starts_with("model."); });
      });
  if (tuned || !architecture) return;
  warnings.push_back(
      {"the learning rate was not tuned for either side",
       "Rate not tuned: the question is about the model, no variant changes learning_rate.initial or peak, and "
       "`tune` does not choose it."});
}

void add_absent_classes(Warnings& warnings, const Comparison& comparison) {
  const bool absent = std::any_of(comparison.leaks.begin(), comparison.leaks.end(),
                                  [](const auto& leak) { return leak.kind == "missing_class"; });
  if (!absent) return;
  warnings.push_back({"classes are absent from the data",
                      "Absent classes: the audit found a class without images; macro means count it as 0."});
}

/// Of a perfectly calibrated network whose top probabilities are spread evenly over the 15 bins.
double chance_of_even_bins(std::int64_t images) {
  constexpr std::size_t bins = 15;
  std::vector<CalibrationBin> even(bins);
  for (std::size_t bin = 0; bin < bins; ++bin)
    even[bin] = {static_cast<std::size_t>(images) / bins, (static_cast<double>(bin) + 0.5) / bins};
  return chance_level_of_ece(even);
}

void add_calibration(Warnings& warnings, const Comparison& comparison) {
  if (primary_metric(comparison).name != "ece") return;
  for (const DatasetRecord& set : comparison.datasets) {
    if (set.split != "test" || comparison.primary.split != SplitName::test) continue;
    warnings.push_back(
        {fmt::format(
             "by chance a perfectly calibrated network would show an ece of up to about {:.2g} on {} images",
             chance_of_even_bins(set.images), set.images),
         "Calibration by chance: the mean deviation of a binomial in each of 15 bins, for top probabilities spread "
         "evenly over them; a network that is sure of most images has less."});
    return;
  }
}

void add_unpaired_looks(Warnings& warnings, const Comparison& comparison) {
  const std::size_t looks = earlier_looks(comparison).size();
  if (looks == 0) return;
  warnings.push_back(
      {fmt::format("looked at {} before over fewer runs: p and intervals hold for one look only",
                   looks == 1 ? "once" : fmt::format("{} times", looks)),
       "Looks, unpaired: a report over fewer runs came before; nothing is corrected for it, so chance is "
       "claimed more often than the level says."});
}

/// Of runs that are not paired, or of two sides without a pair.
Warnings warnings_without_answer(const Comparison& comparison) {
  Warnings warnings;
  add_afterthoughts(warnings, comparison);
  add_divergence(warnings, comparison);
  add_unreported(warnings, comparison);
  add_other_programs(warnings, comparison);
  add_contradicted(warnings, comparison);
  add_other_lengths(warnings, comparison);
  add_repeats_apart(warnings, comparison);
  if (!comparison.paired) add_unpaired_looks(warnings, comparison);
  add_absent_classes(warnings, comparison);
  add_unfinished(warnings, comparison);
  return warnings;
}

}  // namespace

std::vector<Warning> fairness_warnings(const Comparison& comparison) {
  if (!comparison.answer) return warnings_without_answer(comparison);
  Warnings warnings;
  add_unanswered(warnings, comparison);
  add_different_images(warnings, comparison);
  add_afterthoughts(warnings, comparison);
  add_stopped(warnings, comparison);
  add_divergence(warnings, comparison);
  add_unreported(warnings, comparison);
  add_idle_seeds(warnings, comparison);
  add_idle_settings(warnings, comparison);
  add_other_programs(warnings, comparison);
  add_contradicted(warnings, comparison);
  add_other_lengths(warnings, comparison);
  add_repeats_apart(warnings, comparison);
  add_looks(warnings, comparison);
  add_looks_elsewhere(warnings, comparison);
  add_other_images(warnings, comparison);
  add_few_seeds(warnings, comparison);
  add_dependence(warnings, comparison);
  add_still_improving(warnings, comparison);
  add_moving_difference(warnings, comparison);
  add_untuned_rate(warnings, comparison);
  add_absent_classes(warnings, comparison);
  add_calibration(warnings, comparison);
  add_unfinished(warnings, comparison);
  return warnings;
}

std::string as_sentence(std::string clause) { return clause.ends_with('?') ? clause : clause + "."; }

std::string weaknesses(const Comparison& comparison) {
  std::vector<std::string> clauses;
  for (const Warning& warning : fairness_warnings(comparison)) clauses.push_back(warning.text);
  if (clauses.empty())
    return fmt::format("Weakened by nothing that is looked for{}.",
                       is_training_sample_fixed(comparison) ? "; the training sample is one and fixed" : "");
  return fmt::format("Weakened by: {}", as_sentence(fmt::format("{}", fmt::join(clauses, "; "))));
}

}  // namespace ablate
