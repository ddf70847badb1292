#pragma once
/// Cases of tests/golden/stats, which tests/support/make_stats_golden.py made; the head of each file names
/// its source and the versions.

#include <span>
#include <string>
#include <vector>

namespace ablate::test {

using Numbers = std::vector<double>;

/// A line: its groups of numbers, between bars. "nan" is a number here.
struct GoldenCase {
  std::string line;
  std::vector<Numbers> groups;
};

/// All cases of tests/golden/stats/<name>.txt.
std::vector<GoldenCase> golden(const std::string& name);

/// Whole multiples of 2^-12 as they were meant.
Numbers in_4096ths(Numbers whole);

/// Checks that both are as long and agree within `relative`, or 1e-15; not a number agrees with itself alone.
void check_agree(std::span<const double> ours, std::span<const double> golden, double relative = 1e-10);

}  // namespace ablate::test
