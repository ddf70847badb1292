/// What may be written shorter, and what is advised where something cannot be read.

#include <catch2/catch.hpp>

#include "config/study_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;
using Catch::StartsWith;

TEST_CASE("a number for the learning rate is a constant rate") {
  const LearningRateSettings rate = config_of("training: {learning_rate: 0.1}\n").training.learning_rate;
  CHECK(rate.schedule == ScheduleKind::constant);
  CHECK(rate.initial == 0.1);
  CHECK(config_of("training: {learning_rate: cosine}\n").training.learning_rate.schedule ==
        ScheduleKind::cosine);
  CHECK_THAT(
      refusal_of("study: s\ntraining: {learning_rate: -1}\n"),
      StartsWith("s.yaml:2:27: training.learning_rate.initial: found '-1', expected a number above 0"));
}

TEST_CASE("a word stands for an optimizer, and one value for a list of it") {
  CHECK(config_of("training: {optimizer: adam}\n").training.optimizer.type == OptimizerKind::adam);
  CHECK(config_of("data: glyphs\n").data.source == Source::glyphs);
  CHECK(config_of("model: {hidden: 64}\n").model.hidden == std::vector{64});
  CHECK(config_of("data: {train_on: train}\n").data.train_on == std::vector{SplitName::train});
  CHECK(study_of("study: s\n", {{"model.hidden", "64"}, {"training.optimizer", "adam"}})
            .variants[0]
            .config.model.hidden == std::vector{64});
}

TEST_CASE("short forms work wherever a variant changes something, and leave one canonical text") {
  const Study study = study_of(R"(study: s
variants:
  baseline: {model.hidden: 64, training.learning_rate: 0.1}
  grid: {model.hidden: [64, [256, 64]], training.learning_rate: [0.1, 0.01, cosine]}
  exclude: [{model.hidden: [256, 64], training.learning_rate: 0.01}]
)");
  CHECK(names_of(study) == std::vector<std::string>{"hidden=64,learning_rate=0.1",
                                                    "hidden=64,learning_rate=0.01",
                                                    "hidden=64,learning_rate={schedule: cosine}",
                                                    "hidden=256-64,learning_rate=0.1",
                                                    "hidden=256-64,learning_rate={schedule: cosine}"});
  CHECK(study.variants[0].is_baseline);
  const Study again = study_of(study.yaml);
  CHECK(again.yaml == study.yaml);
  CHECK(again.plan_sha256 == study.plan_sha256);
  const Study drawn = study_of(
      "study: s\nvariants: {random: {count: 2, space: {training.optimizer: {choice: [adam, sgd]}}}}\n");
  CHECK(drawn.variants.size() == 2);
}

TEST_CASE("a later layer meets a short form as if it were written in full") {
  const Study study =
      study_of("study: s\ntraining: {learning_rate: 0.1}\n", {{"training.learning_rate.schedule", "cosine"}});
  CHECK(study.variants[0].config.training.learning_rate.initial == 0.1);
  CHECK(study.variants[0].config.training.learning_rate.schedule == ScheduleKind::cosine);
}

TEST_CASE("advice names only a setting that takes the value") {
  CHECK_THAT(refusal_of("study: s\nmodel: {type: cnn}\n"),
             StartsWith("s.yaml:2:9: unknown key 'type' in model\n  try: choices: hidden, activation"));
  CHECK_THAT(refusal_of("study: s\nmodel: {type: adam}\n"),
             Contains("did you mean training.optimizer.type?"));
  CHECK_THAT(refusal_of("study: s\nvariants: {grid: {type: [cnn, mlp]}}\n"),
             !Contains("training.optimizer.type?"));
  CHECK_THAT(refusal_of("study: s\nvariants: {grid: {skip: [none]}}\n"),
             Contains("did you mean 'model.skip'?"));
  CHECK_THAT(refusal_of("study: s\n", {{"type", "cnn"}}), !Contains("training.optimizer.type'?"));
  CHECK_THAT(refusal_of("study: s\ntraining: {learning_rate: cosin}\n"),
             Contains("expected a mapping of settings, a number, or a schedule among constant, step") &&
                 Contains("did you mean 'cosine'?"));
  CHECK_THAT(refusal_of("study: s\ntraining: {optimizer: 0.1}\n"),
             Contains("expected a mapping of settings, or a type among sgd, adam"));
}

TEST_CASE("adam with the rate that suits sgd earns a word, a rate of one's own does not") {
  const auto warnings = [](const std::string& training, const std::string& rest = "") {
    return study_of("study: s\ntraining: " + training + "\n" + rest).warnings;
  };
  REQUIRE(warnings("{optimizer: adam}").size() == 1);
  CHECK(warnings("{optimizer: adam}")[0] ==
        "s.yaml:2:23: variant 'default' uses adam with the default learning rate, 0.01, which suits sgd; "
        "training.learning_rate.initial: 0.001 is a usual start for adam");
  CHECK(warnings("{optimizer: adam, learning_rate: 0.01}").empty());
  CHECK(warnings("{optimizer: {type: adamw}, learning_rate: {initial: 0.001}}").empty());
  CHECK(warnings("{optimizer: sgd}").empty());
  CHECK(warnings("{}", "variants: {grid: {training.optimizer: [sgd, adam, rmsprop]}}\n").size() == 1);
}
