#include "report/notes.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/inference.hpp"
#include "report/inference_tables.hpp"
#include "report/phrases.hpp"
#include "report/tables.hpp"

namespace ablate {
namespace {

using Notes = std::vector<std::string>;

/// Which variants a stop rule cut, and what that means for the table.
std::string stopped_text(const Comparison& comparison) {
  std::vector<std::string> cut;
  for (const VariantSummary& variant : comparison.variants) {
    if (variant.counts.stopped == 0) continue;
    int epochs = 0;
    for (const CellRecord& cell : variant.cells) epochs = std::max(epochs, cell.epochs_done);
    cut.push_back(fmt::format("{} after epoch {}", variant.name, epochs));
  }
  if (cut.empty()) return "A stop rule (successive halving) was set; it has stopped no variant.";
  return fmt::format(
      "Stopped early by successive halving, on validation, over all seeds together: {}. They were cut "
      "because they did worse, so a difference or a p for them would mean nothing, and none is given.",
      fmt::join(cut, "; "));
}

std::size_t most_pairs(const Comparison& comparison) {
  std::size_t most = 0;
  for (const auto& variant : comparison.variants) {
    if (variant.difference) most = std::max(most, variant.difference->paired.summary.n);
  }
  return most;
}

/// Why there is no star.
std::string floor_text(const Comparison& comparison) {
  const std::size_t pairs = most_pairs(comparison);
  if (pairs > most_exact_pairs) return "No stars are printed: read p beside the interval.";
  const double level = 1.0 - comparison.confidence;
  const double floor = smallest_corrected_p(pairs, 1);
  const double corrected = smallest_corrected_p(pairs, comparison.family);
  std::string text = fmt::format("{} cannot give an exact two-sided p below 2/2^{} = {}",
                                 counted(pairs, "pair"), pairs, p_text(floor));
  if (comparison.family > 1) {
    text += fmt::format(", nor, corrected for {}, one below {}", counted(comparison.family, "comparison"),
                        p_text(corrected));
  }
  if (corrected <= level) return text + ". No stars are printed: read p beside the interval.";
  return fmt::format("No star: {}, whatever the difference. {} could reach {:.2g}.", text,
                     counted(pairs_needed(comparison.family, comparison.confidence), "seed"), level);
}

/// Variants that are compared over fewer seeds than were planned, those with the same seeds together.
void add_unequal_seeds(Notes& notes, const Comparison& comparison) {
  std::map<std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>>, std::vector<std::string>> groups;
  std::vector<std::string> without;
  for (const auto& variant : comparison.variants) {
    if (variant.is_baseline || variant.counts.stopped > 0) continue;
    if (!variant.difference) {
      without.push_back(variant.name);
    } else if (!variant.difference->left_out.empty()) {
      groups[{variant.difference->seeds, variant.difference->left_out}].push_back(variant.name);
    }
  }
  constexpr std::size_t most_groups = 6;
  std::size_t told = 0;
  for (const auto& [seeds, names] : groups) {
    if (told++ == most_groups) {
      notes.push_back(
          fmt::format("{} more sets of seeds were shared in part only.", groups.size() - most_groups));
      break;
    }
    notes.push_back(fmt::format("{}: compared over {} alone; in {} it or the baseline has no value.",
                                names_text(names), seeds_text(seeds.first), seeds_text(seeds.second)));
  }
  if (!without.empty()) {
    notes.push_back(
        fmt::format("Not compared, for there is no seed in which both it and the baseline have a value: {}.",
                    names_text(without)));
  }
}

void add_inference_notes(Notes& notes, const Comparison& comparison) {
  notes.push_back(fmt::format(
      "Difference: mean over the seeds that both finished, paired by seed, with its {} Student t interval, "
      "uncorrected for the number of comparisons.",
      confidence_text(comparison.confidence)));
  if (comparison.family > 0) {
    const bool drawn = most_pairs(comparison) > most_exact_pairs;
    notes.push_back(
        fmt::format("p: two-sided sign-flip test of these pairs, {}. Holm p: {}.",
                    drawn ? "exact up to 20 pairs, of drawn signs above" : "exact",
                    comparison.family == 1
                        ? "the same, for there is one comparison"
                        : fmt::format("corrected for the {} comparisons with a p", comparison.family)));
    notes.push_back(
        "Effect size: d_z, the mean difference over the standard deviation of the differences, with Hedges' "
        "correction.");
    notes.push_back(floor_text(comparison));
  } else if (most_pairs(comparison) == 1) {
    notes.push_back("No p and no star: of a single pair every exact p is 1.");
  }
  add_unequal_seeds(notes, comparison);
}

}  // namespace

std::string shown_text(const Comparison& comparison) {
  const std::size_t shown = shown_variants(comparison).size();
  if (shown == comparison.variants.size()) return {};
  return fmt::format(
      "{} of {} variants are shown: the baseline, the best and the worst by {}; tables/comparison.csv has "
      "all.",
      shown, comparison.variants.size(), comparison.primary.name);
}

Notes comparison_notes(const Comparison& comparison) {
  Notes notes;
  notes.push_back(fmt::format(
      "Mean ± standard deviation over the n seeds that finished, at the epoch selected by {}.",
      comparison.selected_by.empty() ? "nothing yet"
                                     : fmt::format("{}", fmt::join(comparison.selected_by, ", "))));
  if (!comparison.train_evaluated.empty()) {
    notes.push_back(
        fmt::format("The training set was evaluated: {}.", fmt::join(comparison.train_evaluated, "; ")));
  }
  if (comparison.left_out > 0) {
    notes.push_back(
        fmt::format("Chosen for this report: {} of the study's {} variants. Every p is corrected over these "
                    "alone, and factors and ranks are theirs.",
                    comparison.variants.size(), comparison.variants.size() + comparison.left_out));
  }
  const VariantSummary* base = baseline(comparison);
  if (base && comparison.variants.size() > 1) add_inference_notes(notes, comparison);
  if (!comparison.stop_rules.empty()) notes.push_back(stopped_text(comparison));
  if (any_leaked(comparison)) {
    notes.push_back("† Leaked: see the leak audit. Not evidence of how a network does on new images.");
  }
  if (comparison.machines.size() > 1)
    notes.push_back("The runs come from several machines: their seconds do not compare.");
  return notes;
}

Notes factor_notes(const Comparison& comparison) {
  if (!comparison.factor_analysis) return {};
  const FactorAnalysis& analysis = *comparison.factor_analysis;
  Notes notes = {fmt::format(
      "Effect: what this change alone does to {}, averaged within each of the n seeds over the settings of "
      "the other factors in which both were run; mean over the seeds, with its {} Student t interval, "
      "uncorrected for the number of rows.",
      comparison.primary.name, confidence_text(comparison.confidence))};
  if (!analysis.interactions.empty()) {
    notes.push_back(
        "Interaction (×): how much the one effect changes when the other change is made as well; 0 where "
        "they add up.");
  }
  const auto known = std::count_if(analysis.interactions.begin(), analysis.interactions.end(),
                                   [](const auto& effect) { return effect.reason.empty(); });
  if (static_cast<std::size_t>(known) > most_interactions_shown) {
    notes.push_back(
        fmt::format("The {} largest of {} interactions are shown.", most_interactions_shown, known));
  }
  std::set<std::int64_t> left_out;
  for (const auto* effects : {&analysis.main, &analysis.interactions}) {
    for (const FactorialEffect& effect : *effects)
      left_out.insert(effect.left_out.begin(), effect.left_out.end());
  }
  if (!left_out.empty()) {
    notes.push_back(fmt::format("Left out of some rows, for want of a cell: {}.",
                                seeds_text({left_out.begin(), left_out.end()})));
  }
  const Anova& anova = analysis.anova;
  if (!anova.reason.empty()) {
    notes.push_back(fmt::format("No shares of variance: {}.", anova.reason));
    return notes;
  }
  notes.push_back(fmt::format(
      "Share of variance: analysis of variance of {} with the seeds as blocks (type II). Its F tests take "
      "errors for normal and alike, and stand in the file alone.",
      counted(anova.runs, "run")));
  if (anova.left_out > 0) {
    notes.push_back(fmt::format("{} without a value {} no part of it, so shares need not add up to 1.",
                                counted(anova.left_out, "run"), anova.left_out == 1 ? "is" : "are"));
  }
  if (!anova.interactions_reason.empty())
    notes.push_back(fmt::format("No shares of interactions: {}.", anova.interactions_reason));
  return notes;
}

Notes rank_notes(const Comparison& comparison) {
  if (!comparison.ranks) return {};
  const FriedmanTest& test = comparison.ranks->test;
  if (test.mean_ranks.empty()) return {fmt::format("No ranks: {}.", test.reason)};
  const std::size_t variants = comparison.ranks->variants.size();
  Notes notes = {
      fmt::format("Rank 1 is the best {}; mean over the {} in which all {} variants have a value{}.",
                  comparison.primary.name, counted(test.seeds, "seed"), variants,
                  test.left_out > 0 ? fmt::format(" ({} left out)", counted(test.left_out, "seed")) : "")};
  notes.push_back(test.reason.empty()
                      ? fmt::format("Friedman test that all rank alike: χ² = {:.2f} with {} degrees of "
                                    "freedom, p = {}; an approximation, cautious for few seeds.",
                                    test.chi_squared, variants - 1, p_text(test.p))
                      : fmt::format("No Friedman test: {}.", test.reason));
  if (!std::isfinite(test.critical_difference)) return notes;
  const auto [least, most] = std::minmax_element(test.mean_ranks.begin(), test.mean_ranks.end());
  notes.push_back(fmt::format(
      "Nemenyi's critical difference: {:.2f}. Variants whose mean ranks differ by less cannot be told apart "
      "at {}{}.",
      test.critical_difference, confidence_text(comparison.confidence),
      *most - *least < test.critical_difference ? "; here, no two can" : ""));
  return notes;
}

}  // namespace ablate
