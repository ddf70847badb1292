/// The family-wise error and the coverage of simultaneous intervals, beside Holm over sign-flip tests.

#include <vector>

#include <fmt/format.h>

#include "simulate.hpp"
#include "stats/multiple.hpp"
#include "stats/permutation.hpp"

namespace calibration {

namespace {

using namespace ablate;

constexpr std::size_t studies = 1'500, rows = 6;

struct Count {
  Share false_claims, false_by_step_down, all_covered, found, false_by_holm, found_by_holm;
};

Count count(std::size_t seeds, std::size_t real, Errors errors) {
  constexpr double effect = 1.5;
  std::vector<double> effects(rows, 0.0);
  std::fill_n(effects.begin(), real, effect);
  Stream stream(seeds + 100 * real, "calibration/family");
  Count made;
  for (std::size_t i = 0; i < studies; ++i) {
    const auto drawn = draw_rows(seeds, effects, errors, stream);
    const Family family = judge_family(drawn, 0.95);
    std::vector<double> alone;
    for (const SeedRow& row : drawn) alone.push_back(sign_flip_test(row.values).p);
    const std::vector<double> corrected = holm(alone);
    bool wrong = false, wrong_step = false, wrong_holm = false, covered = true;
    for (std::size_t r = 0; r < rows; ++r) {
      const Member& member = family.members[r];
      const bool claimed = member.interval.low > 0.0 || member.interval.high < 0.0;
      covered = covered && member.interval.low <= effects[r] && effects[r] <= member.interval.high;
      if (r < real) {
        made.found.add(claimed);
        made.found_by_holm.add(corrected[r] <= 0.05);
      } else {
        wrong = wrong || claimed;
        wrong_step = wrong_step || member.step_down_p <= 0.05;
        wrong_holm = wrong_holm || corrected[r] <= 0.05;
      }
    }
    made.false_claims.add(wrong);
    made.false_by_step_down.add(wrong_step);
    made.false_by_holm.add(wrong_holm);
    made.all_covered.add(covered);
  }
  return made;
}

}  // namespace

void print_families() {
  fmt::print("## A family of six rows, {} studies a row\n\n", studies);
  fmt::print(
      "| errors | seeds | real effects (1.5 sd) | a false claim | the same by the step-down p | all six intervals hold "
      "the truth | real ones found | a false claim by Holm over sign flips | found by it |\n"
      "|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
  for (const Errors errors : {Errors::normal, Errors::heavy_tails, Errors::skewed}) {
    for (const std::size_t seeds : {6, 8, 10}) {
      for (const std::size_t real : {0, 3}) {
        const Count made = count(seeds, real, errors);
        fmt::print("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", name_of(errors), seeds, real,
                   text(made.false_claims), text(made.false_by_step_down), text(made.all_covered),
                   real > 0 ? text(made.found) : "", text(made.false_by_holm),
                   real > 0 ? text(made.found_by_holm) : "");
      }
    }
  }
  fmt::print("\n");
}

}  // namespace calibration
