#include "ablate/stats/summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include <boost/math/distributions/students_t.hpp>

namespace ablate {

namespace {
constexpr double none = std::numeric_limits<double>::quiet_NaN();
}

Summary summarize(std::span<const double> values) {
  Summary summary{
      .n = values.size(), .mean = none, .standard_deviation = none, .minimum = none, .maximum = none};
  if (values.empty()) return summary;
  const auto n = static_cast<double>(values.size());
  double sum = 0.0;
  for (const double value : values) sum += value;
  summary.mean = sum / n;
  summary.minimum = *std::min_element(values.begin(), values.end());
  summary.maximum = *std::max_element(values.begin(), values.end());
  if (values.size() < 2) return summary;
  double squares = 0.0,
         residue = 0.0;  // the residue takes out what rounding left in the mean (Chan et al. 1983)
  for (const double value : values) {
    const double deviation = value - summary.mean;
    squares += deviation * deviation;
    residue += deviation;
  }
  summary.standard_deviation = std::sqrt(std::max(0.0, squares - residue * residue / n) / (n - 1.0));
  return summary;
}

Interval t_interval(const Summary& summary, double confidence) {
  if (!(confidence > 0.0 && confidence < 1.0)) {
    throw std::invalid_argument("the confidence of an interval lies between 0 and 1, both left out");
  }
  if (summary.n < 2) return {none, none};
  const auto n = static_cast<double>(summary.n);
  const boost::math::students_t distribution(n - 1.0);
  const double quantile =
      boost::math::quantile(boost::math::complement(distribution, (1.0 - confidence) / 2.0));
  const double half_width = quantile * summary.standard_deviation / std::sqrt(n);
  return {summary.mean - half_width, summary.mean + half_width};
}

}  // namespace ablate
