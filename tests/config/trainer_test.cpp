#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "config/command_line.hpp"
#include "config/study_support.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

const std::string dropout_study = R"(# Does dropout help?
study: dropout
trainer:
  command: [python3, train.py, --lr, "{lr}", --seed, "{seed}", "{flag:--amp=amp}", "{hidden}", "--h={hidden}", "{dir}/x"]
  settings: {lr: 0.1, dropout: 0.0, amp: true, hidden: [64, 32], epochs: 30, optimizer: {type: sgd, momentum: 0.9}}
  epochs: "{epochs}"
  metrics: {validation.accuracy: up, validation.loss: down, test.accuracy: up}
  select: validation.loss
  resources: {threads: 4}
  limits: {silence: 30min, run: 12h, grace: 5s}
variants: {baseline: {dropout: 0.0}, grid: {dropout: [0.0, 0.3], optimizer.momentum: [0, 0.9]}}
seeds: 3
)";

std::string with(std::string text, const std::string& old, const std::string& now) {
  const std::size_t at = text.find(old);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), now);
}

TEST_CASE("a study of another program resolves its own settings for every variant") {
  const Study study = study_of(dropout_study);
  REQUIRE(names_of(study) == std::vector<std::string>{"dropout=0,momentum=0", "dropout=0,momentum=0.9",
                                                      "dropout=0.3,momentum=0", "dropout=0.3,momentum=0.9"});
  REQUIRE(study.trainer());
  CHECK(study.variants[1].is_baseline);
  CHECK(study.variants[2].factors[0].key == "dropout");
  CHECK(to_string(study.variants[2].factors[0].value) == "0.3");
  CHECK(study.variants[0].config.training.epochs == 30);
  CHECK(study.trainer()->limits.silence.seconds == 1800);
  CHECK(study.trainer()->limits.run.seconds == 12 * 3600);
  CHECK(study.trainer()->limits.grace.seconds == 5);
  CHECK(
      settings_json(*study.variants[2].trainer) ==
      R"({"lr":0.1,"dropout":0.3,"amp":true,"hidden":[64,32],"epochs":30,"optimizer":{"type":"sgd","momentum":0.0}})");
}

TEST_CASE("placeholders become arguments: lists several, flags one or none, numbers in their shortest form") {
  const Study study = study_of(dropout_study);
  CHECK(command_line(*study.variants[0].trainer, {7, "/runs/a", "/runs/a/params.json"}) ==
        std::vector<std::string>{"python3", "train.py", "--lr", "0.1", "--seed", "7", "--amp", "64", "32",
                                 "--h=64,32", "/runs/a/x"});
  const Study off = study_of(with(dropout_study, "amp: true", "amp: false"));
  const auto command = command_line(*off.variants[0].trainer, {7, "/d", "/p"});
  CHECK(std::find(command.begin(), command.end(), "--amp") == command.end());
  CHECK(command.size() == 10);
  const Study all = study_of(R"(
study: s
trainer: {command: ["./a.sh", "{args}", "{{x}}", "{params}"], settings: {a: 1, b: {c: [1, 2], d: "x y"}, e: false},
          metrics: {test.accuracy: up}}
)");
  CHECK(command_line(*all.variants[0].trainer, {1, "/d", "/p.json"}) ==
        std::vector<std::string>{"./a.sh", "--a=1", "--b.c=1,2", "--b.d=x y", "--e=false", "{x}", "/p.json"});
}

TEST_CASE("the resolved study of another program reads back as the same study") {
  for (const std::string& text : {dropout_study, with(dropout_study, "lr: 0.1", "lr: 1.0")}) {
    const Study study = study_of(text);
    const Study again = study_of(study.yaml);
    CHECK(again.yaml == study.yaml);
    CHECK(again.plan_sha256 == study.plan_sha256);
    CHECK(parse_variant(study.variants[2].yaml, "v", metric_names_of_design).trainer ==
          study.variants[2].trainer);
  }
}

TEST_CASE("what a run depends on is its identity: not its limits, resources or the directions of metrics") {
  const std::string before = study_of(dropout_study).plan_sha256;
  CHECK(study_of(with(dropout_study, "30min", "2h")).plan_sha256 == before);
  CHECK(study_of(with(dropout_study, "threads: 4", "threads: 2")).plan_sha256 == before);
  CHECK(study_of(with(dropout_study, "lr: 0.1", "lr: 0.2")).plan_sha256 != before);
  CHECK(study_of(with(dropout_study, "--lr", "--rate")).plan_sha256 != before);
}

TEST_CASE("a program's own setting and its trainer are changed by --set, and nothing that is neither") {
  CHECK(
      settings_json(
          *study_of(dropout_study, {{"lr", "0.5"}, {"optimizer.type", "adam"}}).variants[0].trainer) ==
      R"({"lr":0.5,"dropout":0.0,"amp":true,"hidden":[64,32],"epochs":30,"optimizer":{"type":"adam","momentum":0.0}})");
  CHECK(study_of(dropout_study, {{"trainer.limits.run", "1h"}}).trainer()->limits.run.seconds == 3600);
  CHECK_THAT(refusal_of(dropout_study, {{"dropoutt", "1"}}), Catch::Contains("did you mean 'dropout'?"));
}

