#include "stats/family.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "compute/normal.hpp"
#include "stats/golden.hpp"
#include "stats/permutation.hpp"
#include "stats/word.hpp"

using namespace ablate;

namespace {

SeedRow row_of(std::span<const double> values) {
  SeedRow row;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) continue;
    row.seeds.push_back(static_cast<std::int64_t>(i));
    row.values.push_back(values[i]);
  }
  return row;
}

std::vector<SeedRow> rows_of(const test::GoldenCase& golden) {
  const auto count = static_cast<std::size_t>(golden.groups[0][0]);
  const std::size_t seeds = golden.groups[1].size() / count;
  std::vector<SeedRow> rows;
  for (std::size_t r = 0; r < count; ++r) {
    rows.push_back(row_of(std::span(golden.groups[1]).subspan(r * seeds, seeds)));
  }
  return rows;
}

std::vector<SeedRow> normal_rows(std::size_t count, std::size_t seeds, std::uint64_t study) {
  Stream stream(study, "test/family");
  std::vector<SeedRow> rows;
  for (std::size_t r = 0; r < count; ++r) {
    std::vector<double> values(seeds);
    for (double& value : values) value = compute::normal(stream) + 0.4 * static_cast<double>(r);
    rows.push_back(row_of(values));
  }
  return rows;
}

}  // namespace

TEST_CASE("p and intervals of a family agree with all signs tried one after the other") {
  const auto cases = test::golden("family");
  CHECK(cases.size() == 36);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const Family family = judge_family(rows_of(golden), golden.groups[0][1]);
    std::vector<double> p, stepped, ends;
    for (const Member& member : family.members) {
      CHECK(member.judged == Judged::by_flips);
      p.push_back(member.p);
      stepped.push_back(member.step_down_p);
      ends.insert(ends.end(), {member.interval.low, member.interval.high});
    }
    test::check_agree(p, golden.groups[2], 1e-9);
    test::check_agree(stepped, golden.groups[3], 1e-9);
    test::check_agree(ends, golden.groups[4], 1e-9);
  }
}

TEST_CASE("too few seeds for flips are judged by SciPy's t, corrected for the rows, and said to be") {
  for (const auto& golden : test::golden("family_t")) {
    CAPTURE(golden.line);
    std::vector<double> p, ends;
    for (const Member& member : judge_family(rows_of(golden), golden.groups[0][1]).members) {
      CHECK(member.judged == Judged::by_t);
      p.push_back(member.p);
      ends.insert(ends.end(), {member.interval.low, member.interval.high});
    }
    test::check_agree(p, golden.groups[2], 1e-9);
    test::check_agree(ends, golden.groups[3], 1e-9);
  }
}

TEST_CASE("words, interval and p of a member never disagree") {
  std::size_t claims = 0;
  for (std::uint64_t study = 0; study < 60; ++study) {
    const std::size_t seeds = 3 + study % 9;
    for (const Member& member : judge_family(normal_rows(1 + study % 5, seeds, study), 0.95).members) {
      const bool excludes_0 = member.interval.low > 0.0 || member.interval.high < 0.0;
      CHECK(excludes_0 == (member.p <= 1.0 - 0.95));
      CHECK(excludes_0 == is_settled(word_of(member.interval, 0.0, Best::highest)));
      CHECK(member.interval.low <= member.summary.mean);
      CHECK(member.interval.high >= member.summary.mean);
      CHECK(member.step_down_p <= member.p);
      CHECK(member.p >= member.smallest_p);
      claims += excludes_0;
    }
  }
  CHECK(claims > 10);
}

TEST_CASE(
    "a lone row's p is the sign-flip test's, and its interval at six seeds is the range of the values") {
  const std::vector<double> values{0.013, 0.011, 0.009, 0.012, 0.010, -0.0005};
  const Member member = judge_family(std::vector{row_of(values)}, 0.95).members[0];
  CHECK(member.p == sign_flip_test(values).p);
  CHECK(member.interval.low == Approx(-0.0005).epsilon(1e-12));
  CHECK(member.interval.high == Approx(0.013).epsilon(1e-12));
  // Five times better and once next to nothing worse: it cannot be said, and nothing says "no effect".
  CHECK(word_of(member.interval, 0.0, Best::highest) == Word::cannot_say);
}

TEST_CASE("six seeds serve any number of rows") {
  std::vector<SeedRow> rows = normal_rows(16, 6, 1);
  rows.push_back(row_of(std::vector<double>{5.0, 5.1, 4.9, 5.2, 4.8, 5.05}));
  const Family family = judge_family(rows, 0.95);
  CHECK(family.size == 17);
  CHECK(family.members.back().p == 2.0 / 64.0);
  CHECK(family.members.back().interval.low > 0.0);
}

