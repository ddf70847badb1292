/// The designs, each with its exact variants.

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "config/study_support.hpp"
#include "support/source_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;
using Catch::StartsWith;
using Names = std::vector<std::string>;

namespace {

Study with_variants(const std::string& variants) { return study_of("study: s\nvariants:\n" + variants); }

std::string refusal_of_variants(const std::string& variants) {
  return refusal_of("study: s\nvariants:\n" + variants);
}

/// "skip=none hidden=64": a variant's factors by the last part of their keys.
std::string factors_of(const Variant& variant) {
  std::string text;
  for (const Factor& factor : variant.factors) {
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", factor.key.substr(factor.key.rfind('.') + 1),
                        to_string(factor.value));
  }
  return text;
}

}  // namespace

TEST_CASE("zip takes the values of its keys in step") {
  const Study study =
      with_variants("  zip: {model.hidden: [[64], [256], [64, 32]], training.batch_size: [16, 64, 32]}\n");
  CHECK(names_of(study) ==
        Names{"hidden=64,batch_size=16", "hidden=256,batch_size=64", "hidden=64-32,batch_size=32"});
  CHECK(study.variants[1].config.model.hidden == std::vector{256});
  CHECK(study.variants[1].config.training.batch_size == 64);
  CHECK(study.variants[2].factors[0].value == Value("[64, 32]"));
  CHECK(study.variants[2].factors[1].value == Value(std::int64_t{32}));
}

TEST_CASE("zip of unequal lengths is refused at the list that differs from the first") {
  CHECK_THAT(
      refusal_of_variants("  zip:\n    model.hidden: [[64], [256]]\n    training.batch_size: [16, 64, 32]\n"),
      StartsWith(
          "s.yaml:5:26: variants.zip.training.batch_size has 3 values, but model.hidden has 2: zip takes "
          "them in step\n  try: give every key as many values"));
  CHECK_THAT(refusal_of_variants("  zip: {model.hidden: [[64]], training.epochs: 3}\n"),
             StartsWith("s.yaml:3:48: variants.zip.training.epochs: found '3', expected a list of values"));
  CHECK_THAT(refusal_of_variants("  zip: {}\n"), Contains("at least one key"));
}

TEST_CASE("one_at_a_time makes the baseline first, then each change alone") {
  const Study study = with_variants(R"(
  baseline: {model.skip: none}
  one_at_a_time:
    model.skip: [none, projection]
    model.hidden: [[64], [256], [64, 32]]
    training.early_stopping: [none, {patience: 2}]
)");
  CHECK(names_of(study) ==
        Names{"baseline", "skip=projection", "hidden=64", "hidden=64-32", "early_stopping={patience: 2}"});
  CHECK(study.variants[0].is_baseline);
  CHECK(factors_of(study.variants[0]) == "skip=none");
  CHECK(factors_of(study.variants[1]) == "skip=projection");
  CHECK(factors_of(study.variants[2]) == "skip=none hidden=64");
  CHECK(study.variants[2].config.model.skip == Skip::none);
  CHECK(study.variants[4].config.model.skip == Skip::none);
  CHECK(study.variants[4].config.training.early_stopping->patience == 2);
  for (std::size_t i = 1; i < study.variants.size(); ++i) CHECK_FALSE(study.variants[i].is_baseline);
}

TEST_CASE("without a word on it the baseline of one_at_a_time is the base") {
  const Study study = with_variants("  one_at_a_time: {model.skip: [none], model.dropout: [0.2]}\n");
  CHECK(names_of(study) == Names{"baseline", "skip=none", "dropout=0.2"});
  CHECK(study.variants[0].is_baseline);
  CHECK(study.variants[0].config == Config{});
  CHECK(study.variants[0].factors.empty());
  CHECK(study.variants[2].config.model.skip == Skip::projection);
}

