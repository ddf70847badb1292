#include "stats/friedman.hpp"

#include <array>
#include <cmath>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

#include "stats/golden.hpp"

using ablate::Best;
using ablate::friedman_test;
using ablate::FriedmanTest;
using ablate::nemenyi_critical_difference;

TEST_CASE("the Friedman test, its ranks and the critical difference agree with SciPy") {
  const auto cases = ablate::test::golden("friedman");
  CHECK(cases.size() == 32);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const auto variants = static_cast<std::size_t>(golden.groups[0][0]);
    const FriedmanTest test = friedman_test(golden.groups[1], variants, Best::highest, golden.groups[0][1]);
    ablate::test::check_agree(test.mean_ranks, golden.groups[2]);
    ablate::test::check_agree(std::array{test.chi_squared, test.p, test.critical_difference},
                              golden.groups[3]);
    CHECK(test.reason.empty());
  }
}

TEST_CASE("the critical difference is that of Demsar's worked example and table") {
  // Demsar 2006: 4 classifiers on 14 data sets, q = 2.569 at 0.05 and 2.291 at 0.10, differ by 1.25 and 1.12.
  CHECK(nemenyi_critical_difference(4, 14, 0.95) == Approx(1.25).margin(0.005));
  CHECK(nemenyi_critical_difference(4, 14, 0.90) == Approx(1.12).margin(0.005));
  CHECK(std::isnan(nemenyi_critical_difference(1, 14, 0.95)));
  CHECK(std::isnan(nemenyi_critical_difference(4, 0, 0.95)));
}

TEST_CASE("the critical difference is the one at which scikit-posthocs' Nemenyi test gives its p") {
  const auto cases = ablate::test::golden("nemenyi");
  CHECK(cases.size() == 12);
  std::size_t pairs = 0;
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const auto variants = static_cast<std::size_t>(golden.groups[0][0]);
    const std::size_t seeds = golden.groups[1].size() / variants;
    std::vector<double> ours;
    for (const double p : golden.groups[2])
      ours.push_back(nemenyi_critical_difference(variants, seeds, 1.0 - p));
    ablate::test::check_agree(ours, golden.groups[3], 1e-9);
    pairs += ours.size();
  }
  CHECK(pairs > 50);
}

TEST_CASE("rank 1 is the best, whichever way the metric goes") {
  const std::vector<double> losses{0.1, 0.2, 0.3, 0.1, 0.3, 0.2};
  CHECK(friedman_test(losses, 3, Best::lowest, 0.95).mean_ranks == std::vector<double>{1.0, 2.5, 2.5});
  CHECK(friedman_test(losses, 3, Best::highest, 0.95).mean_ranks == std::vector<double>{3.0, 1.5, 1.5});
}

TEST_CASE("a seed that lacks a variant is left out of the ranks") {
  const std::vector<double> values{1, 2, 3, 1, std::nan(""), 3, 1, 3, 2, INFINITY, 1, 2};
  const FriedmanTest test = friedman_test(values, 3, Best::lowest, 0.95);
  CHECK(test.seeds == 2);
  CHECK(test.left_out == 2);
  CHECK(test.mean_ranks == std::vector<double>{1.0, 2.5, 2.5});
}

TEST_CASE("what cannot be ranked has a reason and no p") {
  const auto reason = [](std::vector<double> values, std::size_t variants) {
    const FriedmanTest test = friedman_test(values, variants, Best::highest, 0.95);
    CHECK(std::isnan(test.p));
    CHECK(std::isnan(test.critical_difference));
    return std::string(test.reason);
  };
  CHECK(reason({1, 2, 2, 3}, 2) == "fewer than three variants are compared in pairs");
  CHECK(reason({1, 2, 3}, 3) == "fewer than two seeds have a value of every variant");
  CHECK(reason({}, 3) == "fewer than two seeds have a value of every variant");
  CHECK(reason({1, 1, 1, 2, 2, 2}, 3) == "all variants are alike in every seed");
  CHECK_THROWS_AS(friedman_test(std::vector<double>{1, 2}, 3, Best::highest, 0.95), std::invalid_argument);
  CHECK_THROWS_AS(friedman_test({}, 0, Best::highest, 0.95), std::invalid_argument);
}
