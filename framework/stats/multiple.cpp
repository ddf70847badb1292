#include "stats/multiple.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace ablate {

namespace {

/// Places of the p that are numbers, p rising.
std::vector<std::size_t> rising(std::span<const double> p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (p[i] < 0.0 || p[i] > 1.0) throw std::invalid_argument("a p lies between 0 and 1");
    if (!std::isnan(p[i])) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return p[a] < p[b]; });
  return order;
}

}  // namespace

std::vector<double> holm(std::span<const double> p) {
  std::vector<double> adjusted(p.begin(), p.end());
  const std::vector<std::size_t> order = rising(p);
  double least = 0.0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    least = std::max(least, std::min(1.0, static_cast<double>(order.size() - i) * p[order[i]]));
    adjusted[order[i]] = least;
  }
  return adjusted;
}

std::vector<double> benjamini_hochberg(std::span<const double> p) {
  std::vector<double> adjusted(p.begin(), p.end());
  const std::vector<std::size_t> order = rising(p);
  const auto m = static_cast<double>(order.size());
  double most = 1.0;
  for (std::size_t i = order.size(); i > 0; --i) {
    most = std::min(most, m / static_cast<double>(i) * p[order[i - 1]]);
    adjusted[order[i - 1]] = most;
  }
  return adjusted;
}

}  // namespace ablate
