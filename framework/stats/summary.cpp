#include "stats/summary.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "stats/distributions.hpp"

namespace ablate {

double unit_of(std::span<const double> values) {
  double largest = 0.0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  if (!(largest > 0.0) || !std::isfinite(largest)) return 1.0;
  int exponent = 0;
  std::frexp(largest, &exponent);
  return std::ldexp(1.0, exponent - 1);
}

std::vector<double> in_units(std::span<const double> values, double unit) {
  std::vector<double> result(values.begin(), values.end());
  for (double& value : result) value /= unit;
  return result;
}

Summary summarize(std::span<const double> values) {
  Summary summary{.n = values.size()};
  if (values.empty()) return summary;
  const auto n = static_cast<double>(values.size());
  double sum = 0.0;
  for (const double value : values) sum += value;
  summary.mean = sum / n;
  summary.minimum = *std::min_element(values.begin(), values.end());
  summary.maximum = *std::max_element(values.begin(), values.end());
  if (values.size() < 2) return summary;
  // The residue takes out what rounding left in the mean.
  std::vector<double> deviations(values.begin(), values.end());
  for (double& value : deviations) value -= summary.mean;
  const double unit = unit_of(deviations);
  double squares = 0.0, residue = 0.0;
  for (const double value : deviations) {
    const double deviation = value / unit;
    squares += deviation * deviation;
    residue += deviation;
  }
  summary.standard_deviation = unit * std::sqrt(std::max(0.0, squares - residue * residue / n) / (n - 1.0));
  return summary;
}

bool has_spread(const Summary& summary) {
  return summary.standard_deviation > rounding * std::abs(summary.mean);
}

void require_confidence(double confidence) {
  if (!(confidence > 0.0 && confidence < 1.0)) {
    throw std::invalid_argument("the confidence of an interval lies between 0 and 1, both left out");
  }
}

Interval t_interval(const Summary& summary, double confidence) {
  require_confidence(confidence);
  if (summary.n < 2) return {};
  const auto n = static_cast<double>(summary.n);
  const double quantile = t_quantile_above((1.0 - confidence) / 2.0, n - 1.0);
  const double half_width = quantile * summary.standard_deviation / std::sqrt(n);
  return {summary.mean - half_width, summary.mean + half_width};
}

double interquartile_mean(std::span<const double> values) {
  const bool all_numbers =
      std::none_of(values.begin(), values.end(), [](double value) { return std::isnan(value); });
  if (!all_numbers) return undefined;
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const std::size_t cut = sorted.size() / 4;
  return summarize(std::span(sorted).subspan(cut, sorted.size() - 2 * cut)).mean;
}

}  // namespace ablate
