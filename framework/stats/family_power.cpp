#include "stats/family_power.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "base/random.hpp"
#include "compute/functions.hpp"
#include "compute/normal.hpp"
#include "stats/family.hpp"
#include "stats/permutation.hpp"
#include "stats/power.hpp"
#include "stats/sign_choices.hpp"

namespace ablate {

namespace {

/// Rows that are simulated; every row of every study is one.
constexpr std::size_t simulated_rows = 2'000;

/// Above so many seeds the exact test's choices are too many to simulate, and it is as good as a t test.
constexpr std::size_t most_simulated_seeds = 12;

std::vector<SeedRow> normal_study(std::size_t seeds, std::size_t rows, Stream& stream) {
  std::vector<SeedRow> study(rows);
  for (SeedRow& row : study) {
    for (std::size_t seed = 0; seed < seeds; ++seed) {
      row.seeds.push_back(static_cast<std::int64_t>(seed));
      row.values.push_back(compute::normal(stream));
    }
  }
  return study;
}

double simulated(std::size_t seeds, std::size_t rows, double confidence, double power) {
  Stream stream(0, "stats/family_power");
  std::vector<double> shifts;
  while (shifts.size() < simulated_rows) {
    for (const Member& member : judge_family(normal_study(seeds, rows, stream), confidence).members) {
      shifts.push_back(-member.interval.low);
    }
  }
  const auto place = shifts.begin() + static_cast<std::ptrdiff_t>(power * static_cast<double>(shifts.size()));
  std::nth_element(shifts.begin(), place, shifts.end());
  return *place;
}

}  // namespace

std::size_t fewest_seeds_for_flips(double confidence) {
  require_confidence(confidence);
  std::size_t seeds = 1;
  while (sign_flip_floor(seeds) > 1.0 - confidence && seeds <= most_exact_pairs) ++seeds;
  return seeds;
}

double detectable_by_family(std::size_t seeds, std::size_t rows, double confidence, double power) {
  require_confidence(confidence);
  if (!(power > 0.0 && power < 1.0) || rows == 0) {
    throw std::invalid_argument("a power lies between 0 and 1, and a family has a member");
  }
  if (seeds < 2) return undefined;
  const double level = 1.0 - confidence;
  if (seeds < fewest_seeds_for_flips(confidence)) {
    return detectable_effect_size(seeds, level / static_cast<double>(rows), power);
  }
  if (seeds <= most_simulated_seeds) return simulated(seeds, rows, confidence, power);
  // Independent rows: the largest |t| of all stays below the bound with 1 - level (Sidak 1967).
  const double each = 1.0 - compute::exp(compute::log(confidence) / static_cast<double>(rows));
  return detectable_effect_size(seeds, each, power);
}

std::size_t seeds_to_detect(double size, std::size_t rows, double confidence, double power) {
  if (!(size > 0.0)) throw std::invalid_argument("a size is a positive number");
  const auto found = [&](std::size_t seeds) {
    return detectable_by_family(seeds, rows, confidence, power) <= size;
  };
  if (!found(most_seeds_searched)) return 0;
  std::size_t low = 1, high = most_seeds_searched;  // found with high, not with low
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    (found(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace ablate
