#include "stats/bootstrap.hpp"

#include <algorithm>
#include <cmath>

#include "compute/functions.hpp"
#include "stats/distributions.hpp"

namespace ablate {

namespace {

// Of a mean, the jackknife's values differ from their mean by (x - mean) / (n - 1).
double acceleration(std::span<const double> values, double mean) {
  std::vector<double> deviations(values.begin(), values.end());
  for (double& value : deviations) value -= mean;
  double squares = 0.0, cubes = 0.0;
  for (const double deviation : in_units(deviations, unit_of(deviations))) {
    squares += deviation * deviation;
    cubes += deviation * deviation * deviation;
  }
  return cubes / (6.0 * squares * std::sqrt(squares));
}

// How far below `mean` the resampled means lie, as a normal deviate; they are sorted.
double bias(const std::vector<double>& means, double mean) {
  const auto below = std::lower_bound(means.begin(), means.end(), mean) - means.begin();
  const auto not_above = std::upper_bound(means.begin(), means.end(), mean) - means.begin();
  const double share = static_cast<double>(below + not_above) / (2.0 * static_cast<double>(means.size()));
  return share > 0.0 && share < 1.0 ? normal_quantile(share) : undefined;
}

double quantile(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::string_view why_none(std::span<const double> values, double tail, std::size_t resamples) {
  if (values.size() < 2) return "a single value has no spread";
  if (!std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); })) {
    return "a value is not a finite number";
  }
  const double possible = compute::power(static_cast<double>(values.size()), values.size());
  if (1.0 / possible > tail) return "so few values cannot be resampled to this confidence";
  if (static_cast<double>(resamples) * tail < 1.0) return "so few resamples do not reach this confidence";
  return {};
}

}  // namespace

std::vector<double> resampled_means(std::span<const double> values, std::size_t resamples, Stream& stream) {
  std::vector<double> means(resamples);
  for (double& mean : means) {
    double sum = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += values[stream.below(values.size())];
    mean = sum / static_cast<double>(values.size());
  }
  return means;
}

Interval bca_interval(std::span<const double> values, std::vector<double> resampled_means,
                      double confidence) {
  require_confidence(confidence);
  std::sort(resampled_means.begin(), resampled_means.end());
  const double mean = summarize(values).mean;
  const double z0 = bias(resampled_means, mean), a = acceleration(values, mean);
  const auto end = [&](double z) {
    const double stretched = (z0 + z) / (1.0 - a * (z0 + z));
    return std::isfinite(stretched) ? quantile(resampled_means, normal_cdf(z0 + stretched)) : undefined;
  };
  const double z = normal_quantile((1.0 + confidence) / 2.0);
  return {end(-z), end(z)};
}

BootstrapInterval bca_interval(std::span<const double> values, double confidence, std::size_t resamples) {
  require_confidence(confidence);
  const std::string_view reason = why_none(values, (1.0 - confidence) / 2.0, resamples);
  if (!reason.empty()) return {{}, reason};
  const Summary summary = summarize(values);
  if (!has_spread(summary)) return {{summary.mean, summary.mean}};
  Stream stream(0, "stats/bootstrap");
  return {bca_interval(values, resampled_means(values, resamples, stream), confidence)};
}

}  // namespace ablate
