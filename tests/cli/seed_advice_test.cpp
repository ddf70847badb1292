#include "cli/seed_advice.hpp"

#include <cmath>

#include <catch2/catch.hpp>

#include "big_database.hpp"
#include "metrics/metric_table.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

Study study_of(const std::string& variants, const std::string& seeds) {
  const std::string text =
      "study: small\ndata: {train_images: 470, test_images: 94}\nvariants:\n  " + variants + "\n" + seeds;
  return parse_study(text, "small.yaml", {}, metric_names());
}

const std::string grid = "grid: {model.skip: [none, projection], model.hidden: [[8], [16], [32]]}";

}  // namespace

TEST_CASE("a study without a word on seeds has ten") { CHECK(study_of(grid, "").seeds.size() == 10); }

TEST_CASE("a grid judges the change once for all settings and once for each level of the others") {
  CHECK(comparisons_of(study_of(grid, "seeds: 3\n")) == 4);  // all, and three widths
  CHECK(comparisons_of(study_of("grid: {model.skip: [none, projection]}", "")) == 1);
  CHECK(comparisons_of(
            study_of("grid: {model.hidden: [[8], [16], [32]], model.skip: [none, projection]}", "")) == 6);
  CHECK(comparisons_of(study_of("one_at_a_time: {model.skip: [none], model.hidden: [[8], [16]]}", "")) == 3);
  CHECK(comparisons_of(study_of("list: {a: {}, b: {model.skip: none}, c: {model.hidden: [8]}}", "")) == 2);
}

TEST_CASE(
    "what is no grid judges each variant but the baseline, and a grid with a gap the levels that it has") {
  CHECK(comparisons_of(study_of("list: {a: {}, b: {model.skip: none}, c: {model.hidden: [8]}, d: "
                                "{model.skip: none, model.hidden: [16]}}",
                                "")) == 3);
  const std::string gap =
      "baseline: {model.skip: none, model.hidden: [8]}\n  grid: {model.skip: [none, projection, identity], model.hidden: "
      "[[8], [784]]}\n  exclude: [{model.skip: identity, model.hidden: [8]}]";
  // none to projection over all settings and two widths; none to identity at the one that is left.
  CHECK(comparisons_of(study_of(gap, "")) == 4);
}

TEST_CASE("ten seeds and one comparison find one standard deviation, in the unit of earlier runs") {
  const Study study = study_of("grid: {model.skip: [none, projection]}", "seeds: 10\n");
  // The t test finds 0.996 standard deviations with ten pairs (statsmodels' TTestPower, tests/golden/stats/power.txt).
  CHECK(
      seed_advice(study, EarlierSpread{"older", 0.004}) ==
      "10 seeds find a difference of 0.004 in test.accuracy in 80% of cases (one comparison, assuming the spread between seeds of "
      "study 'older')\n");
  CHECK(
      seed_advice(study, {}) ==
      "10 seeds find a difference of 1 standard deviation (of a seed's difference in test.accuracy) in 80% of cases "
      "(one comparison, no earlier runs show how much that is)\n");
}

TEST_CASE("a plan of looks that can claim nothing at any of them is warned of") {
  CHECK_THAT(
      seed_advice(study_of(grid, "seeds: {first: 3, step: 1, most: 5, until: settled}\n"), {}),
      Contains(
          "nothing yet at 5 seeds\nwarning: no look of this plan can claim anything; most: 6 is enough\n"));
  CHECK_THAT(seed_advice(study_of(grid, "seeds: {first: 3, step: 3, most: 6, until: settled}\n"), {}),
             !Contains("warning: no look"));
}

TEST_CASE("fewer than six seeds are warned of, and one alone finds nothing") {
  CHECK_THAT(
      seed_advice(study_of(grid, "seeds: 5\n"), {}),
      Contains("\nwarning: 5 seeds are too few for an exact test at 0.95: p and intervals will assume normal "
               "errors; 6 seeds are enough\n"));
  CHECK_THAT(seed_advice(study_of(grid, "seeds: 6\n"), {}), !Contains("warning"));
  CHECK_THAT(
      seed_advice(study_of(grid, "seeds: 1\n"), {}),
      Contains("one seed finds no difference: nothing is known of chance\nwarning: 1 seed is too few"));
  CHECK(seed_advice(study_of("list: {alone: {}}", "seeds: 5\n"), {}).empty());
}

