#include "compute/normal.hpp"

#include <cmath>

#include "compute/functions.hpp"

namespace ablate::compute {

double normal(Stream& stream) {
  const double radius = std::sqrt(-2.0 * log(1.0 - stream.uniform()));  // the difference is exact
  return radius * cos_pi(2.0 * stream.uniform());
}

}  // namespace ablate::compute
