#include <catch2/catch.hpp>

#include "config/study_support.hpp"

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

}  // namespace

TEST_CASE("a grid makes every combination, the first key slowest") {
  const Study study =
      with_variants("  grid: {model.skip: [none, projection], model.hidden: [[64], [64, 32]]}\n");
  CHECK(names_of(study) == Names{"skip=none,hidden=64", "skip=none,hidden=64-32", "skip=projection,hidden=64",
                                 "skip=projection,hidden=64-32"});
  const Variant& second = study.variants[1];
  CHECK(second.config.model.skip == Skip::none);
  CHECK(second.config.model.hidden == std::vector{64, 32});
  CHECK(second.config.training == TrainingSettings{});
  REQUIRE(second.factors.size() == 2);
  CHECK(second.factors[0].key == "model.skip");
  CHECK(second.factors[0].value == Value("none"));
  CHECK(second.factors[1].value == Value("[64, 32]"));
  CHECK(study.variants[0].factors[1].value == Value(std::int64_t{64}));
}

TEST_CASE("factors of numbers are numbers, of truth values and nothing their words") {
  const Study study = with_variants(R"(
  grid:
    training.learning_rate.initial: [0.1, 1]
    training.epochs: [3]
    training.shuffle: [false]
    training.early_stopping: [none, {patience: 2}]
)");
  const Variant& last = study.variants.back();
  CHECK(last.name == "initial=1,epochs=3,shuffle=false,early_stopping={patience: 2}");
  CHECK(last.factors[0].value == Value(1.0));
  CHECK(last.factors[1].value == Value(std::int64_t{3}));
  CHECK(last.factors[2].value == Value("false"));
  CHECK(last.factors[3].value == Value("{patience: 2}"));
  CHECK(study.variants.front().name == "initial=0.1,epochs=3,shuffle=false,early_stopping=none");
  CHECK(study.variants.front().factors[3].value == Value("none"));
}

TEST_CASE("a name has as much of a key as tells it from the others") {
  const Study study = with_variants(R"(
  grid:
    training.learning_rate: [{schedule: plateau}]
    training.learning_rate.patience: [1]
    training.early_stopping.patience: [2]
    training.epochs: [3]
)");
  CHECK(names_of(study) ==
        Names{"learning_rate=plateau,learning_rate.patience=1,early_stopping.patience=2,epochs=3"});
  CHECK(study.variants[0].config.training.learning_rate.patience == 1);
}

TEST_CASE("a block is called by its schedule or type where that is distinct, else by what is written in it") {
  CHECK(names_of(with_variants(
            "  grid: {training.optimizer: [{}, {type: adam, beta1: 0.5}, {type: adagrad}]}\n")) ==
        Names{"optimizer=sgd", "optimizer=adam", "optimizer=adagrad"});
  CHECK(names_of(with_variants(
            "  grid: {training.optimizer: [{momentum: 0.50}, {momentum: 0}, {type: adam}]}\n")) ==
        Names{"optimizer={type: sgd, momentum: 0.5}", "optimizer={type: sgd}", "optimizer={type: adam}"});
  CHECK(names_of(with_variants("  grid: {model.init: [he_normal, {normal: 0.010}]}\n")) ==
        Names{"init=he_normal", "init=normal"});
  CHECK(names_of(with_variants("  grid: {model.init: [{normal: 0.01}, {normal: 0.1}]}\n")) ==
        Names{"init={normal: 0.01}", "init={normal: 0.1}"});
}

TEST_CASE("a mapping as a value replaces the whole block") {
  const Study study = study_of(R"(
study: s
training: {learning_rate: {schedule: cosine, initial: 0.5, warmup: 3}}
variants: {list: {new: {training.learning_rate: {schedule: cosine}}, old: {}}}
)");
  CHECK(study.variants[0].config.training.learning_rate.initial == LearningRateSettings{}.initial);
  CHECK(study.variants[0].config.training.learning_rate.warmup == 0);
  CHECK(study.variants[1].config.training.learning_rate.initial == 0.5);
}

TEST_CASE("a block is set before the keys inside it, whatever their order") {
  const Study study = with_variants(
      "  grid: {training.optimizer.momentum: [0.5], training.optimizer: [{weight_decay: 0.1}]}\n");
  CHECK(study.variants[0].config.training.optimizer.momentum == 0.5);
  CHECK(study.variants[0].config.training.optimizer.weight_decay == 0.1);
}

