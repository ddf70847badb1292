#include "stats/convergence.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace ablate {

namespace {

Slope slope_over(std::span<const double> slopes, double confidence) {
  const Summary summary = summarize(slopes);
  return {.n = summary.n, .mean = summary.mean, .interval = t_interval(summary, confidence)};
}

bool excludes_0(const Interval& interval) { return interval.low > 0.0 || interval.high < 0.0; }

}  // namespace

std::size_t epochs_judged(std::size_t epochs) {
  return std::min(epochs, std::max<std::size_t>(3, (epochs + 4) / 5));
}

double slope_of_last(std::span<const EpochValue> curve, std::size_t last) {
  const auto is_early = [&](const EpochValue& one) {
    return one.epoch + static_cast<std::int64_t>(last) <= curve.back().epoch;
  };
  const auto first = std::find_if_not(curve.begin(), curve.end(), is_early);
  const std::span<const EpochValue> end(first, curve.end());
  if (end.size() < 2) return undefined;
  double sum = 0.0, product = 0.0, squares = 0.0;
  for (const EpochValue& one : end) sum += one.epoch;
  const double middle = sum / static_cast<double>(end.size());
  for (const EpochValue& one : end) {
    const double time = one.epoch - middle;
    product += time * one.value;
    squares += time * time;
  }
  return std::isfinite(product) ? product / squares : undefined;
}

Convergence convergence_of(std::span<const MonitoredCurve> runs, Best best, double claimed,
                           double confidence) {
  require_confidence(confidence);
  Convergence result;
  std::vector<double> slopes;
  for (const MonitoredCurve& run : runs) {
    if (run.values.empty()) continue;
    ++result.runs;
    result.best_last += run.best_epoch == run.epochs;
    const std::size_t judged = epochs_judged(run.epochs);
    result.epochs = std::max(result.epochs, judged);
    const double slope = slope_of_last(run.values, judged);
    if (std::isfinite(slope)) slopes.push_back(slope);
  }
  result.slope = slope_over(slopes, confidence);
  const bool large =
      std::abs(result.slope.mean * static_cast<double>(result.epochs)) > std::abs(claimed) / 4.0;
  const bool improving =
      best == Best::highest ? result.slope.interval.low > 0.0 : result.slope.interval.high < 0.0;
  result.still_improving = (result.runs > 0 && 2 * result.best_last >= result.runs) || (large && improving);
  return result;
}

DifferenceCurve difference_of(const EpochCurve& to, const EpochCurve& from) {
  DifferenceCurve difference;
  auto other = from.begin();
  for (const auto& [epoch, value] : to) {
    while (other != from.end() && other->epoch < epoch) ++other;
    if (other != from.end() && other->epoch == epoch) difference.push_back({epoch, value - other->value});
  }
  return difference;
}

Movement movement_of(std::span<const DifferenceCurve> seeds, double confidence, double size) {
  require_confidence(confidence);
  Movement result;
  std::vector<double> slopes;
  double last = 0.0;
  for (const DifferenceCurve& seed : seeds) {
    if (seed.empty()) continue;
    const std::size_t judged = epochs_judged(static_cast<std::size_t>(seed.back().epoch));
    const double slope = slope_of_last(seed, judged);
    if (!std::isfinite(slope)) continue;
    result.epochs = std::max(result.epochs, judged);
    slopes.push_back(slope);
    last += seed.back().value;
  }
  result.slope = slope_over(slopes, confidence);
  constexpr double few_roundings = 512.0 * std::numeric_limits<double>::epsilon();
  const bool is_rounding =
      std::abs(result.slope.mean) * static_cast<double>(result.epochs) <= few_roundings * size;
  result.moving = !is_rounding && excludes_0(result.slope.interval);
  result.growing = result.moving && (result.slope.mean > 0.0) == (last > 0.0);
  return result;
}

}  // namespace ablate
