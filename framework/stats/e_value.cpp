#include "stats/e_value.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "compute/functions.hpp"
#include "stats/summary.hpp"

namespace ablate {

EValue symmetry_e_value(std::span<const double> differences) {
  constexpr std::array<double, 3> bets{0.5, 1.0, 2.0};
  std::array<double, 3> up{1.0, 1.0, 1.0}, down{1.0, 1.0, 1.0};
  EValue result;
  double squares = 0.0, count = 0.0;
  for (const double difference : in_units(differences, unit_of(differences))) {
    if (!std::isfinite(difference)) throw std::invalid_argument("differences are finite numbers");
    squares += difference * difference;
    count += 1.0;
    double sum = 0.0;
    for (std::size_t l = 0; l < bets.size(); ++l) {
      // Odd in the difference, so that its sign comes with it.
      const double stake =
          squares > 0.0 ? compute::tanh(bets[l] * difference / std::sqrt(squares / count)) : 0.0;
      up[l] *= 1.0 + stake;
      down[l] *= 1.0 - stake;
      sum += (up[l] + down[l]) / 2.0;
    }
    result.last = sum / static_cast<double>(bets.size());
    result.largest = std::max(result.largest, result.last);
  }
  result.anytime_p = std::min(1.0, 1.0 / result.largest);
  return result;
}

}  // namespace ablate