TEST_CASE("a change of one_at_a_time wins over the baseline's, whichever holds the other") {
  const Study study = with_variants(R"(
  baseline:
    training.optimizer: {type: sgd, momentum: 0.9}
    training.learning_rate.initial: 0.5
    training.learning_rate.every: 3
  one_at_a_time:
    training.optimizer.type: [adam]
    training.optimizer.momentum: [0.5]
    training.learning_rate: [{schedule: constant}]
    training.learning_rate.schedule: [cosine]
)");
  CHECK(names_of(study) ==
        Names{"baseline", "type=adam", "momentum=0.5", "learning_rate=constant", "schedule=cosine"});
  CHECK(study.variants[1].config.training.optimizer.type == OptimizerKind::adam);
  CHECK(study.variants[2].config.training.optimizer.momentum == 0.5);
  CHECK(study.variants[3].config.training.learning_rate.initial == LearningRateSettings{}.initial);
  CHECK(study.variants[4].config.training.learning_rate.initial == 0.5);
  CHECK(names_of(study_of(study.yaml)) == names_of(study));
  for (std::size_t i = 0; i < study.variants.size(); ++i) {
    INFO(study.variants[i].name);
    CHECK(study_of(study.yaml).variants[i].config == study.variants[i].config);
  }
}

TEST_CASE("a zip inside one_at_a_time is one change of several keys") {
  const Study study = with_variants(
      "  one_at_a_time:\n"
      "    zip: {training.batch_size: [16, 64], training.learning_rate.initial: [0.01, 0.04]}\n"
      "    model.skip: [none]\n");
  CHECK(names_of(study) == Names{"baseline", "batch_size=64,initial=0.04", "skip=none"});
  CHECK(study.variants[1].config.training.learning_rate.initial == 0.04);
}

TEST_CASE("one_at_a_time refuses a key that changes nothing, and other designs inside it") {
  CHECK_THAT(
      refusal_of_variants("  baseline: {model.skip: none}\n  one_at_a_time: {model.skip: [none]}\n"),
      StartsWith("s.yaml:4:19: variants.one_at_a_time.model.skip holds nothing but the baseline's value"));
  CHECK_THAT(refusal_of_variants("  one_at_a_time: {random: {count: 1}}\n"),
             StartsWith("s.yaml:3:19: random cannot be inside variants.one_at_a_time\n  try: it takes keys "
                        "and zip"));
  CHECK_THAT(refusal_of_variants("  one_at_a_time: {model.skip: [none, none]}\n"),
             Contains("are the same configuration"));
  CHECK_THAT(refusal_of_variants("  one_at_a_time: {model.skip: none}\n"),
             Contains("expected a list of values"));
  CHECK_THAT(
      refusal_of_variants("  one_at_a_time: {model.skip: [nun]}\n"),
      StartsWith("s.yaml:3:32: model.skip: found 'nun', expected one of none, projection, identity, in "
                 "variant 'skip=nun'"));
}

TEST_CASE("a zip inside a grid is one axis of it") {
  const Study study = with_variants(
      "  grid: {zip: {model.hidden: [[64], [256]], training.batch_size: [16, 64]}, model.skip: [none, "
      "projection]}\n");
  CHECK(names_of(study) ==
        Names{"hidden=64,batch_size=16,skip=none", "hidden=64,batch_size=16,skip=projection",
              "hidden=256,batch_size=64,skip=none", "hidden=256,batch_size=64,skip=projection"});
}

TEST_CASE("a random space inside a grid is crossed with it: the same draws with every value") {
  const Study study = with_variants(
      "  grid: {model.skip: [none, projection], random: {count: 3, space: {model.dropout: {uniform: [0, "
      "0.5]}}}}\n");
  REQUIRE(study.variants.size() == 6);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(study.variants[i].config.model.skip == Skip::none);
    CHECK(study.variants[i + 3].config.model.skip == Skip::projection);
    CHECK(study.variants[i].config.model.dropout == study.variants[i + 3].config.model.dropout);
  }
}

