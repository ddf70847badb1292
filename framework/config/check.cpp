#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "config/config_reader.hpp"
#include "config/config_writer.hpp"
#include "config/scalars.hpp"

namespace ablate {
namespace {

/// Says what contradicts what, at the place of a setting.
class Checker {
 public:
  Checker(const Node& tree, const ReadContext& context) : tree_(tree), context_(context) {}

  void require(bool holds, const char* path, const std::string& what, const std::string& hint) const {
    if (!holds) refuse(locate(tree_, path), context_, what, hint);
  }

 private:
  const Node& tree_;
  const ReadContext& context_;
};

void check_data(const DataSettings& data, const Checker& checker) {
  const auto count = [&](SplitName split) {
    return std::count(data.train_on.begin(), data.train_on.end(), split);
  };
  checker.require(
      count(SplitName::train) == 1 && count(SplitName::validation) == 0 && count(SplitName::test) <= 1,
      "data.train_on", "data.train_on holds train and perhaps test, each once",
      "[train], or [train, test] for a protocol that trains on the test set");
}

void check_model(const ModelSettings& model, const Checker& checker) {
  const bool equal = std::adjacent_find(model.hidden.begin(), model.hidden.end(), std::not_equal_to<>()) ==
                     model.hidden.end();
  checker.require(
      model.skip != Skip::identity || equal, "model.skip",
      "skip identity adds a layer's input to its output, so all widths in model.hidden must be equal",
      "skip: projection maps between widths");
}

void check_learning_rate(const LearningRateSettings& rate, const Checker& checker) {
  if (rate.schedule == ScheduleKind::milestones) {
    const bool rising =
        std::adjacent_find(rate.at.begin(), rate.at.end(), std::greater_equal<>()) == rate.at.end();
    checker.require(!rate.at.empty() && rising, "training.learning_rate.at",
                    "schedule milestones needs `at`: the epochs, in rising order", "at: [10, 15]");
  }
  checker.require(rate.minimum <= rate.initial, "training.learning_rate.minimum",
                  fmt::format("training.learning_rate.minimum {} is above initial {}",
                              number_text(rate.minimum), number_text(rate.initial)),
                  "lower minimum");
  checker.require(rate.schedule != ScheduleKind::one_cycle || rate.peak >= rate.initial,
                  "training.learning_rate.peak",
                  fmt::format("training.learning_rate.peak {} is below initial {}", number_text(rate.peak),
                              number_text(rate.initial)),
                  "the cycle begins at initial and rises to peak");
}

void check_monitors(const Config& config, const Checker& checker) {
  const auto check = [&](const Monitor& monitor, const char* path) {
    checker.require(config.data.validation > 0 || monitor.split != SplitName::validation, path,
                    fmt::format("{} looks at {}, but data.validation is 0", path, to_string(monitor)),
                    "data.validation: 0.1");
    const TrainEvaluationKind train = config.training.evaluate_train.kind;
    checker.require(monitor.split != SplitName::train || train == TrainEvaluationKind::every_epoch ||
                        train == TrainEvaluationKind::sample,
                    path,
                    fmt::format("{} looks at {} every epoch, but training.evaluate_train is {}", path,
                                to_string(monitor), flow_text(value_node(config.training.evaluate_train))),
                    "evaluate_train: {sample: 10000}, or a monitor on validation");
  };
  const TrainingSettings& training = config.training;
  if (training.early_stopping) check(training.early_stopping->monitor, "training.early_stopping.monitor");
  if (training.learning_rate.schedule == ScheduleKind::plateau) {
    check(training.learning_rate.monitor, "training.learning_rate.monitor");
  }
}

}  // namespace

void check_config(const Resolved& config, const Node& tree, const ReadContext& context) {
  if (config.trainer) return;  // its own program knows what contradicts what
  const Checker checker(tree, context);
  check_data(config.data, checker);
  check_model(config.model, checker);
  const OptimizerSettings& optimizer = config.training.optimizer;
  checker.require(!optimizer.nesterov || optimizer.momentum > 0, "training.optimizer.nesterov",
                  "training.optimizer.nesterov looks ahead along the momentum, which is 0", "momentum: 0.9");
  check_learning_rate(config.training.learning_rate, checker);
  check_monitors(config, checker);
}

}  // namespace ablate
