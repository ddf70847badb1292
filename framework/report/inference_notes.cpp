#include "report/inference_notes.hpp"

#include <map>

#include <fmt/format.h>

#include "report/inference.hpp"
#include "report/phrases.hpp"

namespace ablate {
namespace {

using Notes = std::vector<std::string>;

std::size_t most_pairs(const Comparison& comparison) {
  std::size_t most = 0;
  for (const auto& variant : comparison.variants) {
    if (variant.difference) most = std::max(most, variant.difference->paired.summary.n);
  }
  return most;
}

/// Why no result is marked significant.
std::string floor_text(const Comparison& comparison) {
  const std::size_t pairs = most_pairs(comparison);
  if (pairs > most_exact_pairs) return "No result is marked significant: read p beside the interval.";
  const double level = 1.0 - comparison.confidence;
  const double floor = smallest_corrected_p(pairs, 1);
  const double corrected = smallest_corrected_p(pairs, comparison.family);
  std::string text = fmt::format("{} cannot give an exact two-sided p below 2/2^{} = {}",
                                 counted(pairs, "pair"), pairs, p_text(floor));
  if (comparison.family > 1) {
    text += fmt::format(", nor, corrected for {}, one below {}", counted(comparison.family, "comparison"),
                        p_text(corrected));
  }
  if (corrected <= level) return text + ". No result is marked significant: read p beside the interval.";
  return fmt::format("No result is marked significant: {}, whatever the difference. {} could reach {:.2g}.",
                     text, counted(pairs_needed(comparison.family, comparison.confidence), "seed"), level);
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

}  // namespace

Notes inference_notes(const Comparison& comparison) {
  Notes notes;
  if (!baseline(comparison) || comparison.variants.size() < 2) return notes;
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
    notes.push_back("No p: of a single pair every exact p is 1.");
  }
  add_unequal_seeds(notes, comparison);
  return notes;
}

}  // namespace ablate
