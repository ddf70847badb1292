#include "stats/wilcoxon.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "stats/golden.hpp"

using ablate::wilcoxon_test;
using ablate::WilcoxonTest;

TEST_CASE("Wilcoxon's signed-rank test agrees with SciPy, ties and zeros among the differences") {
  const auto cases = ablate::test::golden("wilcoxon");
  CHECK(cases.size() == 54);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const WilcoxonTest test = wilcoxon_test(golden.groups[0]);
    ablate::test::check_agree(std::array{test.rank_sum, test.p}, golden.groups[1]);
  }
}

TEST_CASE("the signed-rank p is a share of all signs") {
  // By hand: {}, {1}, {2}, {3} and {1, 2} are the 5 choices of negative ranks whose sum is at most 3.
  const WilcoxonTest test = wilcoxon_test(std::vector<double>{-1, -2, 3, 4, 5, 6, 7, 8});
  CHECK(test.rank_sum == 33.0);
  CHECK(test.p == 10.0 / 256.0);
  CHECK(test.smallest_p == 2.0 / 256.0);
  CHECK(test.exact);
}

TEST_CASE("the signed-rank p does not ask which variant is named first") {
  const std::vector<double> differences{0.5, -1.5, 2.5, 2.5, 0.0, 7.0, -0.5};
  std::vector<double> turned;
  for (const double difference : differences) turned.push_back(-difference);
  CHECK(wilcoxon_test(turned).p == wilcoxon_test(differences).p);
  CHECK(wilcoxon_test(turned).rank_sum + wilcoxon_test(differences).rank_sum == 21.0);
}

TEST_CASE("sizes that differ by rounding alone share a rank") {
  // 0.9 - 0.8 and 0.5 - 0.4 are 0.1 on paper: ranks 1.5, 1.5, 3, and W+ = 1.5.
  const WilcoxonTest test = wilcoxon_test(std::vector<double>{0.9 - 0.8, 0.4 - 0.5, -0.2});
  CHECK(test.rank_sum == 1.5);
}

TEST_CASE("zeros take no part in the signed ranks, and nothing but zeros has a p of 1") {
  const WilcoxonTest with = wilcoxon_test(std::vector<double>{0, 1, 0, 2, 3, 0});
  CHECK(with.n == 3);
  CHECK(with.p == wilcoxon_test(std::vector<double>{1, 2, 3}).p);
  CHECK(with.smallest_p == 0.25);
  CHECK(wilcoxon_test(std::vector<double>(4, 0.0)).p == 1.0);
  CHECK(wilcoxon_test(std::vector<double>{5.0}).p == 1.0);
  CHECK(std::isnan(wilcoxon_test({}).p));
  CHECK(std::isnan(wilcoxon_test(std::vector<double>{1.0, std::nan("")}).p));
}
