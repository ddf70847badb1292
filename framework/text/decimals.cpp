#include "text/decimals.hpp"

#include <algorithm>
#include <cmath>

namespace ablate {
namespace {

/// So that a number of this size has two digits, or four where it is 1 or more.
int decimals_for_size(double size) {
  constexpr int usual = 4;
  if (!std::isfinite(size) || size <= 0.0) return usual;
  int decimals = 1;
  for (double scaled = size * 10.0; scaled < 10.0; scaled *= 10.0) ++decimals;
  if (size < 1.0) return std::max(usual, decimals);
  decimals = usual;
  for (double scaled = size; scaled >= 1.0; scaled /= 10.0) --decimals;
  return decimals;
}

}  // namespace

int decimals_for_interval(double low, double high) {
  constexpr int most_more = 3;
  const int needed = decimals_for_size((high - low) / 2.0);
  const double nearest = std::min(std::abs(low), std::abs(high));
  double told_as_0 = 0.5;
  for (int i = 0; i < needed; ++i) told_as_0 /= 10.0;
  for (int more = 0; more <= most_more && needed > 0; ++more, told_as_0 /= 10.0) {
    if (nearest >= told_as_0) return needed + more;
  }
  return needed;
}

int decimals_for_number(double number) { return decimals_for_size(std::abs(number)); }

}  // namespace ablate
