#pragma once
/// The effect of one change, paired by seed, in every setting of the other factors: the answer to a study's
/// question.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "stats/factorial.hpp"
#include "stats/summary.hpp"

namespace ablate {

/// Both sides of a change under one seed, in one setting of all other factors (a stratum).
struct ContrastPair {
  std::vector<std::size_t> setting;  ///< a level of each other factor; empty where there is none
  std::int64_t seed = 0;
  double from = undefined, to = undefined;  ///< not finite where the run diverged, failed or is missing
};

/// One value per seed, seeds rising: what tests, intervals and words are made of.
struct SeedRow {
  std::vector<std::int64_t> seeds;
  std::vector<double> values;  ///< as long; finite
};

/// The effect over some strata. With D = to - from, D[seed, stratum] = tau + seed + stratum is fitted by
/// least squares, the effects of seeds and of strata each adding up to 0, and a seed's value is tau + its own
/// effect: its mean over the strata where it has all of them, and corrected for those that it lacks
/// elsewhere. The mean of the values is tau; a t over them is a t clustered by seed.
struct ContrastRow {
  SeedRow row;
  std::size_t strata = 0;   ///< that count: both levels have a value under a common seed
  std::size_t pairs = 0;    ///< those with both values
  std::size_t missing = 0;  ///< seeds times strata, less the pairs
  /// False where the strata fall into groups that share no seed. Each group is then fitted on its own, and a
  /// seed's value is a mean over the strata of its group alone.
  bool connected = true;
};

/// The row of one level of a factor, or of one stratum.
struct LevelRow {
  std::size_t factor = 0;  ///< a place in ContrastPair::setting
  std::size_t level = 0;
  ContrastRow effect;
  /// The same over the settings of all other factors that every level of this one has: what can be compared
  /// from level to level. Empty where they share none.
  ContrastRow comparable;
};
struct StratumRow {
  std::vector<std::size_t> setting;
  ContrastRow effect;
};

struct Contrast {
  ContrastRow pooled;               ///< over all strata
  std::vector<LevelRow> levels;     ///< by factor in the order asked for, then by level, rising
  std::vector<LevelRow> tested;     ///< the same of factors without rows, for a test of dependence alone
  std::vector<StratumRow> strata;   ///< by setting, rising; one that has no pair has an empty row
  std::size_t strata_unshared = 0;  ///< with values on both sides, but under no common seed
};

/// The pairs of a factorial study: runs at `from` and at `to` of `factor` that share all else. A pair that only
/// one side has is a pair whose other side is not a number. Runs at other levels take no part. Runs are as
/// `require_factorial` wants them, or std::invalid_argument is thrown.
std::vector<ContrastPair> contrast_pairs(std::span<const FactorialRun> runs, std::size_t factor,
                                         std::size_t from, std::size_t to);

/// `by`: places of the factors whose levels get a row each; `tested`: of those that get only a test. No seed is dropped for a pair that it lacks, and
/// no stratum for a seed. std::invalid_argument for settings of different lengths, a place that is none, or a
/// pair that appears twice. Source: Yates 1933 (missing values by least squares); seeds as clusters: Liang and
/// Zeger 1986.
Contrast contrast(std::span<const ContrastPair> pairs, std::span<const std::size_t> by,
                  std::span<const std::size_t> tested = {});

}  // namespace ablate
