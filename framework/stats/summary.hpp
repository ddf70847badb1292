#pragma once
/// Summaries over seeds. Every mean comes with its n.

#include <cstddef>
#include <span>

namespace ablate {

struct Summary {
  std::size_t n = 0;
  double mean = 0.0;                ///< not a number for n = 0
  double standard_deviation = 0.0;  ///< of the sample (divisor n - 1); not a number for n < 2
  double minimum = 0.0, maximum = 0.0;
};

/// Two-pass mean and deviation. Values that are not numbers are the caller's to leave out.
Summary summarize(std::span<const double> values);

struct Interval {
  double low, high;
};

/// Student's t interval for the mean at `confidence` in (0, 1); not numbers for n < 2.
Interval t_interval(const Summary& summary, double confidence);

}  // namespace ablate
