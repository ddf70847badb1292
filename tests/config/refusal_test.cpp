/// What is wrong with a study file, and what the user is told.

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "config/study_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

struct Mistake {
  std::string text;   ///< after "study: s\n"
  std::string place;  ///< "line:column"
  std::string complaint;
};

void check(const std::vector<Mistake>& mistakes) {
  for (const Mistake& mistake : mistakes) {
    INFO(mistake.text);
    const std::string refusal = refusal_of("study: s\n" + mistake.text);
    CHECK_THAT(refusal, StartsWith("s.yaml:" + mistake.place + ": "));
    CHECK_THAT(refusal, Contains(mistake.complaint));
  }
}

}  // namespace

TEST_CASE("an unknown key is answered with its place and the nearest one") {
  check({{"traning: {}\n", "2:1", "unknown key 'traning' in the study\n  try: did you mean 'training'?"},
         {"training:\n  epoch: 3\n", "3:3", "unknown key 'epoch' in training\n  try: did you mean 'epochs'?"},
         {"seed: 10\n", "2:1", "did you mean 'seeds'?"},
         {"model: {skip: none, skp: none}\n", "2:21", "did you mean 'skip'?"},
         {"training: {momentum: 0.9}\n", "2:12", "did you mean training.optimizer.momentum?"},
         {"training: {early_stopping: {patiance: 1}}\n", "2:29", "did you mean 'patience'?"},
         {"report: {primery: test.f1}\n", "2:10", "unknown key 'primery' in report"},
         {"variants: {grit: {}}\n", "2:12", "did you mean 'grid'?"}});
}

TEST_CASE("a duplicate key is refused") {
  check({{"model: {skip: none}\nmodel: {}\n", "3:1", "duplicate key 'model'"},
         {"training:\n  epochs: 3\n  epochs: 4\n", "4:3", "duplicate key 'epochs'"},
         {"study: t\n", "2:1", "duplicate key 'study'"},
         {"model: {<<: {skip: none}, <<: {}}\n", "2:27", "duplicate key '<<'"}});
}

TEST_CASE("a value of the wrong type is refused with what was found and expected") {
  check(
      {{"training: {epochs: ten}\n", "2:20", "training.epochs: found 'ten', expected a whole number from 1"},
       {"training: {epochs: 2.5}\n", "2:20", "found '2.5', expected a whole number"},
       {"training: {epochs: '3'}\n", "2:20", "found the text '3', expected a whole number"},
       {"training: {epochs: [3]}\n", "2:20", "found a list"},
       {"training: {epochs: }\n", "2:20", "found nothing"},
       {"training: {epochs: 99999999999999999999}\n", "2:20", "expected a whole number"},
       {"training: {shuffle: yes}\n", "2:21", "training.shuffle: found 'yes', expected true or false"},
       {"training: 5\n", "2:11", "training: found '5', expected a mapping"},
       {"training: {optimizer: adma}\n", "2:23",
        "training.optimizer: found 'adma', expected a mapping of settings, or a type among sgd, adam, adamw, "
        "rmsprop, adagrad\n  try: did you mean 'adam'?"},
       {"model: {hidden: wide}\n", "2:17", "model.hidden: found 'wide', expected a whole number"},
       {"model: {hidden: [64, wide]}\n", "2:22", "model.hidden: found 'wide'"},
       {"model: {init: {uniform: 1}}\n", "2:15",
        "expected one of he_normal, he_uniform, glorot_uniform, {normal: 0.01}"},
       {"model: {init: normal}\n", "2:15", "expected one of he_normal"},
       {"model: {init: he_norml}\n", "2:15", "did you mean 'he_normal'?"},
       {"model: {init: {he_normal: 1}}\n", "2:15", "expected one of he_normal"},
       {"training: {evaluate_train: {sampel: 5}}\n", "2:28",
        "expected one of every_epoch, never, {every: 10}, {sample: 10}\n  try: did you mean 'sample'?"},
       {"training: {evaluate_train: every}\n", "2:28", "found 'every', expected one of every_epoch"},
       {"training: {evaluate_train: {every: 0}}\n", "2:36",
        "training.evaluate_train.every: found '0', expected a whole number from 1"},
       {"data: {source: idx, path: [a]}\n", "2:27", "data.path: found a list, expected text"},
       {"question: [a]\n", "2:11", "question: found a list"},
       {"seeds: many\n", "2:8", "seeds: found 'many'"},
       {"variants: [1]\n", "2:11", "variants: found a list"},
       {"report: 1\n", "2:9", "report: found '1'"}});
}

