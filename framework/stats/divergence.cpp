#include "stats/divergence.hpp"

#include <algorithm>
#include <cmath>

#include "stats/images.hpp"

namespace ablate {

SignTest sign_test_with_divergence(std::span<const SeedOutcome> seeds, Best best) {
  SignTest test;
  for (const SeedOutcome& seed : seeds) {
    const bool both = std::isfinite(seed.from) && std::isfinite(seed.to);
    if (seed.from_diverged && seed.to_diverged) {
      ++test.ties;
    } else if (seed.to_diverged && std::isfinite(seed.from)) {
      ++test.only_to_diverged;
    } else if (seed.from_diverged && std::isfinite(seed.to)) {
      ++test.only_from_diverged;
    } else if (both && seed.from == seed.to) {
      ++test.ties;
    } else if (both) {
      ++((seed.to > seed.from) == (best == Best::highest) ? test.wins : test.losses);
    }
  }
  test.wins += test.only_from_diverged;
  test.losses += test.only_to_diverged;
  // The same as McNemar's exact test: a fair coin for each seed that tells the two apart.
  if (test.wins + test.losses + test.ties > 0) {
    test.p = test.wins + test.losses > 0 ? mcnemar_p(test.wins, test.losses) : 1.0;
  }
  return test;
}

Word word_with_divergence(Word word, const SignTest& outcomes) {
  const bool to_failed = outcomes.only_to_diverged > 0, from_failed = outcomes.only_from_diverged > 0;
  const bool favours_to = word == Word::better || word == Word::better_within || word == Word::same;
  const bool favours_from = word == Word::worse || word == Word::worse_within || word == Word::same;
  return (to_failed && favours_to) || (from_failed && favours_from) ? Word::cannot_say : word;
}

}  // namespace ablate
