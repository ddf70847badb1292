#include "stats/trend.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "stats/blocks.hpp"
#include "stats/distributions.hpp"
#include "stats/ranks.hpp"

namespace ablate {

namespace {

/// Chance of each value of the statistic. Places less their mean are whole multiples of 1 / levels and ranks
/// of 1 / 2, so that in these units, for up to `most_exact_levels` levels, values are whole numbers.
using Chances = std::map<long long, double>;
constexpr double unit = 1.0 / (2.0 * 840.0);  // 840: the least common multiple of 1 to 8

long long in_units(double value) { return std::llround(value / unit); }

/// What a seed adds to the statistic.
struct Ranked {
  std::vector<double> places, ranks;

  explicit Ranked(const Block& block) : ranks(mid_ranks(block.values)) {
    double mean = 0.0;
    for (const std::size_t level : block.levels) mean += static_cast<double>(level);
    mean /= static_cast<double>(block.levels.size());
    for (const std::size_t level : block.levels) places.push_back(static_cast<double>(level) - mean);
  }

  double statistic() const { return std::inner_product(places.begin(), places.end(), ranks.begin(), 0.0); }

  double variance() const {
    const auto k = static_cast<double>(ranks.size());
    double of_places = 0.0, of_ranks = 0.0;
    for (const double place : places) of_places += place * place;
    for (const double rank : ranks) of_ranks += (rank - (k + 1.0) / 2.0) * (rank - (k + 1.0) / 2.0);
    return of_places * of_ranks / (k - 1.0);
  }

  Chances chances() const {
    std::vector<std::size_t> order(ranks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const double each = 1.0 / arrangements_of(order.size());
    Chances result;
    do {
      double sum = 0.0;
      for (std::size_t i = 0; i < order.size(); ++i) sum += places[i] * ranks[order[i]];
      result[in_units(sum)] += each;
    } while (std::next_permutation(order.begin(), order.end()));
    return result;
  }
};

double trend_p(const std::vector<Ranked>& seeds, double statistic) {
  std::map<std::pair<std::vector<double>, std::vector<double>>, Chances> known;
  Chances sums{{0, 1.0}};
  for (const Ranked& seed : seeds) {
    // The order of the ranks is of no matter, and most seeds have all levels and no ties.
    std::vector<double> sorted = seed.ranks;
    std::sort(sorted.begin(), sorted.end());
    Chances& own = known[{seed.places, sorted}];
    if (own.empty()) own = seed.chances();
    Chances next;
    for (const auto& [sum, chance] : sums) {
      for (const auto& [value, share] : own) next[sum + value] += chance * share;
    }
    sums = std::move(next);
  }
  double p = 0.0;
  for (const auto& [sum, chance] : sums) p += std::abs(sum) >= std::abs(in_units(statistic)) ? chance : 0.0;
  return std::min(1.0, p);
}

}  // namespace

Interaction trend_of(std::span<const SeedRow> levels) {
  const std::vector<Block> blocks = blocks_of(levels);
  Interaction result{.seeds = blocks.size(), .reason = why_no_blocks(levels, blocks)};
  if (!result.reason.empty()) return result;
  std::vector<Ranked> seeds(blocks.begin(), blocks.end());
  double variance = 0.0, arrangements = 1.0;
  result.statistic = 0.0;
  for (const Ranked& seed : seeds) {
    result.statistic += seed.statistic();
    variance += seed.variance();
    arrangements *= arrangements_of(seed.ranks.size());
  }
  result.exact = levels.size() <= most_exact_levels;
  result.smallest_p = std::min(1.0, 2.0 / arrangements);
  if (result.exact) {
    result.p = trend_p(seeds, result.statistic);
  } else {
    result.p = variance > 0.0 ? 2.0 * normal_cdf(-std::abs(result.statistic) / std::sqrt(variance)) : 1.0;
  }
  return result;
}

}  // namespace ablate