TEST_CASE("a value out of range is refused with the range") {
  check({{"training: {epochs: 0}\n", "2:20", "found '0', expected a whole number from 1 to 1000000"},
         {"model: {dropout: 1}\n", "2:18", "model.dropout: found '1', expected a number from 0 to below 1"},
         {"model: {dropout: .nan}\n", "2:18", "found '.nan'"},
         {"model: {dropout: inf}\n", "2:18", "found 'inf'"},
         {"model: {hidden: [0]}\n", "2:18", "model.hidden: found '0'"},
         {"model: {hidden: []}\n", "2:17", "model.hidden: found 0 items, expected 1 to 64"},
         {"model: {init: {normal: 0}}\n", "2:24", "model.init.normal: found '0', expected a number above 0"},
         {"model: {skip: projektion}\n", "2:15",
          "expected one of none, projection, identity\n  try: did you mean 'projection'?"},
         {"training: {learning_rate: {initial: 0}}\n", "2:37", "expected a number above 0, at most 1000"},
         {"seeds: 0\n", "2:8", "seeds: found '0', expected a whole number from 1 to 10000"},
         {"seeds: 10001\n", "2:8", "seeds: found '10001'"},
         {"seeds: []\n", "2:8", "seeds: found 0 items"},
         {"seeds: [1, -1]\n", "2:12", "seeds: found '-1', expected a whole number of at least 0"},
         {"seeds: [1, 2, 1]\n", "2:8", "seeds: 1 is listed twice"},
         {"report: {confidence: 1}\n", "2:22", "expected a number above 0, below 1"}});
}

TEST_CASE("a key that does not belong to the chosen optimizer, schedule or source is refused") {
  check({{"training: {optimizer: {type: sgd, beta1: 0.5}}\n", "2:42",
          "training.optimizer.beta1 belongs to type adam, adamw, but type is 'sgd'"},
         {"training: {learning_rate: {every: 5, schedule: cosine}}\n", "2:35",
          "training.learning_rate.every belongs to schedule step, but schedule is 'cosine'"},
         {"data: {path: /x}\n", "2:14", "data.path belongs to source fashion_mnist, emnist, idx, csv"}});
}

TEST_CASE("a monitor is a split and a known metric") {
  check({{"training: {early_stopping: {monitor: validation.logloss}}\n", "2:38", "did you mean 'log_loss'?"},
         {"training: {early_stopping: {monitor: valid.log_loss}}\n", "2:38",
          "expected one of train, validation, test"},
         {"report: {primary: accuracy}\n", "2:19", "expected a split and a metric"}});
}

TEST_CASE("settings that contradict each other are refused") {
  check(
      {{"training: {early_stopping: {monitor: train.log_loss}, evaluate_train: {every: 2}}\n", "2:38",
        "training.early_stopping.monitor looks at train.log_loss every epoch, but training.evaluate_train is "
        "{every: 2}"},
       {"report: {primary: train.accuracy}\ntraining: {evaluate_train: never}\n", "2:19",
        "report.primary is train.accuracy, but training.evaluate_train of variant 'default' is never"},
       {"model: {skip: identity, hidden: [64, 32]}\n", "2:15", "all widths in model.hidden must be equal"},
       {"training: {optimizer: {nesterov: true}}\n", "2:34", "momentum, which is 0"},
       {"data: {validation: 0}\ntraining: {early_stopping: {patience: 2}}\n", "3:28", "data.validation is 0"},
       {"data: {validation: 0}\ntraining: {learning_rate: {schedule: plateau}}\n", "3:27",
        "data.validation is 0"},
       {"data: {train_on: [test]}\n", "2:18", "data.train_on holds train"},
       {"data: {train_on: [train, train]}\n", "2:18", "data.train_on holds train"},
       {"data: {train_on: [train, validation]}\n", "2:18", "data.train_on holds train"},
       {"training: {learning_rate: {schedule: milestones}}\n", "2:27", "needs `at`"},
       {"training: {learning_rate: {schedule: milestones, at: [5, 5]}}\n", "2:54", "in rising order"},
       {"training: {learning_rate: {schedule: cosine, minimum: 0.1}}\n", "2:55",
        "minimum 0.1 is above initial 0.01"},
       {"training: {learning_rate: {schedule: one_cycle, initial: 0.5}}\n", "2:27",
        "peak 0.1 is below initial 0.5"}});
  CHECK(refusal_of("study: s\nmodel: {skip: identity, hidden: [64, 64]}\n").empty());
  CHECK(refusal_of("study: s\ndata: {validation: 0}\ntraining: {early_stopping: {monitor: test.f1}}\n")
            .empty());
}

