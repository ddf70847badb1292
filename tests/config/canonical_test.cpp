/// One meaning, one text: what is hashed, stored and read again.

#include <catch2/catch.hpp>

#include "base/digest.hpp"
#include "config/config_writer.hpp"
#include "config/study_support.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

/// A study with something of everything.
const char* const rich = R"(# Does it help?
study: "rich: one"
data: {source: csv, path: "/data/#1 \"new\"", split: digits, train_images: 100, validation: 0.20}
model: {hidden: [64, 64], init: {normal: 1e-2}}
training:
  epochs: 3
  optimizer: {type: adamw, weight_decay: 1.0e-4}
  learning_rate: {schedule: milestones, at: [1, 2], initial: 5e-3}
  early_stopping: {patience: 1}
variants:
  baseline: {model.skip: none}
  grid:
    model.skip: [none, identity, projection]
    model.hidden: [[64, 64], [32]]
    training.learning_rate: [{schedule: milestones, at: [1, 2], initial: 0.005}, {schedule: cosine}, {schedule: cosine, warmup: 1}]
    training.early_stopping: [none, {patience: 1}]
    data.validation: [0.5, 0.2]
  exclude: [{model.skip: none, model.hidden: [32]}]
seeds: [3, 1]
report: {primary: test.f1}
)";

void check_same(const Study& a, const Study& b) {
  CHECK(a.name == b.name);
  CHECK(a.question == b.question);
  CHECK(a.seeds == b.seeds);
  CHECK(a.report == b.report);
  CHECK(a.yaml == b.yaml);
  CHECK(a.sha256 == b.sha256);
  CHECK(a.plan_sha256 == b.plan_sha256);
  REQUIRE(names_of(a) == names_of(b));
  for (std::size_t i = 0; i < a.variants.size(); ++i) {
    INFO(a.variants[i].name);
    CHECK(a.variants[i].is_baseline == b.variants[i].is_baseline);
    CHECK(a.variants[i].config == b.variants[i].config);
    CHECK(a.variants[i].yaml == b.variants[i].yaml);
    CHECK(a.variants[i].sha256 == b.variants[i].sha256);
    REQUIRE(a.variants[i].factors.size() == b.variants[i].factors.size());
    for (std::size_t k = 0; k < a.variants[i].factors.size(); ++k) {
      CHECK(a.variants[i].factors[k].key == b.variants[i].factors[k].key);
      CHECK(a.variants[i].factors[k].value == b.variants[i].factors[k].value);
    }
  }
}

}  // namespace

TEST_CASE("reading a study's canonical text gives the same study again") {
  const std::vector<std::pair<std::string, std::vector<Override>>> studies = {
      {"study: s\n", {}},
      {rich, {}},
      {rich, {{"model.activation", "tanh"}, {"data.source", "glyphs"}, {"seeds", "2"}}},
      {"study: s\ndata: {validation: 0}\nvariants: {grid: {data.validation: [0, 0.1]}}\n", {}},
      {"study: s\nvariants: {grid: {training.learning_rate.schedule: [step, cosine, constant]}}\n",
       {{"training.learning_rate.every", "3"}, {"training.learning_rate.schedule", "cosine"}}},
      {"study: 'null'\nquestion: \"a\\tb \\\\ \\\"c\\\" \\n # d\"\nvariants: {list: {'<<': {}, 'no': "
       "{model.skip: none}}}\n",
       {}},
      {"study: s\nquestion: \"\\L \\P \\r\\n \\u00e9 \\U0001F600 \\uFEFF\"\n", {}},
      {"study: s\nvariants: {grid: {training: [{epochs: 1}, {early_stopping: {}}, {optimizer: {type: "
       "adam}}]}}\n",
       {}},
      {"study: s\nvariants: {grid: {data: [{source: emnist, path: x}, {}], training.shuffle: [true, "
       "false]}}\n",
       {}},
      {"study: s\nvariants: {list: {a: {training.optimizer.type: sgd, training.optimizer.momentum: 0.9}, b: "
       "{}}}\n",
       {{"training.optimizer", "{type: adam, beta1: 0.5}"}}},
  };
  for (const auto& [text, overrides] : studies) {
    const Study study = study_of(text, overrides);
    INFO(study.yaml);
    check_same(study, study_of(study.yaml));
  }
}

