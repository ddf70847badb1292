#include "stats/pairing.hpp"

#include <array>
#include <cmath>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

#include "stats/golden.hpp"
#include "stats/paired.hpp"

using ablate::pair_by_seed;
using ablate::SeedPairs;
using ablate::SeedValue;

TEST_CASE("unequal seed sets are paired where they meet, and the rest is told") {
  const std::vector<SeedValue> first{{4, 0.4}, {1, 0.5}, {2, 0.7}}, second{{1, 0.25}, {7, 0.1}, {2, 0.2}};
  const SeedPairs pairs = pair_by_seed(first, second);
  CHECK(pairs.seeds == std::vector<std::int64_t>{1, 2});
  CHECK(pairs.first == std::vector<double>{0.5, 0.7});
  CHECK(pairs.second == std::vector<double>{0.25, 0.2});
  CHECK(pairs.differences[0] == 0.25);
  CHECK(pairs.only_first == std::vector<std::int64_t>{4});
  CHECK(pairs.only_second == std::vector<std::int64_t>{7});
}

TEST_CASE("unequal seed sets give pandas' join and SciPy's tests of it") {
  const auto cases = ablate::test::golden("pairing");
  CHECK(cases.size() == 28);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const auto values = [&](std::size_t group) {
      std::vector<SeedValue> by_seed;
      const auto& numbers = golden.groups[group];
      for (std::size_t i = 0; i < numbers.size(); i += 2)
        by_seed.push_back({static_cast<std::int64_t>(numbers[i]), numbers[i + 1]});
      return by_seed;
    };
    const SeedPairs pairs = pair_by_seed(values(0), values(1));
    ablate::test::check_agree(std::vector<double>(pairs.seeds.begin(), pairs.seeds.end()), golden.groups[2]);
    const auto d = ablate::paired_difference(pairs.differences, 0.95);
    ablate::test::check_agree(std::array{d.t, d.t_p, d.permutation_p, d.wilcoxon_p}, golden.groups[3]);
  }
}

TEST_CASE("a diverged run takes its seed out of the pairs") {
  const std::vector<SeedValue> first{{1, std::nan("")}, {2, 0.5}, {3, INFINITY}},
      second{{1, 0.5}, {2, 0.25}, {3, std::nan("")}};
  const SeedPairs pairs = pair_by_seed(first, second);
  CHECK(pairs.seeds == std::vector<std::int64_t>{2});
  CHECK(pairs.only_first.empty());
  CHECK(pairs.only_second == std::vector<std::int64_t>{1});
}

TEST_CASE("no shared seed pairs nothing, and a seed that stands twice is refused") {
  CHECK(pair_by_seed(std::vector<SeedValue>{{1, 0.5}}, std::vector<SeedValue>{{2, 0.5}}).seeds.empty());
  CHECK_THROWS_AS(pair_by_seed(std::vector<SeedValue>{{1, 0.5}, {1, 0.5}}, {}), std::invalid_argument);
}
