#include "nn/learning_rate.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "compute/functions.hpp"

namespace ablate {
namespace {

/// From `high` at share 0 down to `low` at share 1 along half a cosine.
double cosine(double high, double low, double share) {
  return low + (high - low) * (1.0 + compute::cos_pi(share)) / 2.0;
}

/// A count as an exponent.
std::uint64_t times(std::ptrdiff_t count) { return static_cast<std::uint64_t>(count); }

double warm_restarts(const LearningRateSettings& s, int passed) {
  double length = s.period;
  int cycle = s.period;
  while (passed >= cycle) {
    passed -= cycle;
    length *= s.multiplier;
    cycle = static_cast<int>(std::min(length, 1e9));
  }
  return cosine(s.initial, s.minimum, static_cast<double>(passed) / cycle);
}

double one_cycle(const LearningRateSettings& s, int passed, int epochs) {
  const int rise = std::max(1, static_cast<int>(std::lround(0.3 * epochs)));
  if (passed < rise) return s.initial + (s.peak - s.initial) * passed / rise;
  return cosine(s.peak, s.minimum, static_cast<double>(passed - rise) / std::max(1, epochs - rise));
}

}  // namespace

LearningRate::LearningRate(const LearningRateSettings& settings, int epochs, bool lower_is_better)
    : settings_(settings), epochs_(epochs), best_(lower_is_better) {}

double LearningRate::scheduled(int epoch) const {
  const LearningRateSettings& s = settings_;
  const int passed = epoch - 1;
  switch (s.schedule) {
    case ScheduleKind::constant:
      return s.initial;
    case ScheduleKind::step:
      return s.initial * compute::power(s.factor, times(passed / s.every));
    case ScheduleKind::milestones:
      return s.initial * compute::power(s.factor, times(std::count_if(s.at.begin(), s.at.end(),
                                                                      [&](int m) { return m < epoch; })));
    case ScheduleKind::exponential:
      return s.initial * compute::power(s.rate, times(passed));
    case ScheduleKind::inverse_time:
      return s.initial / (1.0 + s.decay * passed);
    case ScheduleKind::cosine:
      return cosine(s.initial, s.minimum, static_cast<double>(passed) / epochs_);
    case ScheduleKind::warm_restarts:
      return warm_restarts(s, passed);
    case ScheduleKind::one_cycle:
      return one_cycle(s, passed, epochs_);
    case ScheduleKind::plateau:
      return std::max(s.minimum, s.initial * compute::power(s.factor, times(drops_)));
  }
  throw std::logic_error("a schedule without a formula");
}

double LearningRate::at(int epoch) const {
  const double ramp = epoch <= settings_.warmup ? static_cast<double>(epoch) / (settings_.warmup + 1) : 1.0;
  return ramp * scheduled(epoch);
}

void LearningRate::observe(double monitored) {
  best_.improves(monitored);
  if (best_.epochs_without() < settings_.patience) return;
  ++drops_;
  best_.forgive();
}

bool depends_on_epochs(ScheduleKind schedule) {
  return schedule == ScheduleKind::cosine || schedule == ScheduleKind::one_cycle;
}

}  // namespace ablate
