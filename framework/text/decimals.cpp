#include "text/decimals.hpp"

#include <algorithm>
#include <cmath>

namespace ablate {
namespace {

/// So that a number of this size has two digits.
int decimals_for_size(double size) {
  constexpr int least = 4, most = 12;
  if (!std::isfinite(size) || size <= 0.0) return least;
  int decimals = 1;
  for (double scaled = size * 10.0; decimals < most && scaled < 10.0; scaled *= 10.0) ++decimals;
  return std::max(least, decimals);
}

}  // namespace

int decimals_for_interval(double low, double high) { return decimals_for_size((high - low) / 2.0); }

int decimals_for_number(double number) { return decimals_for_size(std::abs(number)); }

}  // namespace ablate
