#include "report/asked_changes.hpp"

#include <catch2/catch.hpp>

#include "report/asked.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

using Factors = std::vector<FactorRecord>;

const FactorRecord no_skip = {"model.skip", std::string("none")};
const FactorRecord narrow = {"model.hidden", std::int64_t{4}}, wide = {"model.hidden", std::int64_t{64}};
const std::vector<double> down = {-.02, -.03, -.01, -.02, -.03, -.02}, up = {.02, .03, .01, .02, .03, .02};

/// Variants that change these, the first of them the baseline, each with a difference from it for each seed.
StudyRecords study_of(const std::vector<Factors>& variants, const std::vector<std::vector<double>>& by) {
  std::vector<std::vector<double>> values = {six};
  for (const auto& differences : by) values.push_back(changed(differences));
  auto records = synthetic::with_accuracies(values);
  for (std::size_t v = 0; v < variants.size(); ++v) records.variants[v].factors = variants[v];
  return records;
}

std::vector<std::string> names_of(const Comparison& comparison) {
  std::vector<std::string> names;
  for (const AnsweredContrast& of : comparison.answer->contrasts) names.push_back(of.name);
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("where one variant changes two things, each variant is compared with the baseline") {
  // A is whole, B lacks the skip, C is narrow, D lacks the skip and is wide: no factorial.
  const auto comparison = asked(study_of({{}, {no_skip}, {narrow}, {no_skip, wide}}, {down, up, down}));
  CHECK(names_of(comparison) == Names{"A → B", "A → C", "A → D"});
  CHECK(comparison.answer->contrasts.front().conclusion.family_size == 3);
  CHECK(headline(comparison) == "Against the baseline, in test.accuracy: better: C; worse: B and D.");
}

TEST_CASE("changes made one at a time, and all combinations, stand for their factors") {
  CHECK(names_of(asked(study_of({{}, {no_skip}, {narrow}}, {down, up}))) ==
        Names{"skip: unchanged → none", "hidden: unchanged → 4"});
  CHECK(names_of(asked(study_of({{}, {no_skip}, {narrow}, {no_skip, narrow}}, {down, up, down}))) ==
        Names{"skip: unchanged → none"});
}

TEST_CASE("a factor that is declared is asked about whatever else variants change") {
  const auto records = study_of({{}, {no_skip}, {narrow}, {no_skip, wide}}, {down, up, down});
  CHECK(names_of(asked(records, {.factor = "model.skip"})) == Names{"skip: unchanged → none"});
}

TEST_CASE("a grid stays one where runs failed or were stopped, and where some of its variants were chosen") {
  const FactorRecord skip = {"model.skip", std::string("projection")};
  const std::vector<Factors> grid = {{no_skip, narrow}, {skip, narrow}, {no_skip, wide}, {skip, wide}};
  auto failed = study_of(grid, {up, up, up});
  for (RunRecord& run : failed.runs) {
    if (run.variant_id == failed.variants[2].id) run.status = RunStatus::failed;
  }
  CHECK(names_of(asked(failed)) == Names{"skip: none → projection"});
  auto chosen = study_of(grid, {up, up, up});
  const std::int64_t gone = chosen.variants[2].id;
  chosen.left_out_factors = {chosen.variants[2].factors}, chosen.left_out = 1;
  chosen.variants.erase(chosen.variants.begin() + 2);
  std::erase_if(chosen.runs, [&](const RunRecord& run) { return run.variant_id == gone; });
  CHECK(names_of(asked(chosen)) == Names{"skip: none → projection"});
}