TEST_CASE("a wrong trainer is refused at its place, with the nearest name") {
  const auto refused = [](const std::string& old, const std::string& now) {
    return refusal_of(with(dropout_study, old, now));
  };
  CHECK(refused("\"{lr}\"", "\"{lrr}\"")
            .starts_with(
                "s.yaml:4:38: trainer.command[3]: unknown placeholder '{lrr}'\n  try: did you mean 'lr'?"));
  CHECK_THAT(refused("\"{lr}\"", "\"{LR}\""), Catch::Contains("did you mean 'lr'?"));
  CHECK_THAT(
      refused("{flag:--amp=amp}", "{flag:--use-amp}"),
      Catch::Contains("'{flag:--use-amp}' names no setting") &&
          Catch::Contains("\"{flag:--use-amp=use_amp}\" is --use-amp where the setting use_amp is true"));
  CHECK_THAT(refused("dropout: 0.0", "dropout: null"),
             Catch::Contains("or leave it out, if no variant changes it"));
  CHECK_THAT(refused("{flag:--amp=amp}", "{flag:--amp=lr}"),
             Catch::Contains("needs a setting that is true or false"));
  CHECK_THAT(refused("\"{dir}/x\"", "\"{dir/x\""), Catch::Contains("expected braces that are closed"));
  CHECK_THAT(refused("\"{lr}\"", "{lr: 1}"), Catch::Contains("quote it: YAML takes {...} for a mapping"));
  CHECK_THAT(refused("{dropout: [0.0, 0.3],", "{drop_out: [0.0, 0.3],"),
             Catch::Contains("s.yaml:11") && Catch::Contains("unknown setting 'drop_out'") &&
                 Catch::Contains("did you mean 'dropout'?"));
  CHECK_THAT(refused("dropout: [0.0, 0.3]", "epochs: [10, 0.5]"),
             Catch::Contains("epochs: found '0.5', expected a whole number"));
  CHECK_THAT(refused("dropout: [0.0, 0.3]", "dropout: [0.0, much]"),
             Catch::Contains("dropout: found 'much', expected a number"));
  CHECK_THAT(refused("\"{epochs}\"", "\"{lr}\""), Catch::Contains("a whole number from 1"));
  CHECK_THAT(refused("\"{epochs}\"", "three"),
             Catch::Contains("trainer.epochs: found 'three'") && !Catch::StartsWith(": "));
  CHECK_THAT(refused("validation.loss: down", "validation.loss: down, Validation.Loss: up"),
             Catch::Contains("'validation.loss' and 'Validation.Loss', which SQL takes for one name"));
  CHECK_THAT(refused("validation.loss: down", "validation.loss: lower"),
             Catch::Contains("expected up or down"));
  CHECK_THAT(refused("select: validation.loss", "select: validation.los"),
             Catch::Contains("did you mean 'validation.loss'?"));
  CHECK_THAT(refused("select: validation.loss", "select: test.accuracy"),
             Catch::Contains("which would choose by what is to be judged"));
  CHECK_THAT(refused("30min", "30"),
             Catch::Contains("expected a span of time: 45s, 30min, 12h, 2d, or none"));
  CHECK_THAT(refused("dropout: 0.0, amp", "seed: 3, amp"), Catch::Contains("{seed} is the run's"));
  CHECK_THAT(refused("dropout: 0.0, amp", "params: 3, amp"),
             Catch::Contains("'params' in trainer.settings is the name of a placeholder"));
  CHECK_THAT(refused("lr: 0.1", "lr: null"),
             Catch::Contains("expected a value, whose type variants keep to"));
  CHECK_THAT(refused("lr: 0.1", "\"l r\": 0.1"),
             Catch::Contains("'l r' in trainer.settings cannot name a setting"));
  CHECK_THAT(refused("seeds: 3", "model: {skip: none}"),
             Catch::Contains("a study has either model or trainer"));
  CHECK_THAT(refused(", test.accuracy: up", ""),
             Catch::Contains(
                 "s.yaml:7:12: report.primary is test.accuracy, which trainer.metrics does not declare"));
  CHECK_THAT(refused("  command:", "  comand:"), Catch::Contains("trainer has no command"));
  CHECK_THAT(refused(", hidden: [64", ", big: 12345678901234567890, hidden: [64"),
             Catch::Contains("big: found '12345678901234567890'") && Catch::Contains("in quotes"));
  CHECK_THAT(refused("optimizer.momentum: [0, 0.9]", "optimizer.momentum: [0, 9007199254740993]"),
             Catch::Contains("a number whose digits can be kept"));
}

TEST_CASE("a study over another one lays its own settings over it") {
  TemporaryFolder folder;
  folder.write("base.yaml", dropout_study);
  folder.write("over.yaml", "study: over\nextends: base.yaml\ntrainer: {settings: {lr: 0.7}}\n");
  const Study study = load_study(folder / "over.yaml", {}, metric_names_of_design);
  CHECK_THAT(settings_json(*study.trainer()), Catch::Contains("\"lr\":0.7,\"dropout\":0.0"));
  CHECK(study.folder == folder.path());
}

}  // namespace
