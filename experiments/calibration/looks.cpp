/// Looking before the end: planned looks, e-values, and looking with the fixed test.

#include <vector>

#include <fmt/format.h>

#include "simulate.hpp"
#include "stats/anytime.hpp"
#include "stats/e_value.hpp"
#include "stats/look_level.hpp"
#include "stats/permutation.hpp"
#include "stats/planned_looks.hpp"

namespace calibration {

namespace {

using namespace ablate;

/// The first `seeds` of each row.
std::vector<SeedRow> begin_of(const std::vector<SeedRow>& rows, std::size_t seeds) {
  std::vector<SeedRow> result;
  for (const SeedRow& row : rows) {
    const auto n = static_cast<std::ptrdiff_t>(seeds);
    result.push_back(
        {{row.seeds.begin(), row.seeds.begin() + n}, {row.values.begin(), row.values.begin() + n}});
  }
  return result;
}

struct Planned {
  Share claimed;
  double seeds = 0.0;  ///< used on average
};

/// A family of three under planned looks; how often row 0 (an effect) or any row (none) is claimed.
Planned plan(const std::vector<std::size_t>& times, double effect, Errors errors, std::size_t studies) {
  const std::vector<PlannedLook> looks = planned_looks(times, level_of_few_seeds(0.05));
  Stream stream(times.size(), "calibration/planned");
  Planned result;
  for (std::size_t i = 0; i < studies; ++i) {
    const auto rows = draw_rows(times.back(), {effect, 0.0, 0.0}, errors, stream);
    bool claimed = false;
    std::size_t used = times.back();
    for (const PlannedLook& look : looks) {
      if (look.nominal == 0.0) continue;
      const Family family = judge_family(begin_of(rows, look.seeds), 1.0 - look.nominal);
      for (std::size_t r = 0; r < (effect > 0.0 ? 1 : rows.size()); ++r) {
        claimed = claimed || family.members[r].interval.low > 0.0 || family.members[r].interval.high < 0.0;
      }
      used = look.seeds;
      if (claimed) break;
    }
    result.claimed.add(claimed);
    result.seeds += static_cast<double>(used) / static_cast<double>(studies);
  }
  return result;
}

struct Peeked {
  Share e_value, flips;
};

/// One row, looked at after every seed from the sixth to the sixteenth.
Peeked peek(double effect, Errors errors) {
  constexpr std::size_t studies = 2'000, first = 6, last = 16;
  Stream stream(1, "calibration/peeking");
  Peeked result;
  for (std::size_t i = 0; i < studies; ++i) {
    const SeedRow row = draw_rows(last, {effect}, errors, stream)[0];
    bool reached = false, starred = false;
    for (std::size_t n = first; n <= last; ++n) {
      const auto looked_at = std::span(row.values).first(n);
      reached = reached || symmetry_e_value(looked_at).last >= 20.0;
      starred = starred || sign_flip_test(looked_at).p <= 0.05;
    }
    result.e_value.add(reached);
    result.flips.add(starred);
  }
  return result;
}

/// A family of three, judged after every seed from the sixth to the sixteenth: how often row 0 (an effect) or any row
/// (none) is claimed at some look, and how often its interval misses the truth at some look.
struct Anytime {
  Share claimed, missed;
};
Anytime anytime(double effect, Errors errors) {
  constexpr std::size_t studies = 500, first = 6, last = 16;
  Stream stream(2, "calibration/anytime");
  Anytime result;
  for (std::size_t i = 0; i < studies; ++i) {
    const auto rows = draw_rows(last, {effect, 0.0, 0.0}, errors, stream);
    bool claimed = false, missed = false;
    for (std::size_t n = first; n <= last; ++n) {
      const Family family = judge_family_anytime(begin_of(rows, n), 0.95);
      for (std::size_t r = 0; r < rows.size(); ++r) {
        const Interval& interval = family.members[r].interval;
        const double truth = r == 0 ? effect : 0.0;
        missed = missed || interval.low > truth || interval.high < truth;
        if (r == 0 || effect == 0.0) claimed = claimed || interval.low > 0.0 || interval.high < 0.0;
      }
    }
    result.claimed.add(claimed);
    result.missed.add(missed);
  }
  return result;
}

void print_planned() {
  fmt::print(
      "## Planned looks, a family of three, 10000 studies per row without an effect and 600 with one\n\n");
  fmt::print(
      "| looks after | errors | nominal p | a false claim | an effect of 1 sd is found | seeds used then |\n"
      "|---|---|---|--:|--:|--:|\n");
  for (const std::vector<std::size_t>& times :
       {std::vector<std::size_t>{8, 12, 16}, {6, 8, 10}, {10, 13, 16}}) {
    for (const Errors errors : {Errors::normal, Errors::heavy_tails}) {
      std::string nominal;
      for (const PlannedLook& look : planned_looks(times, level_of_few_seeds(0.05))) {
        nominal += (nominal.empty() ? "" : ", ") +
                   (look.nominal > 0.0 ? fmt::format("{:.4f}", look.nominal) : "none");
      }
      const Planned none = plan(times, 0.0, errors, 10'000), real = plan(times, 1.0, errors, 600);
      fmt::print("| {} | {} | {} | {} | {} | {:.1f} |\n", fmt::join(times, ", "), name_of(errors), nominal,
                 text(none.claimed), text(real.claimed), real.seeds);
    }
  }
}

void print_peeked() {
  fmt::print("\n## Looking after every seed from 6 to 16, one row, 2000 studies a row\n\n");
  fmt::print(
      "| effect in sd | errors | claimed once E >= 20 | claimed once the sign-flip p <= 0.05 |\n|--:|---|--:|--:|\n");
  for (const double effect : {0.0, 1.0, 1.5}) {
    for (const Errors errors : {Errors::normal, Errors::heavy_tails}) {
      const Peeked peeked = peek(effect, errors);
      fmt::print("| {} | {} | {} | {} |\n", effect, name_of(errors), text(peeked.e_value),
                 text(peeked.flips));
    }
  }
}

void print_anytime() {
  fmt::print(
      "\n## A family of three judged by e-values after every seed from 6 to 16, 500 studies per row\n\n");
  fmt::print(
      "| effect in sd | errors | claimed at some look | an interval misses at some look |\n|--:|---|--:|--:|\n");
  for (const double effect : {0.0, 1.0, 1.5}) {
    for (const Errors errors : {Errors::normal, Errors::heavy_tails}) {
      const Anytime judged = anytime(effect, errors);
      fmt::print("| {} | {} | {} | {} |\n", effect, name_of(errors), text(judged.claimed),
                 text(judged.missed));
    }
  }
}

}  // namespace

void print_looks() {
  print_planned();
  print_peeked();
  print_anytime();
  fmt::print("\n");
}

}  // namespace calibration
