// Metrics of any size: what is said does not depend on their unit.
#include <cmath>

#include <catch2/catch.hpp>

#include "report/asked.hpp"
#include "report/synthetic.hpp"
#include "report/unpaired.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

StudyRecords scaled(int power) {
  const std::vector<double> base = {.80, .81, .79, .80, .82, .80, .83, .81};
  std::vector<double> with = base;
  for (std::size_t i = 0; i < with.size(); ++i) with[i] += 0.02 + 0.001 * static_cast<double>(i * 3 % 8);
  std::vector<double> other = base;
  for (std::size_t i = 0; i < other.size(); ++i) other[i] += i % 2 ? 0.003 : -0.002;
  for (auto* values : {&with, &other}) {
    for (double& value : *values) value = std::ldexp(value, power);
  }
  std::vector<double> first = base;
  for (double& value : first) value = std::ldexp(value, power);
  return synthetic::with_accuracies({first, with, other});
}

}  // namespace

TEST_CASE("the same values in another unit have the same p and words, to the last bit") {
  const auto plain = asked(scaled(0));
  for (const int power : {-900, -600, -480, -43, 20, 266, 480}) {
    CAPTURE(power);
    const auto comparison = asked(scaled(power));
    REQUIRE(comparison.answer->contrasts.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
      const AnsweredContrast &there = comparison.answer->contrasts[i], &here = plain.answer->contrasts[i];
      const Member &scaled_member = there.conclusion.pooled.member, &member = here.conclusion.pooled.member;
      CHECK(scaled_member.p == member.p);
      CHECK(scaled_member.step_down_p == member.step_down_p);
      CHECK(there.pooled.word == here.pooled.word);
      CHECK(scaled_member.interval.low == std::ldexp(member.interval.low, power));
    }
    const PairedDifference &difference = comparison.variants[1].difference->paired,
                           &same = plain.variants[1].difference->paired;
    CHECK(difference.t == same.t);
    CHECK(difference.bootstrap.interval.low == std::ldexp(same.bootstrap.interval.low, power));
  }
}

TEST_CASE("a headline of tiny and of huge metrics has as many digits as its interval needs") {
  CHECK_THAT(bullets(asked(scaled(-43))), Contains("+2.67e-15 (+2.34e-15 to +3.00e-15) better"));
  CHECK_THAT(bullets(asked(scaled(266))), Contains("e+78 (") && !Contains("00000000"));
}

TEST_CASE("a number beyond 1e150 counts as none, as its square would be infinite") {
  auto records = scaled(0);
  for (auto& row : records.selected) {
    if (row.run_id > 8 && row.run_id <= 12) row.suite.accuracy = 1e160;
  }
  const auto comparison = asked(records);
  CHECK(comparison.answer->contrasts[0].pooled.word == Word::cannot_say);
  CHECK_THAT(bullets(comparison), Contains("diverged: B in 4 of 8"));
}

TEST_CASE("looked at before, unpaired or a grid: the same values in another unit say the same") {
  const auto grid = [](int power) {
    StudyRecords records = scaled(power);
    std::vector<std::vector<double>> all(4);
    for (const auto& row : records.selected) {
      if (row.split != SplitName::test) continue;
      const auto v = static_cast<std::size_t>(row.run_id - 1) / 8;
      all[v].push_back(row.suite.accuracy);
    }
    for (std::size_t i = 0; i < 8; ++i)
      all[3].push_back(all[1][i] - all[0][i] + all[2][i] +
                       std::ldexp(0.001 * static_cast<double>(i % 3), power));
    return synthetic::with_accuracies(all);
  };
  auto plain = grid(0);
  for (const int power : {-600, 400}) {
    CAPTURE(power);
    auto records = grid(power);
    const auto here = asked(plain), there = asked(records);
    REQUIRE(here.factor_analysis);
    CHECK(there.factor_analysis->anova.factors.at(0).f == here.factor_analysis->anova.factors.at(0).f);
    CHECK(there.factor_analysis->anova.residual.share == here.factor_analysis->anova.residual.share);
    CHECK(there.answer->contrasts[0].conclusion.dependences.at(0).p ==
          here.answer->contrasts[0].conclusion.dependences.at(0).p);
    auto looked_here = plain, looked_there = records;
    looked_here.looks =
        looked_there.looks = {{"2026-11-26T10:00:00.000Z", "report", "test.accuracy", 4, 8, 2, ""}};
    CHECK(asked(looked_there).answer->contrasts[0].conclusion.pooled.member.p ==
          asked(looked_here).answer->contrasts[0].conclusion.pooled.member.p);
    looked_here.paired = looked_there.paired = false;
    CHECK(unpaired_rows(asked(looked_there)).at(0).difference.p ==
          unpaired_rows(asked(looked_here)).at(0).difference.p);
  }
}
