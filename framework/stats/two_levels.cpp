#include "stats/two_levels.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "stats/distributions.hpp"

namespace ablate {

namespace {

/// Sum of squared distances from their mean.
double spread_of(std::span<const double> values) {
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  double sum = 0.0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum;
}

double degrees_of(const TwoLevels& levels) {
  const double s = static_cast<double>(levels.seeds) - 1.0, i = static_cast<double>(levels.images) - 1.0;
  const double v1 = levels.of_seeds, v2 = levels.of_images, v3 = levels.of_rest;
  const double squared = levels.variance * levels.variance;
  const double nu =
      v1 > v3 ? squared / (v1 * v1 / s + v2 * v2 / i + v3 * v3 / (s * i)) : squared * i / (v2 * v2);
  return std::max(nu, s);
}

std::string_view why_no_interval(const TwoLevels& levels) {
  if (levels.seeds < fewest_seeds_of_two_levels) return "fewer than three seeds";
  if (levels.images < 2) return "fewer than two images";
  return levels.variance > 0.0 ? "" : "the two do not differ on any image";
}

}  // namespace

void ImageDifferences::add_seed(std::span<const double> differences) {
  if (differences.size() != images())
    throw std::invalid_argument("every seed has a difference for each image");
  double sum = 0.0;
  for (std::size_t i = 0; i < differences.size(); ++i) {
    sum += differences[i];
    image_sums_[i] += differences[i];
    squares_ += differences[i] * differences[i];
  }
  seed_sums_.push_back(sum);
}

void ImageDifferences::add_seed(std::span<const std::uint8_t> right_from,
                                std::span<const std::uint8_t> right_to) {
  if (right_from.size() != right_to.size()) {
    throw std::invalid_argument("both sides answer for the same images");
  }
  std::vector<double> differences(right_from.size());
  for (std::size_t i = 0; i < differences.size(); ++i) {
    differences[i] = static_cast<double>(right_to[i]) - static_cast<double>(right_from[i]);
  }
  add_seed(differences);
}

TwoLevels two_levels(const ImageDifferences& table, double confidence) {
  require_confidence(confidence);
  TwoLevels result{.seeds = table.seeds(), .images = table.images()};
  const auto s = static_cast<double>(result.seeds), i = static_cast<double>(result.images);
  if (result.seeds > 0 && result.images > 0) {
    const auto sums = table.seed_sums();
    result.mean = std::accumulate(sums.begin(), sums.end(), 0.0) / (s * i);
  }
  if (result.seeds >= 2 && result.images >= 1) {
    std::vector<double> means(table.seed_sums().begin(), table.seed_sums().end());
    for (double& mean : means) mean /= i;
    result.on_these_images = t_interval(summarize(means), confidence);
  }
  if (result.seeds >= 2 && result.images >= 2) {
    const double seeds = spread_of(table.seed_sums()) / i, images = spread_of(table.image_sums()) / s;
    const double total = table.sum_of_squares() - s * i * result.mean * result.mean;
    result.of_seeds = seeds / (s - 1.0) / (s * i);
    result.of_images = images / (i - 1.0) / (s * i);
    result.of_rest = std::max(0.0, total - seeds - images) / ((s - 1.0) * (i - 1.0)) / (s * i);
    result.variance = std::max(result.of_seeds, result.of_rest) + result.of_images - result.of_rest;
  }
  result.reason = why_no_interval(result);
  if (!result.reason.empty()) return result;
  result.degrees = degrees_of(result);
  const double reach =
      t_quantile_above((1.0 - confidence) / 2.0, result.degrees) * std::sqrt(result.variance);
  result.on_images_like_these = {result.mean - reach, result.mean + reach};
  return result;
}

Interval holding(const Interval& images, const Interval& seeds) {
  if (!images.has_width() || !seeds.has_width()) return images;
  return {std::min(images.low, seeds.low), std::max(images.high, seeds.high)};
}

}  // namespace ablate
