#include "report/inference_notes.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "report/judged_images.hpp"
#include "report/looks.hpp"
#include "report/phrases.hpp"

namespace ablate {
namespace {

using Notes = std::vector<std::string>;

/// How the rows were judged, in one sentence.
std::string judged_note(const Comparison& comparison) {
  Members members;
  for (const auto& variant : comparison.variants) {
    if (variant.difference) members.push_back(&variant.difference->member);
  }
  return fmt::format("p: {}{}.", procedure_text(members, comparison.confidence),
                     comparison.family > 1
                         ? fmt::format(", corrected for {}", counted(comparison.family, "comparison"))
                         : std::string());
}

/// Variants that are compared over fewer seeds than were planned, those with the same seeds together.
void add_unequal_seeds(Notes& notes, const Comparison& comparison) {
  std::map<std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>>, std::vector<std::string>> groups;
  std::vector<std::string> without, other_images;
  for (const auto& variant : comparison.variants) {
    if (variant.is_baseline || variant.counts.stopped > 0) continue;
    if (!variant.difference) {
      const bool differ =
          different_images(comparison, *baseline(comparison), variant, comparison.primary.split).differ();
      (differ ? other_images : without).push_back(variant.name);
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
    notes.push_back(fmt::format(
        "Not compared, because there is no seed for which both it and the baseline have a value: {}.",
        names_text(without)));
  }
  if (!other_images.empty())
    notes.push_back(
        fmt::format("Not compared, because it and the baseline were judged by different images: {}.",
                    names_text(other_images)));
}

}  // namespace

Notes inference_notes(const Comparison& comparison) {
  Notes notes;
  if (!comparison.paired || !baseline(comparison) || comparison.variants.size() < 2) return notes;
  notes.push_back(
      fmt::format("Difference from the baseline {}, over the seeds that both finished, paired by seed.",
                  baseline(comparison)->name));
  if (comparison.family > 0) {
    notes.back() += fmt::format(
        " The {} interval and p are one procedure, over all variants at once: p is at most {:.2g} where the "
        "interval excludes 0. The question's own contrasts are a family of their own, above.",
        confidence_text(comparison.confidence), 1.0 - comparison.confidence);
    notes.push_back(judged_note(comparison));
    if (comparison.until_settled && !(comparison.answer && comparison.answer->looks.by_e_value))
      notes.emplace_back("They are those of one look: no level is spent over the planned looks for them.");
  } else if (std::any_of(comparison.variants.begin(), comparison.variants.end(),
                         [](const auto& variant) { return variant.difference.has_value(); })) {
    notes.emplace_back("No interval and no p: they need two seeds at least.");
  }
  add_unequal_seeds(notes, comparison);
  return notes;
}

}  // namespace ablate
