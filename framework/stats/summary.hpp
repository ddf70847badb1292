#pragma once
/// Summaries over seeds. Every mean comes with its n.

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace ablate {

/// What n values cannot say.
inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// Numbers that differ by less than this share of their size differ by rounding alone, and count as equal:
/// 0.9 - 0.8 and 0.5 - 0.4 are the same difference.
inline constexpr double rounding = 1e-10;

/// The largest power of two that is not above the largest size of the numbers; 1 where that is 0 or not finite.
/// Numbers over it have squares that neither underflow nor overflow, and keep their bits.
double unit_of(std::span<const double> values);
/// Each over `unit`.
std::vector<double> in_units(std::span<const double> values, double unit);

struct Summary {
  std::size_t n = 0;
  double mean = undefined;                ///< not a number for n = 0
  double standard_deviation = undefined;  ///< of the sample (divisor n - 1); not a number for n < 2
  double minimum = undefined, maximum = undefined;
};

/// Two-pass mean and deviation (Chan, Golub and LeVeque 1983). Values that are not numbers are the caller's
/// to leave out.
Summary summarize(std::span<const double> values);

/// The values differ by more than rounding: a standard deviation above `rounding` times the mean's size.
/// False for n < 2.
bool has_spread(const Summary& summary);

struct Interval {
  double low = undefined, high = undefined;

  /// A point, or none at all, says nothing of chance.
  bool has_width() const { return low < high; }
};

/// Throws std::invalid_argument unless `confidence` lies in (0, 1).
void require_confidence(double confidence);

/// Student's t interval for the mean at `confidence` in (0, 1), mean +- t sd / sqrt(n); not numbers for n <
/// 2, a point without spread. Source: Student 1908.
Interval t_interval(const Summary& summary, double confidence);

/// Mean of what is left when the floor(n / 4) lowest and as many highest values are taken away: the plain
/// mean for n < 4, not a number for n = 0 or where a value is none. Source: Agarwal et al. 2021, as rliable
/// computes it (SciPy's trim_mean with 0.25).
double interquartile_mean(std::span<const double> values);

}  // namespace ablate
