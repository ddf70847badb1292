// Metrics of any size: what is said does not depend on their unit.
#include <cmath>

#include <catch2/catch.hpp>

#include "report/asked.hpp"
#include "report/synthetic.hpp"

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
  for (const int power : {-480, -43, 20, 266, 480}) {
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
    const Difference& difference = *comparison.variants[1].difference;
    CHECK(difference.paired.t == Approx(plain.variants[1].difference->paired.t).epsilon(1e-12));
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
