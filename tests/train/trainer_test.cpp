#include "train/trainer.hpp"

#include <cmath>
#include <cstring>

#include <catch2/catch.hpp>

#include "runner/plan.hpp"
#include "support/small_data.hpp"
#include "train/judge.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

const std::atomic<bool> stop_flag = false;
const Pulse always = until(stop_flag);

Config small_config() {
  Config config;
  config.data.validation = 0.2;
  config.model.hidden = {6};
  config.training.epochs = 4;
  config.training.batch_size = 8;
  config.training.learning_rate.initial = 0.05;
  return config;
}

struct Recorded {
  TrainingResult result;
  std::vector<EpochReport> epochs;
};

Recorded record(const Config& config, std::uint64_t seed = 1) {
  const Dataset dataset = small_dataset();
  Recorded recorded;
  recorded.result = train(
      config, seed, dataset,
      [&](const EpochReport& report) {
        recorded.epochs.push_back(report);
        return Answer::go_on;
      },
      always);
  return recorded;
}

bool same_bits(const MetricSuite& a, const MetricSuite& b) { return std::memcmp(&a, &b, sizeof a) == 0; }

}  // namespace

TEST_CASE("a training reports every epoch with all splits, and learns") {
  Config config = small_config();
  config.training.epochs = 15;
  const Recorded recorded = record(config);
  CHECK(recorded.result.end == TrainingEnd::finished);
  REQUIRE(recorded.epochs.size() == 15);
  for (std::size_t i = 0; i < 15; ++i) {
    const EpochReport& report = recorded.epochs[i];
    CHECK(report.epoch == static_cast<int>(i) + 1);
    CHECK(report.evaluations.train);
    CHECK(report.evaluations.validation);
    CHECK(report.evaluations.test);
    CHECK(report.gradient_norm > 0.0);
    CHECK(report.samples_per_second > 0.0);
  }
  CHECK(recorded.epochs.back().evaluations.test->suite.accuracy > 0.9);
  CHECK(recorded.epochs.back().loss < recorded.epochs.front().loss);
}

TEST_CASE("the same configuration and seed give the same bits, another seed gives others") {
  for (const OptimizerKind type : {OptimizerKind::sgd, OptimizerKind::adam}) {
    Config config = small_config();
    config.training.optimizer.type = type;
    config.model.dropout = 0.1;
    const Recorded first = record(config), second = record(config), other = record(config, 2);
    for (std::size_t i = 0; i < first.epochs.size(); ++i) {
      CHECK(first.epochs[i].loss == second.epochs[i].loss);
      CHECK(first.epochs[i].gradient_norm == second.epochs[i].gradient_norm);
      CHECK(same_bits(first.epochs[i].evaluations.test->suite, second.epochs[i].evaluations.test->suite));
    }
    CHECK(first.epochs[0].loss != other.epochs[0].loss);
  }
}

TEST_CASE("the epoch that is selected is the best by validation, never by test") {
  Config config = small_config();
  config.training.epochs = 12;
  config.training.learning_rate.initial = 0.6;  // uneven on purpose
  const Recorded recorded = record(config);
  double best = INFINITY;
  for (const EpochReport& report : recorded.epochs) {
    const double loss = report.evaluations.validation->suite.log_loss;
    CHECK(report.selected == (loss < best));
    best = std::min(best, loss);
  }
  CHECK(selected_by(config) == "validation.log_loss");
}

TEST_CASE("the training set is evaluated as often, and on as much of it, as the study says") {
  const auto epochs_with_train = [](const TrainEvaluation& when, int epochs) {
    Config config = small_config();
    config.training.epochs = epochs;
    config.training.evaluate_train = when;
    std::vector<int> with;
    for (const EpochReport& report : record(config).epochs) {
      if (report.evaluations.train) with.push_back(report.epoch);
    }
    return with;
  };
  CHECK(epochs_with_train({TrainEvaluationKind::never, 1}, 4).empty());
  CHECK(epochs_with_train({TrainEvaluationKind::every, 2}, 5) == std::vector<int>{2, 4, 5});
  CHECK(epochs_with_train({TrainEvaluationKind::sample, 10}, 2) == std::vector<int>{1, 2});
}

TEST_CASE("a sample of the training set has its size, is the same every epoch, and changes no weight") {
  Config config = small_config();
  const Recorded whole = record(config);
  config.training.evaluate_train = {TrainEvaluationKind::sample, 10};
  const Recorded sampled = record(config);
  for (std::size_t i = 0; i < whole.epochs.size(); ++i) {
    std::size_t images = 0;
    for (const ClassMetrics& metrics : sampled.epochs[i].evaluations.train->classes)
      images += metrics.support;
    CHECK(images == 10);
    CHECK(sampled.epochs[i].evaluations.train->classes[0].support ==
          sampled.epochs[0].evaluations.train->classes[0].support);
    CHECK(same_bits(whole.epochs[i].evaluations.test->suite, sampled.epochs[i].evaluations.test->suite));
  }
  config.training.evaluate_train.count = 1'000'000;  // more than there are: all
  CHECK(
      same_bits(record(config).epochs[0].evaluations.train->suite, whole.epochs[0].evaluations.train->suite));
}

TEST_CASE("the time of the metrics is a part of the evaluation's") {
  for (const EpochReport& report : record(small_config()).epochs) {
    CHECK(report.metric_seconds > 0.0);
    CHECK(report.metric_seconds < report.evaluate_seconds);
  }
}

