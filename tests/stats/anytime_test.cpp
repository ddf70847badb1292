#include "stats/anytime.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "compute/normal.hpp"
#include "stats/e_value.hpp"
#include "stats/golden.hpp"

using namespace ablate;

namespace {

SeedRow row_of(const std::vector<double>& values) {
  SeedRow row;
  for (const double value : values) {
    row.seeds.push_back(static_cast<std::int64_t>(row.seeds.size()) + 1);
    row.values.push_back(value);
  }
  return row;
}

/// A family of the row and others that nothing is known of.
Member judged(const std::vector<double>& values, std::size_t rows, double level) {
  return judge_family_anytime(std::vector{row_of(values)}, 1.0 - level, {}, rows - 1).members.at(0);
}

}  // namespace

TEST_CASE("anytime intervals agree with those from a fine grid of hypotheses") {
  const auto cases = test::golden("anytime");
  REQUIRE(cases.size() >= 10);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const Member member =
        judged(golden.groups[0], static_cast<std::size_t>(golden.groups[1][0]), golden.groups[1][1]);
    CHECK(member.judged == Judged::by_e_value);
    test::check_agree(std::vector<double>{member.interval.low, member.interval.high}, golden.groups[3], 1e-9);
    CHECK(member.p >= golden.groups[2][0] - 1e-12);
  }
}

TEST_CASE("an anytime interval excludes 0 exactly where its p is at most the level") {
  Stream stream(7, "anytime");
  std::size_t claimed = 0;
  for (int study = 0; study < 60; ++study) {
    std::vector<double> values;
    for (int seed = 0; seed < 9 + study % 6; ++seed) values.push_back(compute::normal(stream) + 0.04 * study);
    const Member member = judged(values, 1 + study % 3, 0.05);
    const bool excludes = member.interval.low > 0.0 || member.interval.high < 0.0;
    CHECK(excludes == (member.p <= 0.05));
    claimed += excludes;
  }
  CHECK(claimed > 10);
  CHECK(claimed < 50);
}

TEST_CASE("six seeds are no evidence at any look, seven alike are, for one row") {
  const Member six = judged(std::vector<double>(6, 0.01), 1, 0.05),
               seven = judged(std::vector<double>(7, 0.01), 1, 0.05);
  CHECK(six.p > 0.05);
  CHECK(std::isnan(six.interval.low));
  CHECK(seven.p <= 0.05);
  CHECK(seven.interval.low == Approx(0.01));
  // 7 signs alike: the mean over l of ((1 + tanh l)^7 + (1 - tanh l)^7) / 2.
  double e = 0.0;
  for (const double l : {0.5, 1.0, 2.0})
    e += (std::pow(1.0 + std::tanh(l), 7) + std::pow(1.0 - std::tanh(l), 7)) / 6.0;
  CHECK(largest_e_value(7) == Approx(e).epsilon(1e-12));
  CHECK(seven.p == Approx(1.0 / e).epsilon(1e-12));
}

TEST_CASE("evidence is counted in the order in which seeds were run") {
  const SeedRow row{{1, 2, 3, 4, 5, 6, 7, 8}, {1.0, 1.1, 0.9, 1.0, 1.2, 1.0, 0.8, -3.0}};
  const std::vector<std::int64_t> late{1, 2, 3, 4, 5, 6, 7, 8}, early{8, 1, 2, 3, 4, 5, 6, 7};
  const double as_run = judge_family_anytime(std::vector{row}, 0.95, late).members[0].p;
  CHECK(as_run == judge_family_anytime(std::vector{row}, 0.95).members[0].p);
  CHECK(as_run <= 0.05);
  CHECK(judge_family_anytime(std::vector{row}, 0.95, early).members[0].p > 0.05);
}

TEST_CASE("rows without two seeds are no members, and no spread at 0 says nothing") {
  const std::vector<SeedRow> rows{{{1}, {0.5}}, {{}, {}}, row_of(std::vector<double>(9, 0.0))};
  const Family family = judge_family_anytime(rows, 0.95);
  CHECK(family.size == 1);
  CHECK(family.members[0].judged == Judged::not_at_all);
  CHECK(family.members[2].p == 1.0);
  CHECK_THROWS_AS(judge_family_anytime(rows, 1.0), std::invalid_argument);
}
