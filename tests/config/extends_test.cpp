/// One study file laid over another.

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "config/study_support.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

const char* const base = R"(# Does the base help?
study: base
question: Does it?
data: {train_images: 100}
model: {hidden: [64, 32], init: {normal: 0.1}}
training:
  epochs: 3
  optimizer: {type: sgd, momentum: 0.9}
  learning_rate: {schedule: step, every: 2, initial: 0.5}
  early_stopping: {patience: 4}
variants: {grid: {model.skip: [none, projection]}}
seeds: [7, 8]
report: {primary: test.f1}
)";

struct Files {
  TemporaryFolder folder;
  explicit Files(const std::string& top, const std::string& below = base) {
    folder.write("base.yaml", below);
    folder.write("top.yaml", top);
  }
  Study study(const std::vector<Override>& overrides = {}) const {
    return load_study(folder / "top.yaml", overrides, metric_names_of_design);
  }
  /// The refusal, without the folder's name.
  std::string refusal() const {
    std::string text;
    try {
      study();
    } catch (const RequestError& error) {
      text = error.what();
    }
    for (std::size_t at = 0; (at = text.find(folder.text() + "/")) != std::string::npos;) {
      text.erase(at, folder.text().size() + 1);
    }
    return text;
  }
};

}  // namespace

TEST_CASE("a file that extends another has its settings where it says nothing else") {
  const Study study = Files("# Why?\nstudy: top\nextends: base.yaml\n").study();
  CHECK(study.name == "top");
  CHECK(study.question == "Why?");
  CHECK(study.seeds == std::vector<std::uint64_t>{7, 8});
  CHECK(study.report.primary.metric == "f1");
  CHECK(names_of(study) == std::vector<std::string>{"skip=none", "skip=projection"});
  const Config& config = study.variants[0].config;
  CHECK(config.data.train_images == 100);
  CHECK(config.training.optimizer.momentum == 0.9);
  CHECK(study.yaml.find("extends") == std::string::npos);
  CHECK(study_of(study.yaml).plan_sha256 == study.plan_sha256);
}

TEST_CASE("mappings meet key by key, lists and scalars replace, variants replaces as a whole") {
  const Study study = Files(R"(
study: top
extends: base.yaml
model: {hidden: [8], init: he_normal}
training: {epochs: 5, optimizer: {momentum: 0.5}, early_stopping: none}
variants: {list: {only: {}}}
seeds: 1
)")
                          .study();
  CHECK(names_of(study) == std::vector<std::string>{"only"});
  const Config& config = study.variants[0].config;
  CHECK(config.data.train_images == 100);
  CHECK(config.model.hidden == std::vector{8});
  CHECK(config.model.init.kind == InitKind::he_normal);
  CHECK(config.training.epochs == 5);
  CHECK(config.training.optimizer.type == OptimizerKind::sgd);
  CHECK(config.training.optimizer.momentum == 0.5);
  CHECK(config.training.learning_rate.every == 2);
  CHECK_FALSE(config.training.early_stopping);
  CHECK(study.seeds.size() == 1);
}

TEST_CASE("a choice of the extending file drops the extended one's keys of the old choice") {
  const Study study =
      Files("study: top\nextends: base.yaml\ntraining: {learning_rate: {schedule: cosine}}\nvariants:\n")
          .study();
  CHECK(study.variants[0].config.training.learning_rate.schedule == ScheduleKind::cosine);
  CHECK(study.variants[0].config.training.learning_rate.initial == 0.5);
  CHECK(study.variants[0].yaml.find("every:") == std::string::npos);
}

TEST_CASE("a block that is left empty says nothing, and --set lies over all files") {
  const Study study = Files("study: top\nextends: base.yaml\nmodel:\ntraining: {epochs: 5}\n")
                          .study({{"training.epochs", "6"}, {"training.optimizer.type", "adam"}});
  CHECK(study.variants[0].config.model.hidden == std::vector{64, 32});
  CHECK(study.variants[0].config.training.epochs == 6);
  CHECK(study.variants[0].config.training.optimizer.type == OptimizerKind::adam);
}

