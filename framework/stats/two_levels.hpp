#pragma once
/// A difference in accuracy over seeds and over test images: two levels of chance.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "stats/summary.hpp"

namespace ablate {

/// The table of d[seed, image], a row at a time: what is kept is one sum per seed and one sum per image, so that 30
/// seeds by 15,620 images cost one pass over each.
class ImageDifferences {
 public:
  explicit ImageDifferences(std::size_t images) : image_sums_(images, 0.0) {}

  /// d of a seed at every image: right under `to` less right under `from` (-1, 0 or 1), or its mean over the
  /// settings of the other factors. As many as images, or std::invalid_argument is thrown.
  void add_seed(std::span<const double> differences);
  /// The same of one setting: 1 where a side is right, 0 where it is wrong.
  void add_seed(std::span<const std::uint8_t> right_from, std::span<const std::uint8_t> right_to);

  std::size_t seeds() const { return seed_sums_.size(); }
  std::size_t images() const { return image_sums_.size(); }
  std::span<const double> seed_sums() const { return seed_sums_; }
  std::span<const double> image_sums() const { return image_sums_; }
  double sum_of_squares() const { return squares_; }

 private:
  std::vector<double> seed_sums_, image_sums_;
  double squares_ = 0.0;
};

/// d = mean + seed + image + rest, seeds and images both drawn from what there could be.
struct TwoLevels {
  std::size_t seeds = 0, images = 0;
  double mean = undefined;
  double of_seeds = undefined;         ///< v1: mean square of seeds / (S I)
  double of_images = undefined;        ///< v2: mean square of images / (S I)
  double of_rest = undefined;          ///< v3: mean square of the rest / (S I)
  double variance = undefined;         ///< of the mean: V = max(v1, v3) + v2 - v3
  double degrees = undefined;          ///< nu
  Interval on_these_images = {};       ///< Student's t over seeds: other seeds, the same images
  Interval on_images_like_these = {};  ///< mean +- t(nu) sqrt(V): other seeds and other images
  std::string_view reason = {};        ///< why there is no interval over images; empty where there is one
};

inline constexpr std::size_t fewest_seeds_of_two_levels = 3;

/// nu = V^2 / (v1^2 / (S - 1) + v2^2 / (I - 1) + v3^2 / ((S - 1) (I - 1))) where v1 > v3, else V^2 (I - 1) /
/// v2^2; not below S - 1. The training sample is fixed in both intervals. For several members of a family give
/// the confidence that Bonferroni leaves each. No interval over images for fewer than
/// `fewest_seeds_of_two_levels` seeds (two cover 0.88) or two images, or where V is not above 0, which it is
/// where no image tells the sides apart. `confidence` in (0, 1), or std::invalid_argument is thrown. Source:
/// crossed random effects, Cornfield and Tukey 1956; degrees of freedom, Satterthwaite 1946.
TwoLevels two_levels(const ImageDifferences& table, double confidence);

/// The interval over seeds and images that is printed: it holds the one over seeds. More chance makes no narrower
/// interval, yet two levels have more degrees of freedom. `images` where either has no width.
Interval holding(const Interval& images, const Interval& seeds);

}  // namespace ablate
