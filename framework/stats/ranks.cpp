#include "stats/ranks.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "stats/summary.hpp"

namespace ablate {

std::vector<double> mid_ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  double largest = 0.0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    const double bound = values[order[begin]] + rounding * largest;
    while (end < order.size() && values[order[end]] <= bound) ++end;
    const double shared = static_cast<double>(begin + 1 + end) / 2.0;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = shared;
  }
  return ranks;
}

double tie_term(std::span<const double> ranks) {
  std::map<double, double> sizes;
  for (const double rank : ranks) sizes[rank] += 1.0;
  double sum = 0.0;
  for (const auto& [rank, size] : sizes) sum += size * size * size - size;
  return sum;
}

}  // namespace ablate
