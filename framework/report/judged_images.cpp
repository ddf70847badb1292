#include "report/judged_images.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/phrases.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

/// Empty where the set is not known.
std::string dataset_text(const Comparison& comparison, std::int64_t id) {
  const auto set = std::find_if(comparison.datasets.begin(), comparison.datasets.end(),
                                [&](const DatasetRecord& data) { return data.id == id; });
  if (set == comparison.datasets.end()) return {};
  return fmt::format("{}, {} images, SHA-256 {}", set->name, set->images, set->sha256.substr(0, 16));
}

}  // namespace

std::string ImagesOfSides::text(const std::string& from_name, const std::string& to_name) const {
  return fmt::format("judged by different images ({}: {}; {}: {})", from_name, fmt::join(from, " and "),
                     to_name, fmt::join(to, " and "));
}

ImagesOfSides different_images(const Comparison& comparison, const VariantSummary& from,
                               const VariantSummary& to, SplitName split) {
  const auto data = split == SplitName::test ? &RunSummary::tested_on : &RunSummary::trained_on;
  std::unordered_map<std::int64_t, std::int64_t> sets;  // of `to`, by seed
  for (const RunSummary& run : to.runs) {
    if (run.status == RunStatus::done) sets.emplace(run.seed, run.*data);
  }
  ImagesOfSides found;
  for (const RunSummary& run : from.runs) {
    const auto pair = run.status == RunStatus::done ? sets.find(run.seed) : sets.end();
    if (pair == sets.end() || pair->second == run.*data) continue;
    const std::string one = dataset_text(comparison, run.*data),
                      other = dataset_text(comparison, pair->second);
    if (one.empty() || other.empty() || one == other) continue;
    found.from.insert(one);
    found.to.insert(other);
  }
  return found;
}

ImagesOfSides different_images(const Comparison& comparison, const AnsweredContrast& of) {
  ImagesOfSides all;
  for (std::size_t s = 0; s < of.from_variants.size(); ++s) {
    ImagesOfSides here = different_images(comparison, comparison.variants[of.from_variants[s]],
                                          comparison.variants[of.to_variants[s]], comparison.primary.split);
    all.from.merge(here.from);
    all.to.merge(here.to);
  }
  return all;
}

void add_different_images(std::vector<Warning>& warnings, const Comparison& comparison) {
  std::vector<std::string> names;
  std::string first;
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    if (!of.other_images) continue;
    if (names.empty()) first = different_images(comparison, of).text(of.from, of.to);
    names.push_back(of.name);
  }
  if (names.empty()) return;
  warnings.push_back(
      {fmt::format("no difference is claimed of {}: the sides were {}", names_text(names, 3), first),
       "Different images: where the two sides of a contrast have not the same images under the same seed, their "
       "values differ by the images, too, and no seed shows by how much."});
}

}  // namespace ablate
