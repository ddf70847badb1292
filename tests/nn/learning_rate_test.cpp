#include "nn/learning_rate.hpp"

#include <limits>

#include <catch2/catch.hpp>

#include "nn/best_so_far.hpp"

using namespace ablate;

namespace {

LearningRateSettings of(ScheduleKind schedule, double initial = 1.0) {
  LearningRateSettings settings;
  settings.schedule = schedule;
  settings.initial = initial;
  return settings;
}

std::vector<double> rates(const LearningRateSettings& settings, int epochs) {
  const LearningRate rate(settings, epochs);
  std::vector<double> all;
  for (int epoch = 1; epoch <= epochs; ++epoch) all.push_back(rate.at(epoch));
  return all;
}

void check_rates(const LearningRateSettings& settings, const std::vector<double>& expected) {
  const std::vector<double> all = rates(settings, static_cast<int>(expected.size()));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CAPTURE(i + 1);
    CHECK(all[i] == Approx(expected[i]).margin(1e-12));
  }
}

}  // namespace

TEST_CASE("constant stays, and step falls by its factor every so many epochs") {
  check_rates(of(ScheduleKind::constant), {1, 1, 1});
  LearningRateSettings step = of(ScheduleKind::step);
  step.factor = 0.5;
  step.every = 2;
  check_rates(step, {1, 1, 0.5, 0.5, 0.25});
}

TEST_CASE(
    "milestones give the notebook's rates: 0.01 through epoch 11, 0.009 from 12, four drops by epoch 42") {
  LearningRateSettings settings = of(ScheduleKind::milestones, 0.01);
  settings.factor = 0.9;
  settings.at = {11, 21, 31, 41};
  const std::vector<double> all = rates(settings, 50);
  CHECK(all[10] == Approx(0.01));
  CHECK(all[11] == Approx(0.009));
  CHECK(all[20] == Approx(0.009));
  CHECK(all[21] == Approx(0.0081));
  CHECK(all[49] == Approx(0.01 * 0.6561));
}

TEST_CASE("exponential and inverse-time decay follow their formulas") {
  LearningRateSettings exponential = of(ScheduleKind::exponential);
  exponential.rate = 0.5;
  check_rates(exponential, {1, 0.5, 0.25});
  LearningRateSettings inverse = of(ScheduleKind::inverse_time);
  inverse.decay = 1.0;
  check_rates(inverse, {1, 1.0 / 2, 1.0 / 3});
}

TEST_CASE("cosine falls along half a cosine from the initial rate towards the minimum") {
  LearningRateSettings settings = of(ScheduleKind::cosine);
  settings.minimum = 0.2;
  // cos(pi t / 3) is 1, 1/2, -1/2 for t = 0, 1, 2.
  check_rates(settings, {1, 0.2 + 0.8 * 0.75, 0.2 + 0.8 * 0.25});
}

TEST_CASE("warm restarts begin each longer cycle at the initial rate") {
  LearningRateSettings settings = of(ScheduleKind::warm_restarts);
  settings.period = 2;
  settings.multiplier = 2.0;
  const double high = (1 + 0.70710678118654752) / 2, low = (1 - 0.70710678118654752) / 2;
  check_rates(settings, {1, 0.5, 1, high, 0.5, low, 1});
}

TEST_CASE("one cycle rises to its peak over three tenths of the epochs and then falls") {
  LearningRateSettings settings = of(ScheduleKind::one_cycle, 0.1);
  settings.peak = 1.0;
  const std::vector<double> all = rates(settings, 10);
  CHECK(all[0] == Approx(0.1));
  CHECK(all[1] == Approx(0.4));
  CHECK(all[3] == Approx(1.0));
  for (std::size_t i = 4; i < 10; ++i) CHECK(all[i] < all[i - 1]);
  CHECK(all[9] > 0.0);
}

TEST_CASE("a plateau drops after its patience without improvement, counts anew, and stops at the minimum") {
  LearningRateSettings settings = of(ScheduleKind::plateau);
  settings.factor = 0.5;
  settings.patience = 2;
  settings.minimum = 0.3;
  LearningRate rate(settings, 20);
  rate.observe(1.0);
  rate.observe(1.1);
  CHECK(rate.at(3) == 1.0);
  rate.observe(1.0);
  CHECK(rate.at(4) == 0.5);
  rate.observe(0.9);
  rate.observe(0.95);
  CHECK(rate.at(6) == 0.5);
  rate.observe(0.95);
  CHECK(rate.at(7) == 0.3);
}

TEST_CASE("warm-up rises linearly to the schedule's own value") {
  LearningRateSettings settings = of(ScheduleKind::constant);
  settings.warmup = 3;
  check_rates(settings, {0.25, 0.5, 0.75, 1, 1});
}

TEST_CASE("the best so far heeds direction and least change, and never takes what is not a number") {
  BestSoFar lower(true, 0.1);
  CHECK(lower.improves(1.0));
  CHECK_FALSE(lower.improves(0.95));
  CHECK(lower.epochs_without() == 1);
  CHECK_FALSE(lower.improves(std::numeric_limits<double>::quiet_NaN()));
  CHECK(lower.epochs_without() == 2);
  CHECK(lower.improves(0.8));
  CHECK(lower.epochs_without() == 0);
  BestSoFar higher(false);
  CHECK_FALSE(higher.improves(std::numeric_limits<double>::quiet_NaN()));
  CHECK(higher.improves(0.5));
  CHECK_FALSE(higher.improves(0.5));
  CHECK(higher.improves(0.6));
}
