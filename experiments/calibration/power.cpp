/// What the contrast finds, beside the table of all variants against one baseline that it replaces.

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "compute/normal.hpp"
#include "simulate.hpp"
#include "stats/conclusion.hpp"
#include "stats/family_power.hpp"
#include "stats/multiple.hpp"
#include "stats/permutation.hpp"

namespace calibration {

namespace {

using namespace ablate;

constexpr std::size_t studies = 600;

struct Found {
  Share contrast, table;
};

/// The change, by contrast over its nine settings; and in a table of 17 variants against one baseline, the row that
/// is the change alone. The table's other 16 rows differ in width or schedule as well: rows of noise.
Found find(std::size_t seeds, double icc, double effect) {
  Stream stream(seeds, "calibration/power");
  Found found;
  for (std::size_t i = 0; i < studies; ++i) {
    const auto pairs = draw({.seeds = seeds, .icc = icc, .effect = effect}, stream);
    const std::vector<std::size_t> by{0, 1};
    const Conclusion conclusion = conclude(contrast(pairs, by), {.ordered = {0}});
    found.contrast.add(conclusion.pooled.word == Word::better);
    std::vector<double> p;
    std::vector<double> first;
    for (const ContrastPair& pair : pairs) {
      if (pair.setting == std::vector<std::size_t>{0, 0}) first.push_back(pair.to - pair.from);
    }
    p.push_back(sign_flip_test(first).p);
    for (std::size_t other = 0; other < 16; ++other) {
      std::vector<double> noise(seeds);
      for (double& value : noise) value = ablate::compute::normal(stream);
      p.push_back(sign_flip_test(noise).p);
    }
    found.table.add(holm(p)[0] <= 0.05);
  }
  return found;
}

}  // namespace

void print_power() {
  fmt::print(
      "## Power: 2 x 3 x 3, the change adds one standard deviation of a single pair, {} studies a row\n\n",
      studies);
  fmt::print(
      "| seeds | share of a seed's own variance | found by the contrast | found in the table of 17, Holm over sign "
      "flips |\n|--:|--:|--:|--:|\n");
  for (const std::size_t seeds : {3, 5, 6, 8, 10}) {
    for (const double icc : {0.16, 0.49}) {
      const Found found = find(seeds, icc, 1.0);
      fmt::print("| {} | {} | {} | {} |\n", seeds, icc, text(found.contrast), text(found.table));
    }
  }
  fmt::print(
      "\n## What so many seeds find in 80% of all studies, in standard deviations of a seed's difference\n\n");
  fmt::print("| seeds | 1 row | 3 rows | 6 rows | 17 rows |\n|--:|--:|--:|--:|--:|\n");
  for (const std::size_t seeds : {3, 5, 6, 8, 10, 12, 16, 20, 30}) {
    fmt::print("| {} | {:.2f} | {:.2f} | {:.2f} | {:.2f} |\n", seeds, detectable_by_family(seeds, 1, 0.95),
               detectable_by_family(seeds, 3, 0.95), detectable_by_family(seeds, 6, 0.95),
               detectable_by_family(seeds, 17, 0.95));
  }
  fmt::print("\n");
}

}  // namespace calibration
