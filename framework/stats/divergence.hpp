#pragma once
/// Runs that failed where the other side did not: an outcome, and no missing value.

#include <cstddef>
#include <cstdint>
#include <span>

#include "stats/friedman.hpp"
#include "stats/summary.hpp"
#include "stats/word.hpp"

namespace ablate {

/// What became of a seed on both sides.
struct SeedOutcome {
  double from = undefined, to = undefined;  ///< not finite without a value
  bool from_diverged = false, to_diverged = false;
};

struct SignTest {
  std::size_t wins = 0, losses = 0;  ///< of `to`; a side that diverged alone has lost
  std::size_t ties = 0;              ///< equal values, or both diverged: they count for neither
  std::size_t only_from_diverged = 0, only_to_diverged = 0;
  double p = undefined;  ///< two-sided, binomial: 1 where nothing but ties; none without a seed
};

/// The sign test in which divergence is a loss. Seeds without a value that did not diverge take no part. Source:
/// Dixon and Mood 1946; failures as worst ranks, Lachin 1999.
SignTest sign_test_with_divergence(std::span<const SeedOutcome> seeds, Best best);

/// What remains of a word when the survivors are a selected sample: no "better" (nor "same", nor "better, but
/// within the margin") for a side that diverged where the other did not, and likewise no "worse" where that was
/// `from` alone. Both: nothing can be said.
Word word_with_divergence(Word word, const SignTest& outcomes);

}  // namespace ablate