TEST_CASE("designs that do not combine are refused with what does") {
  CHECK_THAT(
      refusal_of_variants("  grid: {model.skip: [none]}\n  zip: {model.hidden: [[8]]}\n"),
      StartsWith("s.yaml:4:8: variants has both grid and zip, expected one of them\n  try: grid takes a "
                 "zip and a random inside it"));
  CHECK_THAT(refusal_of_variants("  list: {a: {}}\n  random: {count: 1}\n"),
             Contains("both list and random"));
  CHECK_THAT(
      refusal_of_variants("  grid: {list: {a: {}}}\n"),
      StartsWith("s.yaml:3:10: list cannot be inside variants.grid\n  try: grid combines keys with zip "
                 "and with random"));
  CHECK_THAT(refusal_of_variants("  grid: {one_at_a_time: {}}\n"), Contains("cannot be inside"));
  CHECK_THAT(refusal_of_variants("  zip: {grid: {}}\n"), Contains("unknown setting 'grid' in variants.zip"));
  CHECK_THAT(refusal_of_variants("  grid: {model.skip: [none], zip: {model.skip: [none, projection]}}\n"),
             StartsWith("s.yaml:3:36: model.skip is in variants.grid twice"));
}

TEST_CASE("only keeps the variants that have all values of an entry") {
  const std::string grid =
      "  grid: {model.skip: [none, projection, identity], model.hidden: [[64], [256], [64, 32]]}\n";
  CHECK(names_of(with_variants(grid + "  only: [{model.skip: none}, {model.skip: projection, model.hidden: "
                                      "[64, 32]}]\n")) == Names{"skip=none,hidden=64", "skip=none,hidden=256",
                                                                "skip=none,hidden=64-32",
                                                                "skip=projection,hidden=64-32"});
}

TEST_CASE("a condition may list values, of which a variant has one") {
  const std::string grid =
      "  grid: {model.skip: [none, projection, identity], model.hidden: [[64], [256], [64, 32]]}\n";
  CHECK(names_of(with_variants(grid +
                               "  only: [{model.skip: [none, identity], model.hidden: [[64], [256]]}]\n")) ==
        Names{"skip=none,hidden=64", "skip=none,hidden=256", "skip=identity,hidden=64",
              "skip=identity,hidden=256"});
  CHECK(names_of(with_variants(grid + "  exclude: [{model.skip: [identity, projection]}, {model.hidden: [64, "
                                      "32]}]\n")) == Names{"skip=none,hidden=64", "skip=none,hidden=256"});
  CHECK(names_of(with_variants(
            "  list: {a: {}, b: {training.optimizer: {type: adam}}, c: {training.optimizer: {type: adamw}}}\n"
            "  only: [{training.optimizer: [{type: adam}, {type: sgd}]}]\n")) == Names{"a", "b"});
}

TEST_CASE("only and exclude hold together") {
  CHECK(names_of(with_variants("  grid: {model.skip: [none, projection], model.hidden: [[64], [256]]}\n"
                               "  only: [{model.skip: none}]\n  exclude: [{model.hidden: [64]}]\n")) ==
        Names{"skip=none,hidden=256"});
}

TEST_CASE("conditions that leave nothing, or cannot be, are refused with their place") {
  const std::string grid = "  grid: {model.skip: [none, projection]}\n";
  CHECK_THAT(refusal_of_variants(grid + "  only: [{model.skip: identity}]\n"),
             StartsWith("s.yaml:4:9: variants.only leaves no variant"));
  CHECK_THAT(refusal_of_variants(grid + "  exclude: [{model.skip: [none, projection]}]\n"),
             StartsWith("s.yaml:4:12: variants.exclude leaves no variant"));
  CHECK_THAT(refusal_of_variants(grid + "  only: [{model.dropout: 0.5, model.skip: nun}]\n"),
             StartsWith("s.yaml:4:43: model.skip: found 'nun'"));
  CHECK_THAT(refusal_of_variants(grid + "  only: {model.skip: none}\n"),
             StartsWith("s.yaml:4:9: variants.only: found a mapping, expected a list of mappings"));
  CHECK_THAT(refusal_of_variants(grid + "  only: [{model.skip: []}]\n"),
             Contains("a list of values of which"));
  CHECK_THAT(refusal_of_variants(grid + "  only: [{}]\n"), Contains("expected a mapping of keys and values"));
  CHECK_THAT(refusal_of_variants(grid + "  only: [{model.skp: none}]\n"),
             StartsWith("s.yaml:4:11: unknown setting 'model.skp' in variants.only"));
}