TEST_CASE("without a validation split, or by wish, the last epoch is the one selected") {
  Config config = small_config();
  config.data.validation = 0.0;
  CHECK(selected_by(config) == "last epoch");
  for (const EpochReport& report : record(config).epochs) {
    CHECK(report.selected);
    CHECK_FALSE(report.evaluations.validation);
  }
  config = small_config();
  config.training.select = Selection::last;
  for (const EpochReport& report : record(config).epochs) CHECK(report.selected);
}

TEST_CASE("early stopping ends a training that no longer improves, and says so") {
  Config config = small_config();
  config.training.epochs = 50;
  config.training.early_stopping = EarlyStoppingSettings{{SplitName::validation, "accuracy"}, 2, 0.0};
  const Recorded recorded = record(config);
  CHECK(recorded.epochs.size() < 50);
  CHECK(recorded.result.end == TrainingEnd::finished);
  CHECK(recorded.result.why == "validation.accuracy did not improve for 2 epochs");
  const std::size_t n = recorded.epochs.size();
  CHECK(recorded.epochs[n - 3].selected);
  CHECK_FALSE(recorded.epochs[n - 2].selected);
  CHECK_FALSE(recorded.epochs[n - 1].selected);
}

TEST_CASE("a loss that is not a number ends the training as diverged and says where") {
  Config config = small_config();
  config.training.learning_rate.initial = 1e30;
  const Recorded recorded = record(config);
  CHECK(recorded.result.end == TrainingEnd::diverged);
  CHECK(recorded.result.why.find("in epoch 1, batch ") != std::string::npos);
  CHECK(recorded.epochs.empty());
}

TEST_CASE("whole epochs before a divergence were reported") {
  Config config = small_config();
  config.training.learning_rate.schedule = ScheduleKind::exponential;
  config.training.learning_rate.rate = 1e18;
  const Recorded recorded = record(config);
  CHECK(recorded.result.end == TrainingEnd::diverged);
  CHECK_FALSE(recorded.epochs.empty());
}

TEST_CASE("a training stops when the listener says so, and before a batch when the flag is set") {
  const Dataset dataset = small_dataset();
  int epochs = 0;
  const auto stop_at_two = [&](const EpochReport&) { return ++epochs == 2 ? Answer::stop : Answer::go_on; };
  CHECK(train(small_config(), 1, dataset, stop_at_two, always).end == TrainingEnd::stopped);
  CHECK(epochs == 2);
  const std::atomic<bool> set = true;
  CHECK(train(small_config(), 1, dataset, stop_at_two, until(set)).end == TrainingEnd::stopped);
  CHECK(epochs == 2);
}

TEST_CASE("the plateau schedule drops the rate when its monitor stops improving") {
  Config config = small_config();
  config.training.epochs = 30;
  config.training.learning_rate.schedule = ScheduleKind::plateau;
  config.training.learning_rate.monitor = {SplitName::validation, "accuracy"};
  config.training.learning_rate.patience = 2;
  config.training.learning_rate.factor = 0.5;
  const Recorded recorded = record(config);
  CHECK(recorded.epochs.front().learning_rate == 0.05);
  CHECK(recorded.epochs.back().learning_rate < 0.05);
}

TEST_CASE("training on test, stopping by test and scheduling by test are each recorded as a leak") {
  const Dataset dataset = small_dataset();
  Config config = small_config();
  CHECK(protocol_leaks(config, dataset).empty());
  config.data.train_on = {SplitName::train, SplitName::test};
  config.training.early_stopping = EarlyStoppingSettings{{SplitName::test, "accuracy"}, 2, 0.0};
  config.training.learning_rate.schedule = ScheduleKind::plateau;
  config.training.learning_rate.monitor = {SplitName::test, "log_loss"};
  const auto leaks = protocol_leaks(config, dataset);
  REQUIRE(leaks.size() == 3);
  CHECK(leaks[0].kind == "trained_on_test");
  CHECK(leaks[0].count == 30);
  CHECK(leaks[1].kind == "selected_on_test");
  CHECK(leaks[2].kind == "scheduled_on_test");
}

TEST_CASE("a run whose monitor never is a number ends without a result and says why") {
  const auto ends = [](const Config& config) {
    Dataset dataset = small_dataset();
    dataset.labels = SharedBytes(std::vector<std::uint8_t>(120, 0));  // of one class the area is not a number
    return train(
        config, 1, dataset, [](const EpochReport&) { return Answer::go_on; }, always);
  };
  Config config = small_config();
  CHECK(ends(config).end == TrainingEnd::finished);
  const Monitor area{SplitName::validation, "auc_roc"};
  config.training.early_stopping = EarlyStoppingSettings{area, 2, 0.0};
  CHECK(ends(config).end == TrainingEnd::blind);
  CHECK(ends(config).why ==
        "early stopping looks at validation.auc_roc, which was not a number after any epoch");
  config.training.select = Selection::last;
  CHECK(ends(config).end == TrainingEnd::blind);
  config.training.early_stopping.reset();
  CHECK(ends(config).end == TrainingEnd::finished);
  config.training.learning_rate.schedule = ScheduleKind::plateau;
  config.training.learning_rate.monitor = area;
  CHECK(ends(config).why ==
        "the learning rate's plateau looks at validation.auc_roc, which was not a number after any epoch");
}