TEST_CASE("a changed schedule drops the base's keys of the old one") {
  const Study study = study_of(R"(
study: s
training: {learning_rate: {schedule: step, every: 3, initial: 0.5}}
variants: {grid: {training.learning_rate.schedule: [step, cosine]}}
)");
  CHECK(study.variants[0].config.training.learning_rate.every == 3);
  CHECK(study.variants[1].config.training.learning_rate.initial == 0.5);
  CHECK(study.variants[1].yaml.find("every:") == std::string::npos);
}

TEST_CASE("a list names its variants") {
  const Study study = with_variants("  list: {full: {}, \"no skip: at all\": {model.skip: none}}\n");
  CHECK(names_of(study) == Names{"full", "no skip: at all"});
  CHECK(study.variants[0].factors.empty());
  CHECK(study.variants[0].config == Config{});
  CHECK(study.variants[1].config.model.skip == Skip::none);
}

TEST_CASE("exclude drops the variants that have all values of an entry") {
  const Study study = with_variants(R"(
  grid: {model.skip: [none, projection, identity], model.hidden: [[64], [64, 32]]}
  exclude: [{model.skip: identity, model.hidden: [64, 32]}, {model.skip: none, model.hidden: [64]}]
)");
  CHECK(names_of(study) == Names{"skip=none,hidden=64-32", "skip=projection,hidden=64",
                                 "skip=projection,hidden=64-32", "skip=identity,hidden=64"});
}

