#include "data/near_images.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numeric>

namespace ablate {
namespace {

constexpr std::size_t side = 4, blocks = side * side;

/// An image in 17 numbers.
struct Sketch {
  std::uint32_t image = 0;
  std::uint32_t ink = 0;  ///< sum of all pixels
  std::array<std::uint8_t, blocks>
      means{};  ///< of each block: its sum over the largest block's size, rounded down
};

/// Sum of absolute differences; written so that the compiler makes the processor's own instruction of it.
template <class Index>
std::uint32_t difference(const std::uint8_t* a, const std::uint8_t* b, Index count) {
  std::uint32_t sum = 0;
  for (Index i = 0; i < count; ++i) sum += static_cast<std::uint32_t>(std::abs(int{a[i]} - int{b[i]}));
  return sum;
}

class Sketches {
 public:
  explicit Sketches(const Dataset& dataset) : dataset_(dataset) {
    const auto rows = static_cast<std::size_t>(dataset.rows),
               columns =
                   static_cast<std::size_t>(dataset.columns) * static_cast<std::size_t>(dataset.channels);
    largest_block_ = ((rows + side - 1) / side) * ((columns + side - 1) / side);
    block_of_.resize(rows * columns);
    for (std::size_t i = 0; i < block_of_.size(); ++i) {
      block_of_[i] =
          static_cast<std::uint8_t>(i / columns * side / rows * side + i % columns * side / columns);
    }
  }

  /// Of `count` images from `first` on, those with the least ink first.
  std::vector<Sketch> of(std::size_t first, std::size_t count) const {
    std::vector<Sketch> sketches(count);
    for (std::size_t i = 0; i < count; ++i) sketches[i] = sketch(first + i);
    std::sort(sketches.begin(), sketches.end(), [](const Sketch& a, const Sketch& b) {
      return a.ink != b.ink ? a.ink < b.ink : a.image < b.image;
    });
    return sketches;
  }

  /// Two images whose pixels differ by at most `most` in sum have means that differ by at most this much in
  /// sum: a block's sums differ by at least size * |difference of means| - (size - 1), for the means are
  /// rounded down.
  std::uint32_t bound(std::uint32_t most) const {
    const auto size = static_cast<std::uint64_t>(largest_block_);
    return static_cast<std::uint32_t>((most + blocks * (size - 1)) / size);
  }

 private:
  Sketch sketch(std::size_t image) const {
    std::array<std::uint32_t, blocks> sums{};
    const auto pixels = dataset_.image(image);
    for (std::size_t i = 0; i < pixels.size(); ++i) sums[block_of_[i]] += pixels[i];
    Sketch made;
    made.image = static_cast<std::uint32_t>(image);
    made.ink = std::accumulate(sums.begin(), sums.end(), std::uint32_t{0});
    for (std::size_t b = 0; b < blocks; ++b)
      made.means[b] = static_cast<std::uint8_t>(sums[b] / largest_block_);
    return made;
  }

  const Dataset& dataset_;
  std::size_t largest_block_ = 1;  ///< pixels
  std::vector<std::uint8_t> block_of_;
};

}  // namespace

NearSearch near_images(const Dataset& dataset, double threshold, std::uint64_t most_comparisons) {
  const std::size_t size = dataset.pixels_per_image();
  const auto most =
      static_cast<std::uint32_t>(std::floor(std::clamp(threshold, 0.0, 255.0) * static_cast<double>(size)));
  const Sketches sketches(dataset);
  const std::vector<Sketch> train = sketches.of(0, dataset.train_images);
  const std::vector<Sketch> test = sketches.of(dataset.train_images, dataset.test_images);
  const std::uint32_t bound = sketches.bound(most);

  NearSearch search;
  std::uint64_t comparisons = 0;
  std::size_t first = 0, last = 0;  // training images whose ink is near enough
  for (const Sketch& wanted : test) {
    while (first < train.size() && train[first].ink + most < wanted.ink) ++first;
    while (last < train.size() && train[last].ink <= wanted.ink + most) ++last;
    if (comparisons += last - first; comparisons > most_comparisons) break;
    ++search.checked;
    for (std::size_t i = first; i < last; ++i) {
      if (difference(wanted.means.data(), train[i].means.data(), blocks) > bound) continue;
      const std::uint32_t sum =
          difference(dataset.image(wanted.image).data(), dataset.image(train[i].image).data(), size);
      if (sum > most) continue;
      search.pairs.push_back(
          {wanted.image, train[i].image, static_cast<double>(sum) / static_cast<double>(size)});
      break;
    }
  }
  std::sort(search.pairs.begin(), search.pairs.end(),
            [](const auto& a, const auto& b) { return a.test < b.test; });
  return search;
}

}  // namespace ablate
