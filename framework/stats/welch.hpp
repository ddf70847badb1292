#pragma once
/// The difference of two independent samples, which share no chance.

#include <span>
#include <string_view>

#include "stats/summary.hpp"

namespace ablate {

/// What two samples say of the difference of their means. With fewer than two values on a side, or without spread on
/// both, all but the means is not a number.
struct IndependentDifference {
  Summary from, to;
  double difference = undefined;      ///< mean of `to` minus that of `from`
  double standard_error = undefined;  ///< sqrt(s1^2 / n1 + s2^2 / n2)
  double degrees = undefined;         ///< Satterthwaite's
  double t = undefined, p = undefined;
  Interval interval;
  std::string_view reason = {};  ///< why there is no t test; empty where there is one
};

/// Welch's t test and the interval that belongs to it, for `rows` differences that are judged together: p and the
/// level are corrected as by Bonferroni, so that "p <= 1 - confidence" and "the interval excludes 0" are the same
/// statement. `confidence` in (0, 1) and rows >= 1, or std::invalid_argument is thrown.
/// Source: Welch 1947; degrees of freedom by Satterthwaite 1946.
IndependentDifference independent_difference(std::span<const double> from, std::span<const double> to,
                                             double confidence, std::size_t rows);

}  // namespace ablate
