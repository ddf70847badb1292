#pragma once
/// Choices of signs for whole seeds.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ablate {

/// The smallest p of so many pairs: 2 / 2^n, at most 1, where the test is exact, else 1 / (1 + drawn).
double sign_flip_floor(std::size_t pairs);

/// The choices that a sign-flip test looks at. A choice and its opposite give the same |t|, so the last seed
/// keeps its sign. Up to `most_exact_pairs` seeds all 2^(n - 1) of them, above `drawn_sign_choices` from the
/// stream "stats/max_t" and the observed one, which is always choice 0.
class SignChoices {
 public:
  explicit SignChoices(std::size_t seeds);

  std::size_t count() const { return count_; }
  bool exact() const { return signs_.empty(); }

  /// Sum of the values under every choice; `values` has one number per seed.
  std::vector<double> sums(std::span<const double> values) const;

 private:
  std::size_t seeds_, count_;
  std::vector<std::uint64_t> signs_;  // drawn: words of 64 seeds, a choice after the other; a bit is a minus
};

}  // namespace ablate