TEST_CASE("every schedule, optimizer, source and other choice survives the way to text and back") {
  for (const char* block :
       {"data: {source: fashion_mnist, path: x}", "data: {source: idx, files: {train: [a, b]}, mapping: m}",
        "data: {source: emnist, transposed: true}", "model: {init: he_uniform, activation: tanh}",
        "training: {optimizer: {type: sgd, momentum: 0.9, nesterov: true}}",
        "training: {optimizer: {type: adam, beta1: 0.1, beta2: 0.2, epsilon: 1e-3}}",
        "training: {optimizer: {type: rmsprop, rho: 0.1, momentum: 0.2}}",
        "training: {optimizer: {type: adagrad, epsilon: 0.5}}",
        "training: {learning_rate: {schedule: constant, warmup: 4}}",
        "training: {learning_rate: {schedule: milestones, at: [2, 4]}}",
        "training: {learning_rate: {schedule: exponential, rate: 0.3333333333333333}}",
        "training: {learning_rate: {schedule: inverse_time, decay: 2}}",
        "training: {learning_rate: {schedule: warm_restarts, period: 3, multiplier: 1.5}}",
        "training: {learning_rate: {schedule: one_cycle, peak: 0.7}}",
        "training: {learning_rate: {schedule: plateau, patience: 2, monitor: train.f1}}"}) {
    INFO(block);
    const Variant variant = study_of(std::string("study: s\n") + block + "\n").variants[0];
    CHECK_FALSE(variant.config == Config{});
    CHECK(config_of(variant.yaml) == variant.config);
  }
}

TEST_CASE("the canonical text of the default configuration") {
  CHECK(study_of("study: s\n").variants[0].yaml ==
        R"(data:
  source: glyphs
  train_images: null
  test_images: null
  seed: 1
  train_on: [train]
  validation: 0.1
model:
  hidden: [256]
  activation: relu
  skip: projection
  init: he_normal
  dropout: 0
training:
  epochs: 20
  batch_size: 16
  shuffle: true
  train_biases: true
  optimizer:
    type: sgd
    momentum: 0
    nesterov: false
    weight_decay: 0
  learning_rate:
    schedule: step
    initial: 0.01
    factor: 0.9
    every: 10
    warmup: 0
  early_stopping: null
  select: validation
  evaluate_train: every_epoch
  keep_weights: true
  keep_checkpoint: false
)");
}

TEST_CASE("the same meaning has the same text, however it is written") {
  const Study a =
      study_of("study: s\nmodel: {dropout: 0.10, hidden: [16]}\ntraining: {epochs: 5}\nseeds: 2\n");
  const Study b = study_of(
      "seeds: [1, 2]\ntraining:\n  early_stopping: none\n  epochs: +5\nmodel:\n  hidden:\n  - 16\n  dropout: "
      "1e-1\n"
      "study: 's'\n");
  CHECK(a.yaml == b.yaml);
  CHECK(a.sha256 == b.sha256);
}

TEST_CASE("where the files are is in the text but not in the digest") {
  const auto variant = [](const std::string& data) {
    return study_of("study: s\ndata: " + data + "\n").variants[0];
  };
  const Variant here = variant("{source: csv, path: /here, files: {train: [a]}, mapping: m}");
  const Variant there = variant("{source: csv, path: /there}");
  CHECK(here.yaml != there.yaml);
  CHECK(here.yaml.find("/here") != std::string::npos);
  CHECK(here.sha256 == there.sha256);
  CHECK(here.sha256 != variant("{source: csv, split: other}").sha256);
}

TEST_CASE("a setting at its default is no part of what tells a variant from others") {
  const auto digest = [](const std::string& blocks) {
    return study_of("study: s\n" + blocks).variants[0].sha256;
  };
  CHECK(digest("training: {evaluate_train: every_epoch, epochs: 20}\n") == digest(""));
  CHECK(digest("training: {evaluate_train: never}\n") != digest(""));
  CHECK(digest("training: {learning_rate: {schedule: step, factor: 0.9}}\n") == digest(""));
  CHECK(digest("training: {learning_rate: {schedule: exponential}}\n") != digest(""));
  CHECK(digest("training: {early_stopping: {}}\n") != digest(""));
  const Config config = config_of("data: {validation: 0.2}\nmodel: {hidden: [64, 32]}\n");
  CHECK(identity_text(config) ==
        "data: {source: glyphs, validation: 0.2}\n"
        "model: {hidden: [64, 32]}\n"
        "training: {optimizer: {type: sgd}, learning_rate: {schedule: step}}\n");
}

TEST_CASE("the plan's digest follows names, configurations and seeds and nothing else") {
  const std::string variants = "variants: {list: {a: {}, b: {model.skip: none}}}\n";
  const std::string plan = study_of("study: s\n" + variants).plan_sha256;
  CHECK(plan == study_of("study: t\nquestion: why\nreport: {confidence: 0.9}\n" + variants).plan_sha256);
  CHECK(plan != study_of("study: s\nseeds: 4\n" + variants).plan_sha256);
  CHECK(plan != study_of("study: s\ntraining: {epochs: 3}\n" + variants).plan_sha256);
  CHECK(plan != study_of("study: s\nvariants: {list: {a: {}, c: {model.skip: none}}}\n").plan_sha256);
  CHECK(plan.size() == 64);
}

TEST_CASE("a study's digest is that of its text") {
  const Study study = study_of(rich);
  CHECK(study.sha256 == sha256_hex(study.yaml));
}
