#include "stats/paired.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "stats/golden.hpp"

using ablate::paired_difference;
using ablate::PairedDifference;

TEST_CASE("paired differences agree with SciPy") {
  const auto cases = ablate::test::golden("paired");
  CHECK(cases.size() == 71);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const auto differences = ablate::test::in_4096ths(golden.groups[1]);
    const PairedDifference d = paired_difference(differences, golden.groups[0][0]);
    std::array ours{d.summary.mean,
                    d.summary.standard_deviation,
                    d.interval.low,
                    d.interval.high,
                    d.effect_size,
                    d.unbiased_effect_size,
                    d.t,
                    d.t_p,
                    d.permutation_p,
                    d.interquartile_mean};
    // A zero deviation has a t interval that is a point, where SciPy has none.
    if (d.summary.n > 1 && std::isnan(d.t)) {
      CHECK(d.interval.low == d.interval.high);
      ours[2] = ours[3] = std::nan("");
    }
    if (d.summary.n > ablate::most_exact_pairs) ours[8] = std::nan("");
    ablate::test::check_agree(ours, golden.groups[2]);
  }
}

TEST_CASE("five differences of one sign have the smallest exact p that five pairs can give") {
  const PairedDifference d = paired_difference(std::vector<double>{0.1, 0.2, 0.3, 0.4, 0.5}, 0.95);
  CHECK(d.permutation_p == 0.0625);
  CHECK(d.smallest_permutation_p == 0.0625);
}

TEST_CASE("no pair says nothing") {
  const PairedDifference d = paired_difference({}, 0.95);
  CHECK(d.summary.n == 0);
  CHECK(std::isnan(d.summary.mean));
  CHECK(std::isnan(d.permutation_p));
  CHECK(std::isnan(d.smallest_permutation_p));
  CHECK(std::isnan(d.wilcoxon_p));
  CHECK(std::isnan(d.interquartile_mean));
  CHECK(std::isnan(d.detectable_effect_size));
  CHECK(d.reason == "no seed is shared");
  CHECK_FALSE(d.bootstrap.reason.empty());
}

TEST_CASE("one pair has a mean, and a p of 1") {
  const PairedDifference d = paired_difference(std::vector<double>{0.25}, 0.95);
  CHECK(d.summary.mean == 0.25);
  CHECK(std::isnan(d.interval.low));
  CHECK(std::isnan(d.effect_size));
  CHECK(std::isnan(d.t_p));
  CHECK(d.permutation_p == 1.0);
  CHECK(d.smallest_permutation_p == 1.0);
  CHECK(d.wilcoxon_p == 1.0);
  CHECK(d.interquartile_mean == 0.25);
  CHECK(std::isnan(d.detectable_difference));
  CHECK(std::isnan(d.bootstrap.interval.low));
  CHECK(d.reason == "a single pair has no spread");
}

TEST_CASE("two pairs have a t test, but no unbiased effect size and no bootstrap") {
  const PairedDifference d = paired_difference(std::vector<double>{1.0, 3.0}, 0.95);
  CHECK(d.t == Approx(2.0));
  CHECK(std::isnan(d.unbiased_effect_size));
  CHECK(d.bootstrap.reason == "so few values cannot be resampled to this confidence");
  CHECK(d.permutation_p == 0.5);
  CHECK(d.reason.empty());
}

TEST_CASE("what n pairs find is given in the metric, at the spread that was seen") {
  const PairedDifference d = paired_difference(std::vector<double>{0.01, 0.02, 0.03, 0.04, 0.05}, 0.95);
  // statsmodels 0.15.0: TTestPower().solve_power(nobs=5, alpha=0.05, power=0.8) = 1.6819970833.
  CHECK(d.detectable_effect_size == Approx(1.6819970833));
  CHECK(d.detectable_difference == Approx(1.6819970833 * std::sqrt(2.5) / 100));
}

TEST_CASE("differences without spread give no t test, but the permutation test stands") {
  // Equal on paper; in doubles the first is 0.09999999999999998.
  for (const std::vector<double>& same :
       {std::vector<double>{0.9 - 0.8, 0.5 - 0.4, 0.1}, std::vector<double>(3, 0.1)}) {
    const PairedDifference d = paired_difference(same, 0.95);
    CHECK(std::isnan(d.t));
    CHECK(std::isnan(d.t_p));
    CHECK(std::isnan(d.effect_size));
    CHECK(std::isnan(d.unbiased_effect_size));
    CHECK(std::isnan(d.detectable_difference));
    CHECK(d.reason == "the differences are all alike");
    CHECK(d.wilcoxon_p == 0.25);
    CHECK(d.interval.low == Approx(0.1));
    CHECK(d.interval.high == Approx(0.1));
    CHECK(d.permutation_p == 0.25);
  }
  const PairedDifference zero = paired_difference(std::vector<double>(4, 0.0), 0.95);
  CHECK(std::isnan(zero.t_p));
  CHECK(zero.interval.high == 0.0);
  CHECK(zero.bootstrap.interval.high == 0.0);
  CHECK(zero.wilcoxon_p == 1.0);
  CHECK(zero.permutation_p == 1.0);
}

TEST_CASE("a difference that is not a number spoils the result visibly") {
  const PairedDifference d = paired_difference(std::vector<double>{0.1, std::nan(""), 0.3}, 0.95);
  CHECK(std::isnan(d.summary.mean));
  CHECK(std::isnan(d.t_p));
  CHECK(std::isnan(d.permutation_p));
  CHECK(std::isnan(d.wilcoxon_p));
  CHECK(std::isnan(d.bootstrap.interval.low));
  CHECK(d.reason == "a difference is not a finite number");
}