TEST_CASE("a study needs a name that can be that of a folder") {
  for (const char* name : {"", "''", "a/b", "..", "\"a\\nb\"", "[a]"}) {
    INFO(name);
    CHECK_THAT(refusal_of(std::string("study: ") + name + "\n"), StartsWith("s.yaml:1:"));
  }
  CHECK_THAT(refusal_of("study: " + std::string(101, 'x') + "\n"), Contains("1 to 100 characters"));
  CHECK(refusal_of("study: " + std::string(100, 'x') + "\n").empty());
  CHECK_THAT(refusal_of("seeds: 3\n"), Contains("the key `study` is missing"));
}

TEST_CASE("a wrong --set is refused with its own text as the place") {
  CHECK_THAT(refusal_of("study: s\n", {{"training.epochs", "x"}}),
             StartsWith("--set training.epochs=x: training.epochs: found 'x', expected a whole number"));
  CHECK_THAT(refusal_of("study: s\n", {{"training.epoch", "1"}}),
             StartsWith("--set training.epoch=1: unknown setting 'training.epoch'\n  try: did you mean "
                        "'training.epochs'?"));
  CHECK_THAT(refusal_of("study: s\n", {{"batch_size", "1"}}),
             Contains("did you mean 'training.batch_size'?"));
  CHECK_THAT(refusal_of("study: s\n", {{"model.hidden", "[1"}}), Contains("this is not YAML"));
  CHECK_THAT(refusal_of("study: s\n", {{"variants.grid", "{}"}}), Contains("unknown setting"));
  CHECK_THAT(refusal_of("study: s\nmodel: [1]\n", {{"model.skip", "none"}}),
             StartsWith("s.yaml:2:8: model: found a list"));
}

TEST_CASE("what is no YAML is refused with its place") {
  check({{"model: {skip: none\n", "3:1", "this is not YAML"},
         {"\tmodel: 1\n", "2:1", "this is not YAML"},
         {"model: *nobody\n", "2:8", "this is not YAML"},
         {"model: !custom {}\n", "2:8", "tag '!custom' is not known"},
         {"? [a]\n: 1\n", "2:3", "a list as a key"},
         {"model: {<<: 5}\n", "2:9", "'<<' merges '5'"},
         {"---\nstudy: t\n", "3:1", "a second document"}});
}

TEST_CASE("an empty file is refused") {
  for (const char* text : {"", "\n\n", "# only a comment\n"}) {
    CHECK_THAT(refusal_of(text), StartsWith("s.yaml: the file is empty"));
  }
  CHECK_THAT(refusal_of("---\n"), Contains("found nothing, expected the keys of a study"));
  CHECK_THAT(refusal_of("- a\n"), StartsWith("s.yaml:1:1: the file: found a list"));
}

TEST_CASE("bytes that are no text are refused with their place") {
  const auto refused = [](const std::string& bytes) {
    return refusal_of("study: s\nquestion: " + bytes + "\n");
  };
  CHECK_THAT(refused(std::string("a\0b", 3)), StartsWith("s.yaml:2:12: control character 0x00"));
  CHECK_THAT(refused("\x1b[31m"), StartsWith("s.yaml:2:11: control character 0x1b"));
  for (const char* wrong :
       {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe0\x80\x80", "\xf4\x90\x80\x80"}) {
    CHECK_THAT(refused(wrong), Contains("is not UTF-8"));
  }
  CHECK_THAT(refused(R"("a\0b")"), StartsWith("s.yaml:2:11: an escape that is not text"));
  CHECK_THAT(refused(R"("\e[31m")"), Contains("an escape"));
  CHECK(refused("\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80").empty());
}

TEST_CASE("files made to exhaust memory or the stack are refused") {
  std::string bomb = "study: s\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::vector<std::string> ten(10, fmt::format("*a{}", i - 1));
    bomb += fmt::format("a{}: &a{} [{}]\n", i, i, fmt::join(ten, ", "));
  }
  CHECK_THAT(refusal_of(bomb), Contains("more than 100000 values, aliases written out"));
  CHECK_THAT(refusal_of("study: " + std::string(100'000, '[')), Contains("nested more than 32 levels deep"));
  CHECK_THAT(refusal_of("study: &a [*a]\n"), Contains("an alias inside the value that it refers to"));
  CHECK_THAT(refusal_of("study: s\n#" + std::string(1 << 20, 'x')),
             Contains("longer than the 1048576 bytes"));
  CHECK_THAT(refusal_of("study: s\nseeds: [" + std::string(300'000, ',') + "]\n"), StartsWith("s.yaml:2:"));
}

TEST_CASE("a file that is not there is refused by name") {
  CHECK_THROWS_WITH(load_study("no/such/study.yaml", {}, metric_names_of_design),
                    Contains("no/such/study.yaml"));
}
