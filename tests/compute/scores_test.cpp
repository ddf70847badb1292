#include "compute/scores.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "compute/dispatch.hpp"
#include "compute/functions.hpp"

using namespace ablate;
using compute::tile_images;

namespace {

struct Images {
  std::size_t classes;
  std::vector<float> logits;
  std::vector<std::int32_t> truth;
};

constexpr float infinite = std::numeric_limits<float>::infinity();

/// Sixteen images with equal logits here and there, wide and narrow ones, infinite ones and one that is NaN.
Images images_of(std::size_t classes, std::uint64_t seed) {
  Stream stream(seed, "test/scores");
  Images made{classes, std::vector<float>(classes * tile_images + 16), {}};
  const double width = std::ldexp(1.0, static_cast<int>(stream.below(12)) - 2);
  for (float& logit : made.logits) {
    logit = static_cast<float>(std::round(stream.uniform(-width, width) * 8.0) / 8.0);
    if (stream.below(200) == 0) logit = stream.below(2) == 0 ? infinite : -infinite;
  }
  if (classes > 1) made.logits[classes * 3 + 1] = std::numeric_limits<float>::quiet_NaN();
  for (std::size_t i = 0; i < tile_images; ++i)
    made.truth.push_back(static_cast<std::int32_t>(stream.below(classes)));
  return made;
}

struct Answer {
  compute::Scores scores{};
  std::vector<float> probabilities;
};

Answer by_kernels(const compute::Kernels& kernels, const Images& images) {
  const std::size_t padded = (images.classes + 15) / 16 * 16;
  std::vector<float> columns(padded * tile_images);
  std::vector<double> exponentials(images.classes * tile_images);
  Answer answer;
  answer.probabilities.resize(images.classes * (tile_images + 3));
  kernels.score_tile({images.logits.data(), images.classes, images.classes, images.truth.data(),
                      columns.data(), exponentials.data()},
                     answer.scores, answer.probabilities.data(), tile_images + 3);
  return answer;
}

/// One image by plain loops, into lane i.
void by_definition(const Images& images, std::size_t i, Answer& answer) {
  constexpr float most = std::numeric_limits<float>::max();
  std::vector<float> z(images.logits.begin() + static_cast<std::ptrdiff_t>(i * images.classes),
                       images.logits.begin() + static_cast<std::ptrdiff_t>((i + 1) * images.classes));
  for (float& logit : z) logit = logit > most ? most : (logit < -most ? -most : logit);
  const auto truth = static_cast<std::size_t>(images.truth[i]);
  std::size_t top = 0;
  for (std::size_t c = 0; c < z.size(); ++c) {
    if (z[c] > z[top]) top = c;
    answer.scores.rank_of_truth[i] += z[c] > z[truth] || (z[c] == z[truth] && c < truth);
    answer.scores.undefined[i] |= std::isnan(z[c]);
  }
  answer.scores.predicted[i] = static_cast<std::int32_t>(top);
  std::vector<double> e;
  double rest = 0.0;
  for (std::size_t c = 0; c < z.size(); ++c) {
    e.push_back(compute::exp(std::max(-708.0, double{z[c]} - double{z[top]})));
    if (c != top) rest += e[c];
  }
  answer.scores.surprise[i] = double{z[top]} - double{z[truth]} + compute::log1p(rest);
  const double factor = 1.0 / (1.0 + rest);
  for (std::size_t c = 0; c < z.size(); ++c) {
    const double error = e[c] * factor - (c == truth ? 1.0 : 0.0);
    answer.scores.squared_error[i] += error * error;
    answer.probabilities[c * (tile_images + 3) + i] = static_cast<float>(e[c] * factor);
  }
  answer.scores.confidence[i] = static_cast<float>(factor);
}

bool same(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

}  // namespace

TEST_CASE("a tile's scores have the bits of plain loops, whichever kernels work them out") {
  for (const compute::Kernels* kernels : compute::available_kernels()) {
    for (const std::size_t classes : {1, 2, 3, 15, 16, 17, 47, 256}) {
      for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const Images images = images_of(classes, seed);
        const Answer answer = by_kernels(*kernels, images);
        Answer expected;
        expected.probabilities.resize(answer.probabilities.size());
        for (std::size_t i = 0; i < tile_images; ++i) {
          CAPTURE(kernels->name, classes, seed, i);
          by_definition(images, i, expected);
          REQUIRE((answer.scores.undefined[i] != 0) == (expected.scores.undefined[i] != 0));
          if (expected.scores.undefined[i] != 0) {
            CHECK(std::isnan(answer.probabilities[i]));
            continue;
          }
          CHECK(answer.scores.predicted[i] == expected.scores.predicted[i]);
          CHECK(answer.scores.rank_of_truth[i] == expected.scores.rank_of_truth[i]);
          CHECK(same(answer.scores.surprise[i], expected.scores.surprise[i]));
          CHECK(same(answer.scores.squared_error[i], expected.scores.squared_error[i]));
          CHECK(answer.scores.confidence[i] == expected.scores.confidence[i]);
          std::size_t different = 0;
          for (std::size_t c = 0; c < classes; ++c) {
            const std::size_t at = c * (tile_images + 3) + i;
            different += answer.probabilities[at] != expected.probabilities[at];
          }
          CHECK(different == 0);
        }
      }
    }
  }
}