TEST_CASE("the larger the family, the larger its p and the wider its intervals") {
  const std::vector<SeedRow> rows = normal_rows(6, 9, 3);
  const Member alone = judge_family(std::span(rows).last(1), 0.95).members[0];
  const Member one_of_six = judge_family(rows, 0.95).members.back();
  CHECK(one_of_six.p >= alone.p);
  CHECK(one_of_six.interval.low <= alone.interval.low);
  CHECK(one_of_six.interval.high >= alone.interval.high);
}

TEST_CASE("comparisons that were tried and are gone take their share of the level") {
  const std::vector<SeedRow> rows = normal_rows(2, 10, 4);
  const Family all = judge_family(rows, 0.95), survivors = judge_family(rows, 0.95, 6);
  CHECK(survivors.size == 8);
  for (std::size_t r = 0; r < 2; ++r) {
    CHECK(survivors.members[r].p == Approx(std::min(1.0, 4.0 * all.members[r].p)));
    CHECK(survivors.members[r].interval.low <= all.members[r].interval.low);
  }
  // 2 / 2^6 is above a quarter of 0.05: the survivors fall back on t.
  CHECK(judge_family(normal_rows(2, 6, 4), 0.95, 6).members[0].judged == Judged::by_t);
}

TEST_CASE("a row with few seeds is judged by t and leaves the others their flips") {
  std::vector<SeedRow> rows = normal_rows(3, 10, 5);
  rows.push_back(row_of(std::vector<double>{1.0, 2.0, 4.0}));
  rows.push_back(row_of(std::vector<double>{1.0}));
  rows.push_back(row_of({}));
  rows.push_back(row_of(std::vector<double>{0.25, 0.25, 0.25}));
  const Family family = judge_family(rows, 0.95);
  CHECK(family.size == 4);
  CHECK(family.members[0].judged == Judged::by_flips);
  CHECK(family.members[0].smallest_p == Approx(2.0 / 1024.0 * 4.0 / 3.0));
  CHECK(family.members[3].judged == Judged::by_t);
  CHECK(family.members[4].reason == "a single pair has no spread");
  CHECK(family.members[5].reason == "no seed is shared");
  CHECK(family.members[6].reason == "the differences are all alike, and too few for an exact test");
}

TEST_CASE("differences that are all alike are judged, and a change that changes nothing has p 1") {
  const Family family = judge_family(
      std::vector{row_of(std::vector<double>(8, 0.01)), row_of(std::vector<double>(8, 0.0))}, 0.95);
  CHECK(family.members[0].p == 2.0 / 256.0);
  CHECK(family.members[0].interval.low == Approx(0.01));
  CHECK(family.members[0].interval.high == Approx(0.01));
  CHECK(family.members[1].p == 1.0);
  CHECK(family.members[1].interval.low == 0.0);
  CHECK(family.members[1].interval.high == 0.0);
}

TEST_CASE("above twenty seeds signs are drawn, p near the exact one, the same in every call") {
  const std::vector<SeedRow> rows = normal_rows(1, 21, 9);
  const Member member = judge_family(rows, 0.95).members[0];
  CHECK(member.judged == Judged::by_drawn_flips);
  const SignFlipTest drawn = sign_flip_test(rows[0].values);
  CHECK(std::abs(member.p - drawn.p) < 5.0 * std::sqrt(2.0) * drawn.standard_error + 1e-4);
  CHECK(judge_family(rows, 0.95).members[0].interval.low == member.interval.low);
  CHECK((member.interval.low > 0.0 || member.interval.high < 0.0) == (member.p <= 1.0 - 0.95));
}

TEST_CASE("a family of values that are not finite, or of a confidence that is none, is refused") {
  const std::vector<SeedRow> rows{{{1, 2}, {0.5, INFINITY}}};
  CHECK_THROWS_AS(judge_family(rows, 0.95), std::invalid_argument);
  CHECK_THROWS_AS(judge_family({}, 1.0), std::invalid_argument);
  CHECK(judge_family({}, 0.95).members.empty());
}

TEST_CASE("differences that are alike but for rounding are a point, and the word rests on p") {
  const SeedRow row{{1, 2, 3, 4, 5, 6},
                    {0.02 - 0.01, 0.9 - 0.89, 0.3 - 0.29, 0.5 - 0.49, 0.11 - 0.1, 0.7 - 0.69}};
  const Member member = judge_family(std::vector{row}, 0.95).members.at(0);
  CHECK(summarize(row.values).minimum < summarize(row.values).maximum);
  CHECK_FALSE(member.interval.has_width());
  CHECK(member.interval.low == member.summary.mean);
  CHECK(member.p == 2.0 / 64);
}
