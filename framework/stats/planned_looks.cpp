#include "stats/planned_looks.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include "compute/functions.hpp"
#include "stats/distributions.hpp"
#include "stats/sign_choices.hpp"

namespace ablate {

namespace {

/// Points and weights of Gauss and Legendre's rule on (-1, 1), by Newton's iteration (Abramowitz and Stegun
/// 25.4.29).
struct GaussLegendre {
  static constexpr std::size_t size = 96;
  std::array<double, size> points{}, weights{};

  GaussLegendre() {
    constexpr auto n = static_cast<double>(size);
    for (std::size_t i = 0; i < size; ++i) {
      double x = compute::cos_pi((static_cast<double>(i) + 0.75) / (n + 0.5)), slope = 0.0;
      for (int step = 0; step < 100; ++step) {
        double before = 1.0, value = x;
        for (std::size_t k = 2; k <= size; ++k) {
          const auto order = static_cast<double>(k);
          const double next = ((2.0 * order - 1.0) * x * value - (order - 1.0) * before) / order;
          before = value;
          value = next;
        }
        slope = n * (x * value - before) / (x * x - 1.0);
        const double correction = value / slope;
        x -= correction;
        if (std::abs(correction) < 1e-15) break;
      }
      points[i] = x;
      weights[i] = 2.0 / ((1.0 - x * x) * slope * slope);
    }
  }
};

double normal_density(double z) { return compute::exp(-z * z / 2.0) / std::sqrt(2.0 * std::numbers::pi); }

/// Where the motion stands, given that no look has claimed anything: weights at points, adding up to the chance of
/// that. A single point before the first look.
struct Unsettled {
  std::vector<double> places{0.0}, weights{1.0};
  double time = 0.0;

  /// Chance to lie beyond +-`end` at `next`.
  double beyond(double end, double next) const {
    const double step = std::sqrt(next - time);
    double sum = 0.0;
    for (std::size_t i = 0; i < places.size(); ++i) {
      sum += weights[i] * (normal_cdf((places[i] - end) / step) + normal_cdf((-end - places[i]) / step));
    }
    return sum;
  }

  void go_on_within(double end, double next) {
    static const GaussLegendre rule;
    const double step = std::sqrt(next - time);
    std::vector<double> new_places, new_weights;
    for (std::size_t k = 0; k < GaussLegendre::size; ++k) {
      const double place = end * rule.points[k];
      double density = 0.0;
      for (std::size_t i = 0; i < places.size(); ++i) {
        density += weights[i] * normal_density((place - places[i]) / step) / step;
      }
      new_places.push_back(place);
      new_weights.push_back(density * end * rule.weights[k]);
    }
    places = std::move(new_places);
    weights = std::move(new_weights);
    time = next;
  }
};

double spent_by(double time, double level) {
  return time >= 1.0 ? level : 4.0 * normal_cdf(normal_quantile(level / 4.0) / std::sqrt(time));
}

/// The end beyond which lies `chance`, by bisection.
double end_for(const Unsettled& unsettled, double chance, double next) {
  double low = 0.0, high = 1.0;
  while (unsettled.beyond(high, next) > chance) high *= 2.0;
  while (high - low > 1e-14 * high) {
    const double middle = (low + high) / 2.0;
    (unsettled.beyond(middle, next) > chance ? low : high) = middle;
  }
  return high;
}

void require_looks(std::span<const std::size_t> seeds, double level) {
  if (!(level > 0.0 && level < 1.0)) throw std::invalid_argument("a level lies between 0 and 1");
  if (seeds.empty() || seeds.front() == 0) throw std::invalid_argument("a look comes after a seed or more");
  for (std::size_t i = 1; i < seeds.size(); ++i) {
    if (seeds[i] <= seeds[i - 1]) throw std::invalid_argument("looks come one after the other");
  }
}

}  // namespace

std::vector<PlannedLook> planned_looks(std::span<const std::size_t> seeds, double level) {
  require_looks(seeds, level);
  std::vector<PlannedLook> looks;
  Unsettled unsettled;
  double spent = 0.0;
  for (const std::size_t count : seeds) {
    PlannedLook look{.seeds = count, .spent = spent, .z = std::numeric_limits<double>::infinity()};
    const double time = static_cast<double>(count) / static_cast<double>(seeds.back());
    const double due = spent_by(time, level);
    if (due > spent) {
      const double end = end_for(unsettled, due - spent, time);
      const double nominal = 2.0 * normal_cdf(-end / std::sqrt(time));
      if (nominal >= sign_flip_floor(count)) {
        look = {.seeds = count, .spent = due, .z = end / std::sqrt(time), .nominal = nominal};
        spent = due;
        if (count != seeds.back()) unsettled.go_on_within(end, time);
      }
    }
    looks.push_back(look);
  }
  return looks;
}

std::vector<std::size_t> look_times(std::size_t first, std::size_t step, std::size_t most) {
  if (first < 1 || step < 1 || most < first) {
    throw std::invalid_argument("looks begin with a seed or more and go up to the most");
  }
  std::vector<std::size_t> times;
  for (std::size_t seeds = first; seeds < most; seeds += step) times.push_back(seeds);
  times.push_back(most);
  return times;
}

}  // namespace ablate