TEST_CASE("exclude looks at resolved values, not at what a variant changes") {
  const Study study = with_variants(R"(
  list: {a: {}, b: {training.epochs: 2}, c: {model.skip: none, training.learning_rate: {schedule: cosine, initial: 0.1}}}
  exclude: [{training.epochs: 20, model.skip: projection}, {training.learning_rate: {schedule: cosine, initial: 0.2}}]
)");
  CHECK(names_of(study) == Names{"b", "c"});
  CHECK(names_of(with_variants(R"(
  list: {a: {}, c: {training.learning_rate: {schedule: cosine, initial: 0.1}}}
  exclude: [{training.learning_rate: {schedule: cosine}}]
)")) == Names{"a"});
}

TEST_CASE("combinations that cannot be are excluded before they are checked") {
  const std::string grid =
      "  grid: {training.optimizer.type: [sgd, adam], training.optimizer.momentum: [0, 0.9]}\n";
  CHECK_THAT(refusal_of_variants(grid), Contains("momentum belongs to type sgd, rmsprop"));
  const std::string exclude =
      "  exclude: [{training.optimizer.type: adam, training.optimizer.momentum: 0}, "
      "{training.optimizer.type: adam, training.optimizer.momentum: 0.9}]\n";
  CHECK(names_of(with_variants(grid + exclude)) == Names{"type=sgd,momentum=0", "type=sgd,momentum=0.9"});
}

TEST_CASE("the baseline is the variant that equals the base with the baseline's changes") {
  const Study study = study_of(R"(
study: s
model: {hidden: [64]}
variants:
  baseline: {model.skip: none}
  grid: {model.skip: [none, projection], model.hidden: [[32], [64]]}
)");
  for (const Variant& variant : study.variants) {
    INFO(variant.name);
    CHECK(variant.is_baseline == (variant.name == "skip=none,hidden=64"));
  }
  CHECK(with_variants("  baseline: {}\n  list: {a: {}, b: {model.skip: none}}\n").variants[0].is_baseline);
}

TEST_CASE("a baseline that is not a variant is refused with its place") {
  CHECK_THAT(
      refusal_of_variants("  baseline: {model.skip: identity}\n  grid: {model.skip: [none, projection]}\n"),
      StartsWith("s.yaml:3:13: no variant is the base configuration with the baseline's changes"));
  CHECK_THAT(refusal_of_variants("  baseline: {model.dropout: 2}\n"),
             StartsWith("s.yaml:3:29: model.dropout: found '2'"));
}

TEST_CASE("a wrong value of a variant is refused with its place and the variant's name") {
  CHECK_THAT(refusal_of_variants("  list: {wide: {model.hidden: [0]}}\n"),
             StartsWith("s.yaml:3:32: model.hidden: found '0', expected a whole number from 1 to 65536, in "
                        "variant 'wide'"));
  CHECK_THAT(refusal_of_variants("  grid: {model.skip: [none, nun]}\n"),
             StartsWith("s.yaml:3:29: model.skip: found 'nun', expected one of none, projection, identity, "
                        "in variant 'skip=nun'"));
  CHECK_THAT(refusal_of_variants("  grid: {model.skip: [identity], model.hidden: [[8], [8, 4]]}\n"),
             Contains("must be equal, in variant 'skip=identity,hidden=8-4'"));
  CHECK_THAT(refusal_of_variants("  list: {a: {training.learning_rate: {schedule: cosine, every: 2}}}\n"),
             StartsWith("s.yaml:3:64: training.learning_rate.every belongs to schedule step"));
  CHECK_THAT(refusal_of_variants("  list: {a: {training.optimizer: {typ: sgd}}}\n"),
             StartsWith("s.yaml:3:35: unknown key 'typ' in training.optimizer, in variant 'a'\n  try: did "
                        "you mean 'type'?"));
}

TEST_CASE("a key that is not a setting is refused with the nearest") {
  CHECK_THAT(
      refusal_of_variants("  grid: {model.skp: [none]}\n"),
      StartsWith(
          "s.yaml:3:10: unknown setting 'model.skp' in variants.grid\n  try: did you mean 'model.skip'?"));
  CHECK_THAT(refusal_of_variants("  list: {a: {momentum: 0.9}}\n"),
             StartsWith("s.yaml:3:14: unknown setting 'momentum' in variant 'a'\n  try: did you mean "
                        "'training.optimizer.momentum'?"));
  CHECK_THAT(refusal_of_variants("  exclude: [{training.learning_rate: {schedul: step}}]\n"),
             StartsWith("s.yaml:3:39: unknown key 'schedul'"));
  CHECK_THAT(refusal_of_variants("  baseline: {seeds: 3}\n"), Contains("unknown setting 'seeds'"));
  CHECK_THAT(refusal_of_variants("  list: {a: {report.confidence: 0.9}}\n"),
             Contains("it is one for all variants"));
}

TEST_CASE("variants that make no sense together are refused") {
  CHECK_THAT(refusal_of_variants("  grid: {model.skip: [none]}\n  list: {a: {}}\n"),
             StartsWith("s.yaml:4:9: variants has both grid and list"));
  CHECK_THAT(refusal_of_variants("  grid: {model.dropout: [0.1, 0.10]}\n"),
             Contains("are the same configuration"));
  CHECK_THAT(refusal_of_variants("  list: {a: {}, b: {model.skip: projection}}\n"),
             StartsWith("s.yaml:3:17: variants 'a' and 'b' are the same configuration"));
  CHECK_THAT(refusal_of_variants("  list: {a: {}, a: {model.skip: none}}\n"),
             StartsWith("s.yaml:3:17: duplicate key 'a'"));
  CHECK_THAT(refusal_of_variants("  grid: {model.skip: [none]}\n  exclude: [{model.skip: none}]\n"),
             StartsWith("s.yaml:4:12: variants.exclude leaves no variant"));
  CHECK_THAT(refusal_of_variants("  grid: {model.skip: none}\n"),
             StartsWith("s.yaml:3:22: variants.grid.model.skip: found 'none', expected a list of values"));
  CHECK_THAT(refusal_of_variants("  grid: {model.skip: []}\n"), Contains("expected a list of values"));
  CHECK_THAT(refusal_of_variants("  grid: {}\n"), Contains("at least one key"));
  CHECK_THAT(refusal_of_variants("  list: {}\n"), Contains("expected named variants"));
  CHECK_THAT(refusal_of_variants("  list: {a: 5}\n"),
             StartsWith("s.yaml:3:13: variant 'a': found '5', expected a mapping"));
  CHECK_THAT(refusal_of_variants("  exclude: {model.skip: none}\n"), Contains("expected a list of mappings"));
  CHECK_THAT(refusal_of_variants("  list: {\"\": {}}\n"), Contains("1 to 200 characters"));
}

TEST_CASE("a study that would never end is refused") {
  CHECK_THAT(refusal_of_variants("  grid:\n    training.epochs: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]\n"
                                 "    training.batch_size: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]\n"
                                 "    data.seed: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]\n"),
             StartsWith("s.yaml:4:5: variants.grid makes more than 1000 variants"));
  CHECK_THAT(refusal_of("study: s\nvariants: {grid: {training.epochs: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, "
                        "11]}}\nseeds: 10000\n"),
             StartsWith("s.yaml:3:8: 11 variants with 10000 seeds are more than 100000 runs"));
}