TEST_CASE("a baseline that only or exclude drops is refused") {
  CHECK_THAT(
      refusal_of_variants("  baseline: {model.skip: none}\n  one_at_a_time: {model.hidden: [[8]]}\n"
                          "  exclude: [{model.hidden: [256]}]\n"),
      StartsWith("s.yaml:3:13: no variant is the base configuration with the baseline's changes\n  try: "
                 "variants.only and variants.exclude must keep it"));
  CHECK_THAT(
      refusal_of_variants("  baseline: {}\n  random: {count: 2, space: {model.dropout: {uniform: [0.1, "
                          "0.2]}}}\n"),
      StartsWith("s.yaml:3:13: no variant is the base") && Contains("leave variants.baseline out"));
}

TEST_CASE("every design is read again from its canonical text") {
  for (const char* variants :
       {"{zip: {model.hidden: [[64], [256]], training.batch_size: [16, 64]}}",
        "{baseline: {training.early_stopping: none}, one_at_a_time: {training.early_stopping.patience: [2], "
        "model.init: [{normal: 0.1}]}}",
        "{baseline: {training.optimizer: {type: sgd, momentum: 0.9}}, one_at_a_time: "
        "{training.optimizer.type: "
        "[adam, rmsprop], training.optimizer: [{}]}}",
        "{random: {count: 5, seed: 3, space: {model.dropout: {uniform: [0, 0.5]}, model.hidden: "
        "{int_uniform: "
        "[8, 64]}}}}",
        "{grid: {model.skip: [none, projection], zip: {model.hidden: [[64], [256]], training.epochs: [1, "
        "2]}}, "
        "only: [{model.skip: none}], factors: {skip: model.skip, size: {key: model.hidden, labels: {'64': "
        "small}}}}"}) {
    INFO(variants);
    const Study study = study_of(fmt::format("study: s\nvariants: {}\n", variants));
    const Study again = study_of(study.yaml);
    CHECK(again.yaml == study.yaml);
    CHECK(again.plan_sha256 == study.plan_sha256);
    REQUIRE(names_of(again) == names_of(study));
    for (std::size_t i = 0; i < study.variants.size(); ++i) {
      const Variant& a = study.variants[i];
      const Variant& b = again.variants[i];
      CHECK(a.config == b.config);
      CHECK(a.is_baseline == b.is_baseline);
      CHECK(factors_of(a) == factors_of(b));
      for (std::size_t k = 0; k < a.factors.size(); ++k) CHECK(a.factors[k].label == b.factors[k].label);
    }
  }
}

TEST_CASE("the studies in configs/ that show a design have these variants") {
  const auto names = [](const std::string& file) {
    const std::string path = fmt::format("{}/configs/{}.yaml", source_folder().string(), file);
    const Study study = load_study(path, {}, metric_names_of_design);
    CHECK(study.name == file);
    CHECK(study.question.ends_with("?"));
    return names_of(study);
  };
  CHECK(names("design_zip") ==
        Names{"batch=small,rate=0.01", "batch=medium,rate=0.04", "batch=large,rate=0.16"});
  CHECK(names("design_one_at_a_time") == Names{"baseline", "skip=none", "activation=tanh", "init=normal",
                                               "schedule=constant", "train_biases=false"});
  CHECK(names("design_random").size() == 12);
  CHECK(names("design_nested") == Names{"width=narrow,batch=16,rate=0.01,skip=none,activation=relu",
                                        "width=narrow,batch=16,rate=0.01,skip=projection,activation=relu",
                                        "width=narrow,batch=16,rate=0.01,skip=projection,activation=tanh",
                                        "width=medium,batch=32,rate=0.02,skip=none,activation=relu",
                                        "width=medium,batch=32,rate=0.02,skip=projection,activation=relu",
                                        "width=medium,batch=32,rate=0.02,skip=projection,activation=tanh",
                                        "width=wide,batch=64,rate=0.04,skip=none,activation=relu",
                                        "width=wide,batch=64,rate=0.04,skip=projection,activation=relu"});
}
