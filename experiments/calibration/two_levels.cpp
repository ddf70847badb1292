/// Do intervals over seeds and images hold the difference on other images of the kind?

#include "stats/two_levels.hpp"

#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "compute/normal.hpp"
#include "simulate.hpp"

namespace calibration {

namespace {

using namespace ablate;

constexpr std::size_t studies = 1'000, images = 1'000;
constexpr double image_share = 0.12;  ///< of images on which the sides may differ at all

struct Coverage {
  Share seeds_alone, both, printed;
};

/// An image that may tell the sides apart does so for the one in `better` and for the other in `worse` of all
/// trainings; a seed's luck turns a share |a| of all images to its own side, a normal with `seed_sd`.
Coverage cover(std::size_t seeds, double seed_sd) {
  constexpr double better = 0.30, worse = 0.22, image_spread = 0.2;
  const double turned = seed_sd * std::sqrt(2.0 / std::numbers::pi);
  const double truth = (1.0 - turned) * image_share * (better - worse);
  Stream stream(seeds, "calibration/images");
  Coverage coverage;
  for (std::size_t study = 0; study < studies; ++study) {
    std::vector<double> lean(images, ablate::undefined);
    for (double& image : lean) {
      if (stream.uniform() < image_share) image = image_spread * (2.0 * stream.uniform() - 1.0);
    }
    ImageDifferences table(images);
    SeedRow row;
    for (std::size_t seed = 0; seed < seeds; ++seed) {
      const double luck = seed_sd * compute::normal(stream);
      std::vector<double> d(images, 0.0);
      for (std::size_t i = 0; i < images; ++i) {
        if (stream.uniform() < std::abs(luck)) {
          d[i] = luck > 0.0 ? 1.0 : -1.0;
        } else if (!std::isnan(lean[i])) {
          const double u = stream.uniform();
          d[i] = u < better + lean[i] ? 1.0 : u < better + worse ? -1.0 : 0.0;
        }
      }
      table.add_seed(d);
      row.seeds.push_back(static_cast<std::int64_t>(seed));
      row.values.push_back(table.seed_sums().back() / images);
    }
    const TwoLevels levels = two_levels(table, 0.95);
    const Family family = judge_family(std::span(&row, 1), 0.95);
    const auto holds = [&](const Interval& interval) {
      return interval.low <= truth && truth <= interval.high;
    };
    coverage.seeds_alone.add(holds(levels.on_these_images));
    coverage.both.add(holds(levels.on_images_like_these));
    coverage.printed.add(holds(holding(levels.on_images_like_these, family.members.front().interval)));
  }
  return coverage;
}

}  // namespace

void print_two_levels() {
  fmt::print(
      "## Seeds and images: how often 95% intervals hold the difference on other images, {} images, {} studies a "
      "row\n\n",
      images, studies);
  fmt::print(
      "| seeds | sd of a seed's luck | seeds alone | two levels | as a report prints it |\n|--:|--:|--:|--:|--:|\n");
  for (const std::size_t seeds : {3u, 5u, 10u, 20u}) {
    for (const double seed_sd : {0.0, 0.003, 0.010}) {
      const Coverage coverage = cover(seeds, seed_sd);
      fmt::print("| {} | {} | {} | {} | {} |\n", seeds, seed_sd, text(coverage.seeds_alone),
                 text(coverage.both), text(coverage.printed));
    }
  }
  fmt::print("\n");
}

}  // namespace calibration
