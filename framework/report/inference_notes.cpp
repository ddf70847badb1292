#include "report/inference_notes.hpp"

#include <map>

#include <fmt/format.h>

#include "report/phrases.hpp"

namespace ablate {
namespace {

using Notes = std::vector<std::string>;

/// How the rows were judged, in one sentence; some by t where they have too few seeds for flips.
std::string judged_text(const Comparison& comparison) {
  bool by_t = false, by_flips = false;
  for (const auto& variant : comparison.variants) {
    if (!variant.difference) continue;
    const Judged judged = variant.difference->member.judged;
    by_t = by_t || judged == Judged::by_t;
    by_flips = by_flips || judged == Judged::by_flips || judged == Judged::by_drawn_flips;
  }
  const std::string corrected =
      comparison.family > 1 ? fmt::format(", corrected for {}", counted(comparison.family, "comparison"))
                            : std::string();
  const std::string t =
      "Student's t, which takes errors for normal (fewer than six seeds allow no exact test)";
  if (by_t && by_flips)
    return fmt::format(
        "p: max-T, the signs of whole seeds flipped in all rows at once; of rows with fewer than "
        "six seeds, Student's t{}.",
        corrected);
  return by_t ? fmt::format("p: {}{}.", t, corrected)
              : fmt::format("p: max-T, the signs of whole seeds flipped in all rows at once{}.", corrected);
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
      "Difference from the baseline {}, over the seeds that both finished, paired by seed. The {} interval and p "
      "are one procedure, over all variants at once: p is at most {:.2g} where the interval excludes 0. The "
      "question's own contrasts are a family of their own, above.",
      baseline(comparison)->name, confidence_text(comparison.confidence), 1.0 - comparison.confidence));
  if (comparison.family > 0) {
    notes.push_back(judged_text(comparison));
  } else {
    notes.emplace_back("No interval and no p: of a single pair nothing can be said.");
  }
  add_unequal_seeds(notes, comparison);
  return notes;
}

}  // namespace ablate