TEST_CASE("seeds that are too few once halving has stopped variants are warned of") {
  const std::string text =
      "study: small\ndata: {train_images: 470, test_images: 94}\ntraining: {epochs: 9}\n"
      "variants: {grid: {model.skip: [none, projection], model.hidden: [[8], [16], [32]]}}\n"
      "stop_rules: {halving: {factor: 3, first: 2}}\nseeds: ";
  const auto advice = [&](const std::string& seeds) {
    return seed_advice(parse_study(text + seeds + "\n", "small.yaml", {}, metric_names()), {});
  };
  // Rungs after 2 and 6 epochs leave 2 variants and 1 of 6, so a row may have a sixth of the level: 6 * 2 / 2^8 < 0.05.
  CHECK_THAT(advice("6"),
             Contains("with 6 seeds p and intervals may assume normal errors; 8 seeds are enough"));
  CHECK_THAT(advice("8"), !Contains("halving"));
}

TEST_CASE("the fewest seeds of which a test of dependence can reach the level are told for each factor") {
  const auto told = [](const std::string& variants) {
    const std::string text = seed_advice(study_of(variants, "seeds: 10\n"), {});
    const std::size_t at = text.find("depends on a factor: ");
    return at == std::string::npos ? "" : text.substr(at + 21, text.find('\n', at) - at - 21);
  };
  // One test, two levels: 1 / 2^(n - 1). Three that are numbers: 2 * 2 / 6^n, both tests counted; that of text: 1 / 6^(n - 1).
  CHECK(told("grid: {model.hidden: [[8], [16]], model.skip: [none, projection]}") == "6 for skip");
  CHECK(told(grid) == "3 for hidden");
  CHECK(told("grid: {model.skip: [none, projection], model.hidden: [[8], [16, 8], [32]]}") == "3 for hidden");
  // Twice for two factors: 2 / 2^(n - 1).
  CHECK(
      told(
          "grid: {model.hidden: [[8], [16]], model.skip: [none, projection], training.batch_size: [16, 32]}") ==
      "7 for skip, 7 for batch_size");
  CHECK(told("grid: {model.skip: [none, projection]}").empty());
}

TEST_CASE("how far seeds are apart is told by the differences from the baseline of an earlier study") {
  const test::TemporaryFolder folder;
  make_big_database(folder / "a.db", {1, 1});
  const Reader reader(folder / "a.db");
  Study asked = parse_study(reader.studies().front().config, "a.yaml", {}, metric_names());
  asked.name = "a new one";
  const auto spread = earlier_spread(reader, asked);
  REQUIRE(spread);
  CHECK_FALSE(earlier_spread(reader, study_of(grid, "")));  // of other images
  CHECK(spread->study == reader.studies().front().name);
  // Another way: sums by SQL over the pairs of a variant's run with the baseline's under the same seed.
  double squares = 0.0, degrees = 0.0;
  const auto pairs = [&](const std::vector<Value>& row) {
    const auto n = static_cast<double>(std::get<std::int64_t>(row[0]));
    if (n < 3) return;
    const double sum = std::get<double>(row[1]), of_squares = std::get<double>(row[2]);
    squares += of_squares - sum * sum / n;
    degrees += n - 1.0;
  };
  reader.select(
      "WITH pair AS (SELECT a.variant, a.test_accuracy - b.test_accuracy AS d FROM results a JOIN results b "
      "ON a.seed = b.seed AND b.is_baseline = 1 AND a.is_baseline = 0 AND a.status = 'done' AND b.status = 'done') "
      "SELECT count(d), sum(d), sum(d * d) FROM pair GROUP BY variant",
      {}, pairs);
  CHECK(spread->deviation == Approx(std::sqrt(squares / degrees)).epsilon(1e-9));
}
