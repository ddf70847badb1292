#include "stats/convergence.hpp"

#include <algorithm>
#include <cmath>

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

double slope_of_last(std::span<const double> curve, std::size_t last) {
  const std::span<const double> end = curve.last(std::min(last, curve.size()));
  if (end.size() < 2) return undefined;
  const double middle = (static_cast<double>(end.size()) - 1.0) / 2.0;
  double product = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < end.size(); ++i) {
    const double time = static_cast<double>(i) - middle;
    product += time * end[i];
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
    result.best_last += run.best_epoch == run.values.size();
    const std::size_t judged = epochs_judged(run.values.size());
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

Movement movement_of(std::span<const DifferenceCurve> seeds, double confidence) {
  require_confidence(confidence);
  Movement result;
  std::vector<double> slopes;
  double last = 0.0;
  for (const DifferenceCurve& seed : seeds) {
    const std::size_t judged = epochs_judged(seed.size());
    const double slope = slope_of_last(seed, judged);
    if (!std::isfinite(slope)) continue;
    result.epochs = std::max(result.epochs, judged);
    slopes.push_back(slope);
    last += seed.back();
  }
  result.slope = slope_over(slopes, confidence);
  result.moving = excludes_0(result.slope.interval);
  result.growing = result.moving && (result.slope.mean > 0.0) == (last > 0.0);
  return result;
}

}  // namespace ablate
