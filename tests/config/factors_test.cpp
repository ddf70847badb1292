/// Names and labels of factors.

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

TEST_CASE("factors have names and labels in variants' names, and keep their keys and values") {
  const Study study = with_variants(R"(
  grid: {model.skip: [none, projection], model.hidden: [[64], [256]]}
  factors:
    skip connection: model.skip
    width: {key: model.hidden, labels: {"[64]": narrow, "256": wide}}
)");
  CHECK(names_of(study) == Names{"skip connection=none,width=narrow", "skip connection=none,width=wide",
                                 "skip connection=projection,width=narrow",
                                 "skip connection=projection,width=wide"});
  const Factor& width = study.variants[0].factors[1];
  CHECK(width.key == "model.hidden");
  CHECK(width.value == Value(std::int64_t{64}));
  CHECK(width.name == "width");
  CHECK(width.label == "narrow");
  CHECK(study.variants[0].factors[0].label == "none");
  const Factor plain = with_variants("  grid: {model.hidden: [[64, 32]]}\n").variants[0].factors[0];
  CHECK(plain.name == "model.hidden");
  CHECK(plain.label == "[64, 32]");
}

TEST_CASE("factors that name nothing, twice, or no value are refused with their place") {
  const auto refused = [](const std::string& factors) {
    return refusal_of_variants(
        "  grid: {model.skip: [none, projection], model.hidden: [[64], [256]]}\n  factors: " + factors +
        "\n");
  };
  CHECK_THAT(refused("{dropout: model.dropout}"),
             StartsWith("s.yaml:4:22: variants.factors.dropout: no variant changes model.dropout\n  try: "));
  CHECK_THAT(refused("{a: model.skip, b: model.skip}"),
             StartsWith("s.yaml:4:31: variants.factors names model.skip twice, 'a' and 'b'"));
  CHECK_THAT(
      refused("{a: {key: model.hidden, labels: {\"[65]\": x}}}"),
      StartsWith(
          "s.yaml:4:45: variants.factors.a: no variant has the value '[65]'\n  try: choices: 256, 64"));
  CHECK_THAT(refused("{a: {key: model.hidden, labels: {'64': x, '256': x}}}"),
             Contains("two values have the label 'x'"));
  CHECK_THAT(refused("{a: model.skp}"),
             StartsWith("s.yaml:4:16: unknown setting 'model.skp' in variants.factors.a"));
  CHECK_THAT(refused("{a: {keys: model.skip}}"), Contains("unknown key 'keys' in variants.factors.a"));
  CHECK_THAT(refused("{a: {labels: {none: x}}}"), Contains("variants.factors.a has no key"));
  CHECK_THAT(refused("{\"\": model.skip}"), Contains("1 to 200 characters"));
  CHECK_THAT(refused("[model.skip]"), Contains("expected names and the keys"));
  CHECK_THAT(refused("{x: model.skip, y: {key: model.hidden, labels: [1]}}"),
             Contains("values and their labels"));
}

TEST_CASE("labels are for all values of the design, those that a condition drops too") {
  const Study study = with_variants(R"(
  grid: {model.hidden: [[64], [256]]}
  exclude: [{model.hidden: [64]}]
  factors: {width: {key: model.hidden, labels: {"64": narrow, "256": wide}}}
)");
  CHECK(names_of(study) == Names{"width=wide"});
  CHECK(names_of(study_of(study.yaml)) == Names{"width=wide"});
}

TEST_CASE("labels that make two names the same are refused") {
  CHECK_THAT(
      refusal_of_variants("  grid: {model.hidden: [[64], [256]]}\n  factors: {width: {key: model.hidden, "
                          "labels: {64: 256}}}\n"),
      StartsWith("s.yaml:3:9: two variants have the name 'width=256'\n  try: give keys and values"));
}
