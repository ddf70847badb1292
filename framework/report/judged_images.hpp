#pragma once
/// Whether two sides were judged by the same images: else their values make no difference.

#include <set>
#include <string>

#include "report/comparison.hpp"
#include "report/fairness.hpp"

namespace ablate {

/// Of the seeds under which two sides had different images, what each side had: one text per data set. Empty where
/// none is known to differ.
struct ImagesOfSides {
  std::set<std::string> from, to;

  bool differ() const { return !from.empty(); }
  /// "judged by different images (A: ...; B: ...)".
  std::string text(const std::string& from_name, const std::string& to_name) const;
};

/// Of their finished runs, seed by seed. Validation images are part of the training set.
ImagesOfSides different_images(const Comparison& comparison, const VariantSummary& from,
                               const VariantSummary& to, SplitName split);

/// Of all pairs of variants of a contrast, on the primary metric's split.
ImagesOfSides different_images(const Comparison& comparison, const AnsweredContrast& of);

/// Contrasts of which nothing is said, because their sides had different images.
void add_different_images(std::vector<Warning>& warnings, const Comparison& comparison);

}  // namespace ablate
