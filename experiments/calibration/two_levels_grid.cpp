/// Do intervals over seeds and images hold the differences of a grid, pooled over its settings and by level?

#include <array>
#include <cmath>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compute/normal.hpp"
#include "simulate.hpp"
#include "stats/two_levels.hpp"

namespace calibration {

namespace {

using namespace ablate;

constexpr std::size_t studies = 1'000, images = 1'000, settings = 4;
constexpr double image_share = 0.12, better = 0.30, worse = 0.22, spread = 0.2;

/// What a change does in a 2 x 2 of other factors, in the share of images on which the sides may differ: `better` and
/// what each setting adds to it.
struct Grid {
  std::size_t seeds = 10;
  double seed_sd = 0.0;  ///< of a seed's luck, half of its variance shared by the settings
  std::array<double, settings> added = {};
};

/// Settings of a row: all, and those of both levels of either other factor.
const std::vector<std::vector<std::size_t>> row_settings = {{0, 1, 2, 3}, {0, 1}, {2, 3}, {0, 2}, {1, 3}};

double truth_of(const Grid& grid, std::size_t setting) {
  const double turned = grid.seed_sd * std::sqrt(2.0 / std::numbers::pi);
  return (1.0 - turned) * image_share * (better + grid.added[setting] - worse);
}

/// How far an image leans to one side, in each setting: half of it is the image's own. Images of which no setting tells
/// the sides apart are not a number.
using Leans = std::vector<std::array<double, settings>>;

Leans draw_images(Stream& stream) {
  Leans leans(images);
  for (auto& image : leans) {
    image.fill(ablate::undefined);
    if (stream.uniform() >= image_share) continue;
    const double own = stream.uniform() - 0.5;
    for (double& lean : image) lean = spread * (own + stream.uniform() - 0.5);
  }
  return leans;
}

/// The difference of one run of each side at every image.
std::vector<double> draw_pair(const Grid& grid, const Leans& leans, std::size_t setting, double luck,
                              Stream& stream) {
  std::vector<double> differences(images, 0.0);
  for (std::size_t i = 0; i < images; ++i) {
    const double lean = leans[i][setting];
    if (stream.uniform() < std::abs(luck)) {
      differences[i] = luck > 0.0 ? 1.0 : -1.0;
    } else if (!std::isnan(lean)) {
      const double up = better + grid.added[setting] + lean, u = stream.uniform();
      differences[i] = u < up ? 1.0 : u < up + worse ? -1.0 : 0.0;
    }
  }
  return differences;
}

struct GridCoverage {
  Share seeds_alone, pooled, printed_alone, printed, all_rows;
};

struct Rows {
  std::vector<ImageDifferences> tables =
      std::vector<ImageDifferences>(row_settings.size(), ImageDifferences(images));
  std::vector<SeedRow> values = std::vector<SeedRow>(row_settings.size());

  void add_seed(std::int64_t seed, const std::vector<std::vector<double>>& of_settings) {
    for (std::size_t r = 0; r < row_settings.size(); ++r) {
      std::vector<double> mean(images, 0.0);
      for (const std::size_t setting : row_settings[r]) {
        for (std::size_t i = 0; i < images; ++i)
          mean[i] += of_settings[setting][i] / static_cast<double>(row_settings[r].size());
      }
      tables[r].add_seed(mean);
      values[r].seeds.push_back(seed);
      values[r].values.push_back(tables[r].seed_sums().back() / images);
    }
  }
};

Rows draw_study(const Grid& grid, Stream& stream) {
  const Leans leans = draw_images(stream);
  Rows rows;
  for (std::size_t seed = 0; seed < grid.seeds; ++seed) {
    const double shared = compute::normal(stream);
    std::vector<std::vector<double>> of_settings;
    for (std::size_t setting = 0; setting < settings; ++setting) {
      const double luck = grid.seed_sd * std::sqrt(0.5) * (shared + compute::normal(stream));
      of_settings.push_back(draw_pair(grid, leans, setting, luck, stream));
    }
    rows.add_seed(static_cast<std::int64_t>(seed), of_settings);
  }
  return rows;
}

/// The rows of a study, judged as a report does: max-T over the seeds, and over images what Bonferroni leaves each.
void judge(const Grid& grid, const Rows& rows, GridCoverage& coverage) {
  const Family family = judge_family(rows.values, 0.95);
  bool all_hold = true;
  for (std::size_t r = 0; r < row_settings.size(); ++r) {
    double truth = 0.0;
    for (const std::size_t setting : row_settings[r])
      truth += truth_of(grid, setting) / static_cast<double>(row_settings[r].size());
    const auto holds = [&](const Interval& interval) {
      return interval.low <= truth && truth <= interval.high;
    };
    const TwoLevels of_family =
        two_levels(rows.tables[r], 1.0 - 0.05 / static_cast<double>(row_settings.size()));
    const bool printed = holds(holding(of_family.on_images_like_these, family.members[r].interval));
    all_hold = all_hold && printed;
    if (r > 0) continue;
    const TwoLevels alone = two_levels(rows.tables[r], 0.95);
    coverage.seeds_alone.add(holds(alone.on_these_images));
    coverage.pooled.add(holds(alone.on_images_like_these));
    const Family of_one = judge_family(std::span(&rows.values[r], 1), 0.95);
    coverage.printed_alone.add(holds(holding(alone.on_images_like_these, of_one.members.front().interval)));
    coverage.printed.add(printed);
  }
  coverage.all_rows.add(all_hold);
}

GridCoverage cover(const Grid& grid) {
  Stream stream(grid.seeds, "calibration/images of a grid");
  GridCoverage coverage;
  for (std::size_t study = 0; study < studies; ++study) judge(grid, draw_study(grid, stream), coverage);
  return coverage;
}

}  // namespace

void print_two_levels_of_a_grid() {
  fmt::print(
      "## Seeds and images, 2 x 2 x 2: how often 95% intervals hold the difference on other images, {} images, {} "
      "studies a row\n\n",
      images, studies);
  fmt::print(
      "| the effect | seeds | sd of a seed's luck | pooled, seeds alone | pooled, two levels | pooled, as printed alone | "
      "pooled, as printed in a family of five | all five rows, as printed |\n|---|--:|--:|--:|--:|--:|--:|--:|\n");
  const std::pair<const char*, std::array<double, settings>> effects[] = {
      {"alike everywhere", {}}, {"depends on both", {0.05, 0.0, -0.05, -0.10}}};
  for (const auto& [effect, added] : effects) {
    for (const std::size_t seeds : {3, 6, 10}) {
      for (const double seed_sd : {0.0, 0.003, 0.010}) {
        const GridCoverage of = cover({seeds, seed_sd, added});
        fmt::print("| {} | {} | {} | {} | {} | {} | {} | {} |\n", effect, seeds, seed_sd,
                   text(of.seeds_alone), text(of.pooled), text(of.printed_alone), text(of.printed),
                   text(of.all_rows));
      }
    }
  }
  fmt::print("\n");
}

}  // namespace calibration
