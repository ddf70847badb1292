#include "stats/wilcoxon.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "compute/functions.hpp"
#include "stats/distributions.hpp"
#include "stats/ranks.hpp"
#include "stats/summary.hpp"

namespace ablate {

namespace {

// Doubled, mid-ranks are whole numbers: chances[s] is that of the doubled rank sum s under fair signs.
std::vector<double> chances_of_sums(const std::vector<std::size_t>& doubled_ranks) {
  std::vector<double> chances{1.0};
  for (const std::size_t rank : doubled_ranks) {
    std::vector<double> next(chances.size() + rank, 0.0);
    for (std::size_t sum = 0; sum < chances.size(); ++sum) {
      next[sum] += chances[sum] / 2.0;
      next[sum + rank] += chances[sum] / 2.0;
    }
    chances = std::move(next);
  }
  return chances;
}

double signed_rank_p(const std::vector<double>& ranks, double rank_sum) {
  std::vector<std::size_t> doubled;
  for (const double rank : ranks) doubled.push_back(static_cast<std::size_t>(std::lround(2.0 * rank)));
  const std::vector<double> chances = chances_of_sums(doubled);
  // The distribution is symmetric: the lower tail up to the nearer of the two sums is half of p.
  const auto observed = static_cast<std::size_t>(std::lround(2.0 * rank_sum));
  const std::size_t nearer = std::min(observed, chances.size() - 1 - observed);
  double tail = 0.0;
  for (std::size_t sum = 0; sum <= nearer; ++sum) tail += chances[sum];
  return std::min(1.0, 2.0 * tail);
}

double approximate_p(const std::vector<double>& ranks, double rank_sum) {
  const auto n = static_cast<double>(ranks.size());
  const double variance = (n * (n + 1.0) * (2.0 * n + 1.0) - tie_term(ranks) / 2.0) / 24.0;
  const double distance = std::max(0.0, std::abs(rank_sum - n * (n + 1.0) / 4.0) - 0.5);
  return std::min(1.0, 2.0 * normal_cdf(-distance / std::sqrt(variance)));
}

}  // namespace

WilcoxonTest wilcoxon_test(std::span<const double> differences) {
  WilcoxonTest test{.n = 0, .rank_sum = undefined, .p = undefined, .smallest_p = undefined, .exact = false};
  double largest = 0.0;
  for (const double difference : differences) {
    if (!std::isfinite(difference)) return test;
    largest = std::max(largest, std::abs(difference));
  }
  if (differences.empty()) return test;
  std::vector<double> sizes;
  std::vector<bool> positive;
  for (const double difference : differences) {
    if (std::abs(difference) <= rounding * largest) continue;
    sizes.push_back(std::abs(difference));
    positive.push_back(difference > 0.0);
  }
  const std::vector<double> ranks = mid_ranks(sizes);
  test.n = sizes.size();
  test.rank_sum = 0.0;
  for (std::size_t i = 0; i < ranks.size(); ++i) test.rank_sum += positive[i] ? ranks[i] : 0.0;
  test.exact = test.n <= most_exact_ranks;
  test.p = test.exact ? signed_rank_p(ranks, test.rank_sum) : approximate_p(ranks, test.rank_sum);
  test.smallest_p = std::min(1.0, 2.0 * compute::power(0.5, test.n));
  return test;
}

}  // namespace ablate
