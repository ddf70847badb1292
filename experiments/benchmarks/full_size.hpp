#pragma once
/// A data set of full EMNIST Balanced size, for benchmarks: 112,800 + 18,800 images of 28 x 28 pixels.

#include <filesystem>
#include <string>
#include <vector>

#include "data/dataset.hpp"

namespace ablate {

namespace detail {

/// Images [first, first + count) of a data set, behind what is there already.
inline void append(const Dataset& from, std::size_t first, std::size_t count,
                   std::vector<std::uint8_t>& pixels, std::vector<std::uint8_t>& labels) {
  const auto bytes =
      from.pixels.span().subspan(first * from.pixels_per_image(), count * from.pixels_per_image());
  pixels.insert(pixels.end(), bytes.begin(), bytes.end());
  const auto classes = from.labels.span().subspan(first, count);
  labels.insert(labels.end(), classes.begin(), classes.end());
}

}  // namespace detail

/// The real images of emnist-47 in `folder`, filled up with drawn glyphs; glyphs alone where there is no such
/// folder.
inline Dataset full_size_dataset(const std::string& folder) {
  constexpr std::size_t train_wanted = 112'800, test_wanted = 18'800;
  DataSettings settings;
  settings.train_images = static_cast<int>(train_wanted);
  settings.test_images = static_cast<int>(test_wanted);
  if (!std::filesystem::exists(folder)) return load_dataset(settings);
  DataSettings real_settings;
  real_settings.source = Source::emnist;
  real_settings.split = "47";
  real_settings.path = folder;
  Dataset real = load_dataset(real_settings);
  settings.train_images = static_cast<int>(train_wanted - real.train_images);
  settings.test_images = static_cast<int>(test_wanted - real.test_images);
  const Dataset drawn = load_dataset(settings);
  std::vector<std::uint8_t> pixels, labels;
  detail::append(real, 0, real.train_images, pixels, labels);
  detail::append(drawn, 0, drawn.train_images, pixels, labels);
  detail::append(real, real.train_images, real.test_images, pixels, labels);
  detail::append(drawn, drawn.train_images, drawn.test_images, pixels, labels);
  real.name += " + glyphs";
  real.train_images = train_wanted;
  real.test_images = test_wanted;
  real.pixels = SharedBytes(std::move(pixels));
  real.labels = SharedBytes(std::move(labels));
  return real;
}

}  // namespace ablate
