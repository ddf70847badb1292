#include "config/differences.hpp"

#include <catch2/catch.hpp>

#include "config/study_support.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

std::string told(const std::string& first, const std::string& second) {
  std::string text;
  for (const ConfigDifference& found : config_differences(config_of(first), config_of(second)))
    text += found.key + ": " + found.first.value_or("-") + " | " + found.second.value_or("-") + "\n";
  return text;
}

}  // namespace

TEST_CASE("two configurations differ in the settings that have other values, defaults written out") {
  CHECK(told("", "").empty());
  CHECK(told("model: {skip: none, hidden: [64, 32]}", "model: {skip: projection, hidden: [64]}") ==
        "model.hidden: [64, 32] | [64]\nmodel.skip: none | projection\n");
}

TEST_CASE("a setting that belongs to another choice, or to a block that is absent, is told as absent") {
  CHECK(told("training: {learning_rate: {schedule: step, initial: 0.1, factor: 0.5, every: 3}}",
             "training: {learning_rate: {schedule: constant, initial: 0.1}}") ==
        "training.learning_rate.schedule: step | constant\n"
        "training.learning_rate.factor: 0.5 | -\n"
        "training.learning_rate.every: 3 | -\n");
  const std::string stopping =
      told("", "training: {early_stopping: {monitor: validation.log_loss, patience: 2}}");
  CHECK_THAT(stopping, Catch::Contains("training.early_stopping.patience: - | 2\n"));
  CHECK_THAT(told("model: {init: he_normal}", "model: {init: {normal: 0.02}}"),
             Catch::Contains("model.init: he_normal | {normal: 0.02}\n"));
}
