#include "stats/interaction.hpp"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "compute/normal.hpp"
#include "stats/blocks.hpp"
#include "stats/golden.hpp"
#include "stats/permutation.hpp"
#include "stats/trend.hpp"

using namespace ablate;

namespace {

/// One row per level, from values in the order of the seeds; nan for a level that a seed lacks.
std::vector<SeedRow> levels_of(std::size_t levels, std::span<const double> values) {
  std::vector<SeedRow> rows(levels);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) continue;
    rows[i % levels].seeds.push_back(static_cast<std::int64_t>(i / levels));
    rows[i % levels].values.push_back(values[i]);
  }
  return rows;
}

std::vector<SeedRow> levels_of(const test::GoldenCase& golden) {
  return levels_of(static_cast<std::size_t>(golden.groups[0][0]), golden.groups[1]);
}

}  // namespace

TEST_CASE("the test of dependence agrees with all arrangements tried one after the other") {
  const auto cases = test::golden("interaction");
  CHECK(cases.size() == 28);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const Interaction result = interaction_of(levels_of(golden));
    CHECK(result.exact);
    test::check_agree(std::vector<double>{result.statistic, result.p}, golden.groups[2], 1e-9);
  }
}

TEST_CASE("the test of a trend agrees with SciPy's Page test, both sides, ties and missing levels and all") {
  const auto cases = test::golden("trend");
  CHECK(cases.size() == 27);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const Interaction result = trend_of(levels_of(golden));
    CHECK(result.exact);
    test::check_agree(std::vector<double>{result.p}, golden.groups[2], 1e-9);
  }
}

TEST_CASE(
    "three seeds that all fall from width to width have p 2 / 216 as a trend and 6 / 216 without order") {
  const std::vector<double> differences{0.0112,  0.0025, -0.0030, 0.0109, 0.0020,
                                        -0.0032, 0.0111, 0.0024,  -0.0031};
  const auto rows = levels_of(3, differences);
  CHECK(trend_of(rows).p == Approx(2.0 / 216.0));
  CHECK(trend_of(rows).smallest_p == Approx(2.0 / 216.0));
  CHECK(interaction_of(rows).p == Approx(6.0 / 216.0));
  CHECK(interaction_of(rows).smallest_p == Approx(6.0 / 216.0));
}

TEST_CASE("with two levels, permuting a seed's levels is flipping the sign of their difference") {
  const std::vector<double> values{3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7};
  std::vector<double> differences;
  for (std::size_t i = 0; i < values.size(); i += 2) differences.push_back(values[i] - values[i + 1]);
  CHECK(interaction_of(levels_of(2, values)).p == Approx(sign_flip_test(differences).p));
}

TEST_CASE("more than a hundred thousand arrangements are drawn, the same in every call") {
  Stream stream(1, "test/interaction");
  std::vector<double> values(4 * 9);
  for (double& value : values) value = compute::normal(stream);
  const auto rows = levels_of(4, values);
  const Interaction drawn = interaction_of(rows);
  CHECK_FALSE(drawn.exact);
  CHECK(drawn.p >= 1.0 / 100'000.0);
  CHECK(interaction_of(rows).p == drawn.p);
  // Fisher's F is close to it for normal values: within what the two may differ by.
  CHECK(drawn.p > 0.05);
}

TEST_CASE("many levels have a trend by the normal approximation") {
  std::vector<double> values;
  for (int seed = 0; seed < 4; ++seed) {
    for (int level = 0; level < 10; ++level) values.push_back(seed + 0.1 * level);
  }
  // L is at its largest: by hand L - E L = 4 * 82.5, variance 4 * 82.5^2 / 9, z = 2 sqrt(9) = 6.
  const Interaction trend = trend_of(levels_of(10, values));
  CHECK_FALSE(trend.exact);
  CHECK(trend.p == Approx(1.973175290075396e-09).epsilon(1e-9));
}

TEST_CASE("one level, or no seed with two, has no p but a reason") {
  CHECK(interaction_of(levels_of(1, std::vector<double>{1, 2})).reason == "the factor has one level");
  const auto apart = levels_of(2, std::vector<double>{1, NAN, NAN, 2});
  CHECK(interaction_of(apart).reason == "no seed has values at two levels");
  CHECK(std::isnan(trend_of(apart).p));
}

TEST_CASE("values that are all alike do not depend on anything") {
  const auto rows = levels_of(3, std::vector<double>(12, 0.5));
  CHECK(interaction_of(rows).p == 1.0);
  CHECK(trend_of(rows).p == Approx(1.0));
}
