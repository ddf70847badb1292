#include "runner/halving.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace ablate;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// A run at rung 2: variant, value; each variant's runs are numbered 10 variant + k.
Store::RungRun run_of(std::int64_t variant, int number, double value, RunStatus status = RunStatus::waiting) {
  Store::RungRun run;
  run.run_id = 10 * variant + number;
  run.variant_id = variant;
  run.status = status;
  run.epochs_done = status == RunStatus::waiting ? 2 : 0;
  run.until_epoch = 2;
  run.value = value;
  return run;
}

std::string told(const Store::RungDecision& decision) {
  std::string text;
  for (const auto& [run, until] : decision.go_on) text += fmt::format("{}>{} ", run, until);
  for (const auto& [run, why] : decision.stop) text += fmt::format("{}x ", run);
  return text;
}

}  // namespace

TEST_CASE("rungs lie a factor apart and end before the last epoch") {
  const HalvingSettings by_three;  // factor 3
  CHECK(next_rung(by_three, 2, 20) == 6);
  CHECK(next_rung(by_three, 6, 20) == 18);
  CHECK_FALSE(next_rung(by_three, 18, 20));
  CHECK_FALSE(next_rung(by_three, 2, 6));
  CHECK(next_rung({1.2, 2, {}}, 2, 20) == 3);  // 2.4, but always a step on
}

TEST_CASE("of six variants the best two go on, by the mean over their seeds, lower loss first") {
  std::vector<Store::RungRun> runs;
  for (std::int64_t variant = 1; variant <= 6; ++variant) {
    const double loss = static_cast<double>(7 - variant);  // the later, the better
    runs.push_back(run_of(variant, 1, loss - 0.4));
    runs.push_back(run_of(variant, 2, loss + 0.4));
  }
  CHECK(told(decide_rung({}, 20, runs)) == "51>6 52>6 61>6 62>6 11x 12x 21x 22x 31x 32x 41x 42x ");
}

TEST_CASE("the baseline always goes on, and a metric that is better upwards is ranked upwards") {
  std::vector<Store::RungRun> runs = {run_of(1, 1, 0.1), run_of(2, 1, 0.9), run_of(3, 1, 0.5)};
  runs[0].is_baseline = true;
  const HalvingSettings by_accuracy{3.0, 2, {SplitName::validation, "accuracy"}};
  CHECK(told(decide_rung(by_accuracy, 20, runs)) == "11>6 21>6 31x ");
}

TEST_CASE("nothing is decided while a run is still on its way to the rung") {
  for (const RunStatus status : {RunStatus::planned, RunStatus::running, RunStatus::interrupted}) {
    CHECK(told(decide_rung({}, 20, {run_of(1, 1, 0.1), run_of(2, 1, none, status)})).empty());
  }
}

TEST_CASE("a variant with a run that diverged or failed is the worst, and its other runs stop") {
  const std::vector<Store::RungRun> runs = {run_of(1, 1, 0.1), run_of(1, 2, none, RunStatus::diverged),
                                            run_of(2, 1, 5.0), run_of(2, 2, 5.0)};
  CHECK(told(decide_rung({2.0, 2, {}}, 20, runs)) == "21>4 22>4 11x ");
}

TEST_CASE("at the last rung what goes on trains to the end, and past it there is nothing to decide") {
  CHECK(told(decide_rung({}, 5, {run_of(1, 1, 0.1)})) == "11>5 ");
  Store::RungRun beyond = run_of(1, 1, 0.1, RunStatus::running);
  beyond.until_epoch = 20;
  beyond.epochs_done = 7;
  CHECK(told(decide_rung({}, 20, {beyond})).empty());
}

TEST_CASE("where no variant's monitor is a number nobody is stopped by it") {
  const std::vector<Store::RungRun> runs = {run_of(1, 1, none), run_of(2, 1, none), run_of(3, 1, none),
                                            run_of(4, 1, 0.0, RunStatus::diverged)};
  CHECK(told(decide_rung({}, 20, runs)) == "11>6 21>6 31>6 ");
}
