#include "train/checkpoint.hpp"

#include <cstring>

#include <catch2/catch.hpp>

#include "support/small_data.hpp"
#include "train/trainer.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

Config config_with(OptimizerKind type, double momentum = 0.0) {
  Config config;
  config.data.validation = 0.2;
  config.model.hidden = {6};
  config.model.dropout = 0.2;
  config.training.epochs = 12;
  config.training.batch_size = 8;
  config.training.optimizer.type = type;
  config.training.optimizer.momentum = momentum;
  config.training.learning_rate.initial = type == OptimizerKind::sgd ? 0.6 : 0.05;
  config.training.learning_rate.schedule = ScheduleKind::plateau;
  config.training.learning_rate.patience = 1;
  config.training.early_stopping = EarlyStoppingSettings{{SplitName::validation, "accuracy"}, 5, 0.0};
  return config;
}

/// Every number of every epoch, and the checkpoint after each.
struct Recorded {
  std::vector<std::vector<double>> epochs;
  std::vector<std::vector<std::uint8_t>> checkpoints;
  TrainingResult result;
};

Recorded record(const Config& config, std::span<const std::uint8_t> from = {}) {
  Recorded recorded;
  const auto listener = [&](const EpochReport& report) {
    std::vector<double>& numbers = recorded.epochs.emplace_back();
    numbers = {static_cast<double>(report.epoch), report.learning_rate, report.loss, report.gradient_norm,
               report.selected ? 1.0 : 0.0};
    const MetricSuite& suite = report.evaluations.test->suite;
    numbers.insert(numbers.end(), {suite.accuracy, suite.log_loss, suite.auc_roc});
    const std::vector<float> weights = report.network->weights();
    numbers.insert(numbers.end(), weights.begin(), weights.end());
    recorded.checkpoints.emplace_back(report.checkpoint.begin(), report.checkpoint.end());
    return Answer::go_on;
  };
  recorded.result = train(config, 3, small_dataset(), listener, [] { return true; }, {from, true});
  return recorded;
}

}  // namespace

TEST_CASE("from the checkpoint of any epoch a training goes on to the same bits, whatever the optimiser") {
  for (const auto& config : {config_with(OptimizerKind::sgd), config_with(OptimizerKind::sgd, 0.9),
                             config_with(OptimizerKind::adam), config_with(OptimizerKind::adamw),
                             config_with(OptimizerKind::rmsprop, 0.5), config_with(OptimizerKind::adagrad)}) {
    CAPTURE(to_string(config.training.optimizer.type));
    const Recorded whole = record(config);
    REQUIRE(whole.epochs.size() > 3);
    for (std::size_t after = 0; after < whole.epochs.size(); ++after) {
      const Recorded rest = record(config, whole.checkpoints[after]);
      CHECK(rest.epochs ==
            std::vector(whole.epochs.begin() + static_cast<std::ptrdiff_t>(after) + 1, whole.epochs.end()));
      CHECK(rest.result.why == whole.result.why);
      if (!rest.checkpoints.empty()) CHECK(rest.checkpoints.back() == whole.checkpoints.back());
    }
  }
}

TEST_CASE("a checkpoint of another network, another optimiser, or cut short is refused and changes nothing") {
  const Config config = config_with(OptimizerKind::adam);
  const std::vector<std::uint8_t> good = record(config).checkpoints.front();
  Config wider = config;
  wider.model.hidden = {7};
  CHECK_THROWS_WITH(record(wider, good), Catch::Contains("another network"));
  CHECK_THROWS_AS(record(config_with(OptimizerKind::sgd), good), std::invalid_argument);
  for (std::size_t length = 0; length < good.size(); length += 7) {
    std::vector<std::uint8_t> cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length));
    if (!cut.empty()) CHECK_THROWS_AS(record(config, cut), std::invalid_argument);
  }
  std::vector<std::uint8_t> long_one = good;
  long_one.push_back(0);
  CHECK_THROWS_WITH(record(config, long_one), Catch::Contains("too long"));

  const Dataset dataset = small_dataset();
  Training training(config, 3, dataset);
  Judge judge(config);
  const std::vector<float> before(training.network().parameters().begin(),
                                  training.network().parameters().end());
  CHECK_THROWS_AS(restore_checkpoint(std::span(good).first(good.size() - 1), training, judge),
                  std::invalid_argument);
  CHECK(std::equal(before.begin(), before.end(), training.network().parameters().begin()));
}
