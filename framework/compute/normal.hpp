#pragma once
/// Normally distributed numbers with the same bits on every machine.

#include "base/random.hpp"

namespace ablate::compute {

/// The stream's next number from the normal distribution with mean 0 and standard deviation 1, by Box and
/// Muller (1958): the cosine branch alone, two uniform draws a number and no state between calls.
double normal(Stream& stream);

}  // namespace ablate::compute
