/// How often is an effect said to depend on a factor that does not matter, and on one that does?

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "simulate.hpp"
#include "stats/conclusion.hpp"

namespace calibration {

namespace {

using namespace ablate;

constexpr std::size_t studies = 1'000;

/// A grid of widths and schedules, and the factors that the study's question names in `by`; the others are tested
/// all the same.
struct Grid {
  const char* text;
  std::size_t widths, schedules;
  std::vector<std::size_t> by, tested;
};

const std::vector<Grid> grids = {{"2 x 2, asked by the width", 2, 1, {0}, {}},
                                 {"2 x 2, by nothing", 2, 1, {}, {0}},
                                 {"2 x 3 x 3, by both", 3, 3, {0, 1}, {}},
                                 {"2 x 3 x 3, by the width", 3, 3, {0}, {1}},
                                 {"2 x 3 x 3, by nothing", 3, 3, {}, {0, 1}}};

struct Told {
  Share any, depends, withheld;
};

bool is_said(const Effect& effect) { return effect.is_told && is_settled(effect.word); }

Told tell(const Grid& grid, StudyOfAChange study) {
  study.widths = grid.widths, study.schedules = grid.schedules;
  Stream stream(study.seeds, "calibration/dependences");
  Told told;
  for (std::size_t i = 0; i < studies; ++i) {
    const Conclusion conclusion =
        conclude(contrast(draw(study, stream), grid.by, grid.tested), {.ordered = {0}});
    const auto& all = conclusion.dependences;
    const bool depends = std::any_of(all.begin(), all.end(), [](const auto& one) { return one.told; });
    told.depends.add(depends);
    told.any.add(depends || is_said(conclusion.pooled) ||
                 std::any_of(conclusion.levels.begin(), conclusion.levels.end(), is_said));
    told.withheld.add(!conclusion.pooled.is_told);
  }
  return told;
}

/// How often an effect is said to depend on the width, and how often its mean over all widths is called better.
std::pair<Share, Share> by_width(const StudyOfAChange& design) {
  const std::vector<std::size_t> by{0, 1};
  Stream stream(design.seeds, "calibration/by_width");
  Share depends, mean;
  for (std::size_t i = 0; i < studies / 2; ++i) {
    const Conclusion conclusion = conclude(contrast(draw(design, stream), by), {.ordered = {0}});
    depends.add(conclusion.dependences.front().told);
    mean.add(conclusion.pooled.is_told && conclusion.pooled.word == Word::better);
  }
  return {depends, mean};
}

void print_by_width() {
  fmt::print("## Does it depend on the width? 2 x 3 x 3, {} studies a row\n\n", studies / 2);
  fmt::print(
      "| truth | seeds | \"it depends on the width\" | the mean over widths is called better |\n|---|--:|--:|--:|\n");
  for (const std::size_t seeds : {6, 10}) {
    const std::pair<const char*, StudyOfAChange> truths[] = {
        {"on the schedule alone; one width lacks a schedule",
         {.seeds = seeds, .effect = 1.0, .by_schedule = 2.0, .lacks_one = true}},
        {"the effect is -1 at the middle width and 2 at the others",
         {.seeds = seeds, .effect = 2.0, .middle = -3.0}}};
    for (const auto& [truth, design] : truths) {
      const auto [depends, mean] = by_width(design);
      fmt::print("| {} | {} | {} | {} |\n", truth, seeds, text(depends), text(mean));
    }
  }
  fmt::print("\n");
}

}  // namespace

void print_dependences() {
  fmt::print("## It depends, where nothing does: {} studies a row\n\n", studies);
  fmt::print(
      "| grid | effect in sd, everywhere | seeds | any affirmative sentence | \"it depends\" | the mean is not told "
      "|\n|---|--:|--:|--:|--:|--:|\n");
  for (const Grid& grid : grids) {
    for (const double effect : {0.0, 2.0}) {
      for (const std::size_t seeds : {3, 6, 10}) {
        const Told told = tell(grid, {.seeds = seeds, .effect = effect});
        fmt::print("| {} | {} | {} | {} | {} | {} |\n", grid.text, effect, seeds,
                   effect == 0.0 ? text(told.any) : std::string("true"), text(told.depends),
                   text(told.withheld));
      }
    }
  }
  fmt::print("\n");
  print_by_width();
}

}  // namespace calibration
