#include <catch2/catch.hpp>

#include "config/study_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

const std::string grid =
    "study: s\nvariants:\n  baseline: {model.skip: none, model.hidden: [64]}\n"
    "  grid: {model.hidden: [[64], [128]], model.skip: [none, projection]}\n";

Study asking(const std::string& contrast) {
  return study_of(grid + "report: {contrast: " + contrast + "}\n");
}

std::string refused(const std::string& contrast) {
  return refusal_of(grid + "report: {contrast: " + contrast + "}\n");
}

}  // namespace

TEST_CASE("a question names its factors by the ends of their keys, and its levels by their texts") {
  const Study study = asking("{factor: skip, from: none, to: projection, by: [hidden], margin: 0.003}");
  REQUIRE(study.contrast);
  CHECK(study.contrast->factor == "model.skip");
  CHECK(study.contrast->to == "projection");
  CHECK(study.contrast->by == std::vector<std::string>{"model.hidden"});
  CHECK(study.contrast->margin == 0.003);
}

TEST_CASE("a question about what no variant changes is refused with the nearest right one") {
  CHECK_THAT(refused("{factor: skp}"), Contains("no variant changes 'skp'") && Contains("model.skip"));
  CHECK_THAT(refused("{factor: skip, to: projektion}"), Contains("projection"));
  CHECK_THAT(refused("{factor: skip, from: none, to: none}"), Contains("with itself"));
  CHECK_THAT(refused("{factor: skip, by: [skip]}"), Contains("twice"));
  CHECK_THAT(refused("{factor: skip, by: [dropout]}"),
             Contains("report.contrast.by: no variant changes 'dropout'\n  try: choices: model.hidden"));
  CHECK_THAT(refusal_of("study: s\nvariants: {grid: {model.skip: [none, projection]}}\n"
                        "report: {contrast: {factor: skip, by: [hidden]}}\n"),
             Contains("leave it out: only model.skip varies"));
  CHECK_THAT(refused("{to: none}"), Contains("levels but no factor"));
}

TEST_CASE("without a question, a grid is asked about the first factor that its baseline names") {
  const Study study = study_of(grid);
  REQUIRE(study.contrast);
  CHECK(study.contrast->factor == "model.skip");  // and not hidden, which the grid names first
  const Study again = study_of(study.yaml);
  REQUIRE(again.contrast);
  CHECK(again.contrast->factor == "model.skip");
  CHECK(again.yaml == study.yaml);
  CHECK(asking("{margin: 0.01}").contrast->factor == "model.skip");
  CHECK_FALSE(study_of("study: s\nmodel: {hidden: 64}\nvariants:\n  baseline: {model.skip: none}\n"
                       "  grid: {model.skip: [none, projection], model.hidden: [[64], [128]]}\n")
                  .contrast);
  CHECK_FALSE(study_of("study: s\nvariants: {grid: {model.skip: [none, projection]}}\n").contrast);
}
