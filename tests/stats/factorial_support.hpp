#pragma once
/// Factorial studies out of golden files.

#include <vector>

#include "stats/factorial.hpp"
#include "stats/golden.hpp"

namespace ablate::test {

/// Group 0 holds the number of factors, group 1 the runs: levels, seed, value.
inline std::vector<FactorialRun> factorial_runs(const GoldenCase& golden) {
  const auto factors = static_cast<std::size_t>(golden.groups[0][0]);
  const Numbers& numbers = golden.groups[1];
  std::vector<FactorialRun> runs;
  for (std::size_t i = 0; i < numbers.size(); i += factors + 2) {
    FactorialRun& run = runs.emplace_back();
    for (std::size_t j = 0; j < factors; ++j) run.levels.push_back(static_cast<std::size_t>(numbers[i + j]));
    run.seed = static_cast<std::int64_t>(numbers[i + factors]);
    run.value = numbers[i + factors + 1];
  }
  return runs;
}

}  // namespace ablate::test
