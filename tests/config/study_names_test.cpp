/// Names of a study, found in its canonical text.

#include "config/study_names.hpp"

#include <catch2/catch.hpp>

#include "config/study_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Names = std::map<std::string, std::string>;

TEST_CASE("the names of a study are found in its text without its variants being spread out") {
  const Study study = study_of(
      "study: s\nreport: {primary: validation.f1}\nvariants:\n"
      "  grid: {model.skip: [none, projection], model.hidden: [[64], [256]], model.dropout: [0, 0.5]}\n"
      "  factors:\n    \"a: b\": model.skip\n    width: {key: model.hidden, labels: {\"64\": \"list:\"}}\n");
  Names spread_out;
  for (const Factor& factor : study.variants.front().factors) {
    if (factor.name != factor.key) spread_out[factor.name] = factor.key;
  }
  REQUIRE(spread_out == Names{{"a: b", "model.skip"}, {"width", "model.hidden"}});
  const StudyNames names = names_of_study(study.yaml, "s");
  CHECK(names.factors == spread_out);
  CHECK(names.primary == "validation.f1");
  CHECK(names.settings.is(Node::Kind::null));
}

TEST_CASE("variants that are called like the file's own keys do not hide what stands behind them") {
  const Study study = study_of(
      "study: s\ntrainer:\n  command: [x, \"{args}\"]\n  settings: {lr: 0.1, net: {width: 64}}\n"
      "  metrics: {test.bleu: up}\nreport: {primary: test.bleu}\n"
      "variants:\n  list: {list: {}, factors: {lr: 0.2}, \"report:\": {lr: 0.3}, \"  x\": {net.width: 32}}\n"
      "  factors: {rate: lr}\n");
  const StudyNames names = names_of_study(study.yaml, "s");
  CHECK(names.factors == Names{{"rate", "lr"}});
  CHECK(names.primary == "test.bleu");
  CHECK(flow_text(names.settings) == "{lr: 0.1, net: {width: 64}}");
}

TEST_CASE("a text that is no study has no names, and one that is no YAML is refused") {
  const StudyNames names = names_of_study("variants: {factors: [1, 2]}\nreport: 3\n", "s");
  CHECK(names.factors.empty());
  CHECK(names.primary.empty());
  CHECK_THROWS_AS(names_of_study("a: [1\n", "s"), RequestError);
}
