#pragma once
/// Two runs, or two variants, over the same test images.

#include <cstddef>
#include <span>

#include "stats/bootstrap.hpp"

namespace ablate {

/// Exact McNemar test: of the images that the two tell apart, is each as often the one to get them right? p =
/// min(1, 2 P(X <= min)), X the heads of `only_first + only_second` tosses of a fair coin; 1 where no image
/// tells them apart. Source: McNemar 1947, exact as in Dietterich 1998 and statsmodels.
double mcnemar_p(std::size_t only_first, std::size_t only_second);

/// Says how the two would differ on other images of the kind. It says nothing of other seeds: they are what
/// the paired difference over seeds is for.
struct ImageComparison {
  std::size_t images = 0;
  std::size_t only_first = 0, only_second = 0;  ///< images that the one gets right in more of its runs
  double difference = undefined;                ///< in accuracy, first - second
  BootstrapInterval interval;                   ///< of it, images resampled in pairs
  double p = undefined;           ///< McNemar's; for variants the sign test of Dixon and Mood 1946
  double smallest_p = undefined;  ///< 2 / 2^(only_first + only_second), at most 1
};

/// A resample of many images is dear, and their mean is close to normal.
inline constexpr std::size_t resamples_of_images = 1'999;

/// `first[i]` and `second[i]`: the share of the runs that get image i right, so 0 or 1 for a single run. Two
/// runs give McNemar's test; two variants the same test on which of them gets an image right more often. No
/// image: nothing but the counts. Different lengths, a share outside of [0, 1], or a confidence outside of
/// (0, 1) are std::invalid_argument.
ImageComparison compare_over_images(std::span<const double> first, std::span<const double> second,
                                    double confidence);

}  // namespace ablate
