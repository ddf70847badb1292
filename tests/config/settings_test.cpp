#include <catch2/catch.hpp>

#include "config/study_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

TEST_CASE("a study with a name alone has the default configuration") {
  const Study study = study_of("study: plain\n");
  REQUIRE(study.variants.size() == 1);
  CHECK(study.variants[0].name == "default");
  CHECK_FALSE(study.variants[0].is_baseline);
  CHECK(study.variants[0].config == Config{});
  CHECK(study.variants[0].factors.empty());
  CHECK(study.report == ReportSettings{});
  CHECK(study.seeds == std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  CHECK(study.question.empty());
}

TEST_CASE("blocks that are left empty have their defaults") {
  CHECK(config_of("data:\nmodel: {}\ntraining: null\nvariants:\nreport:\n") == Config{});
}

TEST_CASE("settings of every type are read") {
  const Config config = config_of(R"(
data:
  source: emnist
  split: letters
  path: "~/emnist"
  mapping: map.txt
  transposed: false
  train_images: 500
  seed: 7
  train_on: [train, test]
  validation: 0.25
model: {hidden: [128, 64], activation: gelu, skip: none, init: {normal: 0.02}, dropout: .5}
training:
  shuffle: false
  batch_size: +32
  optimizer: {type: rmsprop, momentum: 9e-1, rho: 0.8, epsilon: 1e-6}
  learning_rate: {schedule: plateau, factor: 0.5, monitor: train.f1, patience: 2, minimum: 0.001, warmup: 1}
  early_stopping: {monitor: test.auc_roc, patience: 3, minimum_change: 0.01}
  select: last
)");
  CHECK(config.data.source == Source::emnist);
  CHECK(config.data.split == "letters");
  CHECK(config.data.path == "~/emnist");
  CHECK(config.data.mapping == "map.txt");
  CHECK(config.data.transposed == false);
  CHECK(config.data.train_images == 500);
  CHECK_FALSE(config.data.test_images.has_value());
  CHECK(config.data.seed == 7);
  CHECK(config.data.train_on == std::vector{SplitName::train, SplitName::test});
  CHECK(config.data.validation == 0.25);
  CHECK(config.model.hidden == std::vector{128, 64});
  CHECK(config.model.activation == Activation::gelu);
  CHECK(config.model.skip == Skip::none);
  CHECK(config.model.init == Init{InitKind::normal, 0.02});
  CHECK(config.model.dropout == 0.5);
  CHECK_FALSE(config.training.shuffle);
  CHECK(config.training.batch_size == 32);
  CHECK(config.training.optimizer.type == OptimizerKind::rmsprop);
  CHECK(config.training.optimizer.momentum == 0.9);
  CHECK(config.training.optimizer.rho == 0.8);
  CHECK(config.training.optimizer.epsilon == 1e-6);
  CHECK(config.training.learning_rate.monitor == Monitor{SplitName::train, "f1"});
  CHECK(config.training.learning_rate.warmup == 1);
  CHECK(config.training.early_stopping == EarlyStoppingSettings{{SplitName::test, "auc_roc"}, 3, 0.01});
  CHECK(config.training.select == Selection::last);
}

TEST_CASE("the evaluation of the training set is a word, or a word with a number") {
  const auto read = [](const std::string& value) {
    return config_of("training: {evaluate_train: " + value + "}\n").training.evaluate_train;
  };
  CHECK(read("never") == TrainEvaluation{TrainEvaluationKind::never, 1});
  CHECK(read("{every: 5}") == TrainEvaluation{TrainEvaluationKind::every, 5});
  CHECK(read("{sample: 1000}") == TrainEvaluation{TrainEvaluationKind::sample, 1000});
  CHECK(config_of("").training.evaluate_train.kind == TrainEvaluationKind::every_epoch);
  const Study grid =
      study_of("study: s\nvariants: {grid: {training.evaluate_train: [never, {every: 2}, {every: 3}]}}\n");
  CHECK(names_of(grid) == std::vector<std::string>{"evaluate_train=never", "evaluate_train={every: 2}",
                                                   "evaluate_train={every: 3}"});
}

TEST_CASE("files of an idx source are lists of names") {
  const Config config = config_of("data: {source: idx, files: {train: [a.gz, b.gz], test: [c, d]}}\n");
  CHECK(config.data.files == DataFiles{{"a.gz", "b.gz"}, {"c", "d"}});
}

TEST_CASE("early stopping is off unless it is asked for") {
  CHECK_FALSE(config_of("training: {early_stopping: null}\n").training.early_stopping);
  CHECK_FALSE(config_of("training: {early_stopping: none}\n").training.early_stopping);
  CHECK(config_of("training: {early_stopping: {}}\n").training.early_stopping == EarlyStoppingSettings{});
}

TEST_CASE("without a validation set the last epoch is selected") {
  CHECK(config_of("data: {validation: 0}\n").training.select == Selection::last);
}

TEST_CASE("seeds are a count or a list") {
  CHECK(study_of("study: s\nseeds: 3\n").seeds == std::vector<std::uint64_t>{1, 2, 3});
  CHECK(study_of("study: s\nseeds: [7, 0, 3]\n").seeds == std::vector<std::uint64_t>{7, 0, 3});
}

TEST_CASE("the question is the key or else the first comment") {
  CHECK(study_of("# Why?\n# And how?\n#\n# Copyright\nstudy: s # not this\n").question == "Why? And how?");
  CHECK(study_of("# yaml-language-server: $schema=x.json\n\n## Why?\nstudy: s\n").question == "Why?");
  CHECK(study_of("# Why?\nstudy: s\nquestion: 'Why: \"so\"?'\n").question == "Why: \"so\"?");
  CHECK(study_of("study: s\n# later\n").question.empty());
}

TEST_CASE("the report's settings are read") {
  const Study study = study_of("study: s\nreport: {primary: validation.mcc, confidence: 0.9}\n");
  CHECK(study.report == ReportSettings{{SplitName::validation, "mcc"}, 0.9});
}

TEST_CASE("anchors, aliases and merge keys share settings, a mapping's own keys first") {
  const Study study = study_of(R"(
study: s
training:
  learning_rate: &rate {schedule: cosine, initial: 0.1}
variants:
  list:
    a: {training.learning_rate: *rate}
    b: {training.learning_rate: {<<: *rate, initial: 0.2}}
    c: {training.learning_rate: {initial: 0.3, <<: [{warmup: 2, initial: 9}, {warmup: 3, <<: *rate}]}}
)");
  const auto rate = [&](std::size_t i) { return study.variants.at(i).config.training.learning_rate; };
  CHECK(rate(0).initial == 0.1);
  CHECK(rate(1).schedule == ScheduleKind::cosine);
  CHECK(rate(1).initial == 0.2);
  CHECK(rate(2).schedule == ScheduleKind::cosine);
  CHECK(rate(2).initial == 0.3);
  CHECK(rate(2).warmup == 2);
}

TEST_CASE("the option --set changes the base before variants, the last one wins") {
  const std::string text =
      "study: s\ntraining: {epochs: 3}\nvariants: {grid: {model.skip: [none, projection]}}\n";
  const Study study = study_of(text, {{"training.epochs", "5"},
                                      {"model.hidden", "[8, 8]"},
                                      {"training.epochs", "7"},
                                      {"training.optimizer", "{type: adam, beta1: 0.5}"},
                                      {"training.early_stopping.patience", "2"},
                                      {"seeds", "[4]"},
                                      {"report.confidence", "0.5"},
                                      {"study", "other"}});
  CHECK(study.name == "other");
  CHECK(study.seeds == std::vector<std::uint64_t>{4});
  CHECK(study.report.confidence == 0.5);
  REQUIRE(study.variants.size() == 2);
  for (const Variant& variant : study.variants) {
    CHECK(variant.config.training.epochs == 7);
    CHECK(variant.config.model.hidden == std::vector{8, 8});
    CHECK(variant.config.training.optimizer.beta1 == 0.5);
    CHECK(variant.config.training.early_stopping->patience == 2);
  }
}

TEST_CASE(
    "a study that asks to be blind keeps it in its canonical text, and one that does not says nothing of it") {
  const std::string text = "study: s\nvariants: {grid: {model.skip: [none, projection]}}\n";
  const Study open = study_of(text), blind = study_of(text + "report: {blind: true}\n");
  CHECK_FALSE(open.report.blind);
  CHECK_THAT(open.yaml, !Contains("blind"));
  CHECK(blind.report.blind);
  CHECK_THAT(blind.yaml, Contains("\n  blind: true\n"));
  CHECK(study_of(blind.yaml).report.blind);
  CHECK(study_of(blind.yaml).sha256 == blind.sha256);
  CHECK(blind.plan_sha256 == open.plan_sha256);  // no run is another one for it
  CHECK_THAT(refusal_of(text + "report: {blind: perhaps}\n"), Contains("report.blind"));
}

TEST_CASE("a variant's value wins over --set") {
  const Study study =
      study_of("study: s\nvariants: {list: {a: {training.epochs: 2}}}\n", {{"training.epochs", "9"}});
  CHECK(study.variants[0].config.training.epochs == 2);
}

TEST_CASE("a new schedule by --set drops the keys of the old one") {
  const std::string text = "study: s\ntraining: {learning_rate: {schedule: step, every: 3, initial: 0.2}}\n";
  const Study study = study_of(text, {{"training.learning_rate.schedule", "cosine"}});
  CHECK(study.variants[0].config.training.learning_rate.initial == 0.2);
  CHECK(study.variants[0].config.training.learning_rate.every == LearningRateSettings{}.every);
  CHECK_THAT(refusal_of(text, {{"training.learning_rate.schedule", "cosine"},
                               {"training.learning_rate.every", "4"}}),
             Contains("training.learning_rate.every belongs to schedule step"));
}

TEST_CASE("texts of --set split at the first equals sign") {
  CHECK(parse_override("data.path=/a=b") == Override{"data.path", "/a=b"});
  CHECK(parse_override("training.early_stopping=") == Override{"training.early_stopping", ""});
  CHECK_THROWS_AS(parse_override("training.epochs"), RequestError);
  CHECK_THROWS_AS(parse_override("=5"), RequestError);
}