TEST_CASE("the way to an extended file starts where it is said, and files may stand on one another") {
  const Files files("study: top\nextends: parts/middle.yaml\n");
  std::filesystem::create_directory(files.folder / "parts");
  files.folder.write("parts/middle.yaml", "extends: ../base.yaml\nmodel: {hidden: [16]}\n");
  const Study study = files.study();
  CHECK(study.variants[0].config.model.hidden == std::vector{16});
  CHECK(study.variants[0].config.training.epochs == 3);
}

TEST_CASE("what is wrong in an extended file is refused with its place there") {
  const std::string top = "study: top\nextends: base.yaml\n";
  CHECK_THAT(Files(top, "training:\n  epochs: ten\n").refusal(),
             StartsWith("base.yaml:2:11: training.epochs: found 'ten', expected a whole number"));
  CHECK_THAT(Files(top, "a: 1\n").refusal(), StartsWith("base.yaml:1:1: unknown key 'a' in the study"));
  CHECK_THAT(Files(top, "[a]\n").refusal(), StartsWith("base.yaml:1:1: found a list, expected the keys"));
  CHECK_THAT(Files(top, "a: [\n").refusal(), StartsWith("base.yaml:2:1: this is not YAML"));
  CHECK_THAT(Files(top + "training: {learning_rate: {every: 0}}\n").refusal(),
             StartsWith("top.yaml:3:35: training.learning_rate.every: found '0'"));
  CHECK_THAT(
      Files(top + "training: {learning_rate: {rate: 0.5}}\n").refusal(),
      StartsWith("top.yaml:3:34: training.learning_rate.rate belongs to schedule exponential, but schedule "
                 "is 'step'"));
}

TEST_CASE("a file that extends another needs a name of its own") {
  CHECK_THAT(Files("extends: base.yaml\n").refusal(),
             StartsWith("top.yaml:1:1: the key `study` is missing: it is not inherited"));
  CHECK(Files("extends: base.yaml\n").study({{"study", "by_hand"}}).name == "by_hand");
}

TEST_CASE("extends refuses a circle with all its files") {
  CHECK_THAT(Files("study: top\nextends: base.yaml\n", "extends: ./top.yaml\n").refusal(),
             StartsWith("base.yaml:1:10: extends leads in a circle: top.yaml -> base.yaml -> top.yaml"));
  CHECK_THAT(Files("study: top\nextends: top.yaml\n").refusal(),
             StartsWith("top.yaml:2:10: extends leads in a circle: top.yaml -> top.yaml"));
}

TEST_CASE("extends refuses a file that is not there, what is not a path, and more files than eight") {
  CHECK_THAT(Files("study: top\nextends: bse.yaml\n").refusal(),
             StartsWith("top.yaml:2:10: extends: cannot open bse.yaml"));
  CHECK_THAT(Files("study: top\nextends: [base.yaml]\n").refusal(),
             StartsWith("top.yaml:2:10: extends: found a list, expected the path of a study file"));
  CHECK_THAT(Files("study: top\nextends:\n").refusal(), Contains("extends: found nothing"));
  const Files files("study: top\nextends: 1.yaml\n");
  for (int i = 1; i < 9; ++i) {
    files.folder.write(fmt::format("{}.yaml", i),
                       i < 8 ? fmt::format("extends: {}.yaml\n", i + 1) : "seeds: 1\n");
  }
  CHECK_THAT(files.refusal(),
             StartsWith("7.yaml:1:10: more than 8 files extend one another: top.yaml -> 1.yaml"));
  files.folder.write("7.yaml", "seeds: 3\n");
  CHECK(files.study().seeds.size() == 3);
}

TEST_CASE("text that is not a file extends none") {
  CHECK_THAT(refusal_of("study: s\nextends: base.yaml\n"), StartsWith("s.yaml:2:10: extends needs a file"));
}
