#include "data/image_block.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/random.hpp"

namespace ablate {
namespace {

/// How many of each class to keep: in proportion, whole numbers that add up to `wanted` (largest remainders
/// first).
std::array<std::size_t, most_classes> quotas(std::span<const std::uint8_t> labels, std::size_t wanted) {
  std::array<std::size_t, most_classes> counts{};
  for (const std::uint8_t label : labels) ++counts[label];
  std::array<std::size_t, most_classes> kept{};
  std::array<std::size_t, most_classes> remainder{};
  std::size_t total = 0;
  for (std::size_t c = 0; c < most_classes; ++c) {
    kept[c] = counts[c] * wanted / labels.size();
    remainder[c] = counts[c] * wanted % labels.size();
    total += kept[c];
  }
  std::array<std::size_t, most_classes> order{};
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return remainder[a] > remainder[b]; });
  for (std::size_t i = 0; total < wanted; ++i, ++total) ++kept[order[i]];
  return kept;
}

/// Positions in `labels` that are kept, in rising order.
std::vector<std::size_t> choose_images(std::span<const std::uint8_t> labels, std::size_t wanted,
                                       Stream stream) {
  std::vector<std::size_t> order(labels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  shuffle(std::span(order), stream);
  auto left = quotas(labels, wanted);
  std::erase_if(order, [&](std::size_t i) {
    if (left[labels[i]] == 0) return true;
    --left[labels[i]];
    return false;
  });
  std::sort(order.begin(), order.end());
  return order;
}

/// How many to keep of `present`, after checking what was asked.
std::size_t checked_limit(std::optional<int> wanted, std::size_t present, std::string_view key) {
  if (!wanted) return present;
  if (*wanted < 1 || static_cast<std::size_t>(*wanted) > present) {
    throw RequestError(fmt::format("{}: {} images asked for, and there are {}", key, *wanted, present),
                       fmt::format("set {} to between 1 and {}, or leave it out to keep all", key, present));
  }
  return static_cast<std::size_t>(*wanted);
}

/// Moves the images `from + chosen[i]` down to `to + i`; chosen is rising, so nothing is overwritten before
/// its turn.
void move_down(ImageBlock& block, std::size_t to, std::size_t from, std::span<const std::size_t> chosen) {
  const auto size = static_cast<std::ptrdiff_t>(block.pixels_per_image());
  for (const std::size_t i : chosen) {
    const auto source = static_cast<std::ptrdiff_t>(from + i);
    const auto target = static_cast<std::ptrdiff_t>(to++);
    if (source == target) continue;
    std::copy_n(block.pixels.begin() + source * size, size, block.pixels.begin() + target * size);
    block.labels[static_cast<std::size_t>(target)] = block.labels[static_cast<std::size_t>(source)];
  }
}

struct Division {
  std::vector<std::size_t> train, test;  ///< in rising order
};

/// Takes the share of each class for the test: the nearest whole number, at least one of two and more.
Division divide(std::span<const std::uint8_t> labels, double share, int seed) {
  std::array<std::vector<std::size_t>, most_classes> by_class;
  for (std::size_t i = 0; i < labels.size(); ++i) by_class[labels[i]].push_back(i);
  Stream stream(static_cast<std::uint64_t>(seed), "test");
  Division parts;
  for (auto& members : by_class) {
    shuffle(std::span(members), stream);
    const std::size_t most = members.empty() ? 0 : members.size() - 1;
    const auto nearest = static_cast<std::size_t>(std::lround(static_cast<double>(members.size()) * share));
    const std::size_t count = std::clamp(nearest, std::min<std::size_t>(1, most), most);
    const auto split = members.begin() + static_cast<std::ptrdiff_t>(count);
    parts.test.insert(parts.test.end(), members.begin(), split);
    parts.train.insert(parts.train.end(), split, members.end());
  }
  std::sort(parts.train.begin(), parts.train.end());
  std::sort(parts.test.begin(), parts.test.end());
  return parts;
}

std::string split_digest(const Dataset& dataset, std::size_t first, std::size_t count) {
  const std::size_t size = dataset.pixels_per_image();
  return hex(
      Sha256()
          .update(dataset.channels == 1
                      ? fmt::format("{} {} {}\n", dataset.rows, dataset.columns, count)
                      : fmt::format("{} {} {} {}\n", dataset.rows, dataset.columns, dataset.channels, count))
          .update(dataset.pixels.span().subspan(first * size, count * size))
          .update(dataset.labels.span().subspan(first, count))
          .finish());
}

}  // namespace

void transpose_images(ImageBlock& block) {
  const auto rows = static_cast<std::size_t>(block.rows);
  const auto columns = static_cast<std::size_t>(block.columns);
  const std::size_t size = block.pixels_per_image();
  const auto channels = static_cast<std::size_t>(block.channels);
  std::vector<std::uint8_t> stored(size);
  for (std::size_t start = 0; start < block.pixels.size(); start += size) {
    const auto image = std::span(block.pixels).subspan(start, size);
    std::copy(image.begin(), image.end(), stored.begin());
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < columns; ++c) {
        for (std::size_t k = 0; k < channels; ++k)
          image[(c * rows + r) * channels + k] = stored[(r * columns + c) * channels + k];
      }
    }
  }
  std::swap(block.rows, block.columns);
}

void interleave_channels(ImageBlock& block) {
  const std::size_t size = block.pixels_per_image();
  const auto channels = static_cast<std::size_t>(block.channels);
  const std::size_t area = size / channels;
  std::vector<std::uint8_t> stored(size);
  for (std::size_t start = 0; start < block.pixels.size(); start += size) {
    const auto image = std::span(block.pixels).subspan(start, size);
    std::copy(image.begin(), image.end(), stored.begin());
    for (std::size_t i = 0; i < area; ++i) {
      for (std::size_t k = 0; k < channels; ++k) image[i * channels + k] = stored[k * area + i];
    }
  }
}

void make_grey(ImageBlock& block) {
  if (block.channels != 3) return;
  for (std::size_t i = 0; i < block.pixels.size() / 3; ++i) {
    const std::uint8_t* pixel = block.pixels.data() + 3 * i;
    block.pixels[i] =
        static_cast<std::uint8_t>((299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2] + 500) / 1000);
  }
  block.pixels.resize(block.pixels.size() / 3);
  block.pixels.shrink_to_fit();
  block.channels = 1;
}

void split_test(ImageBlock& block, const DataSettings& settings) {
  if (settings.test && block.test_images > 0) {
    throw RequestError("data.test: a share is asked for, and the files hold a test set",
                       "leave data.test out to use it");
  }
  if (block.test_images > 0) return;
  if (!settings.test) {
    throw RequestError("there is no test set",
                       "data.test: 0.2 takes a fifth of the images for it, or name files of one");
  }
  const auto [train, test] = divide(block.labels, *settings.test, settings.seed);
  if (test.empty()) throw RequestError("data.test: no class has two images, one for the test", "add images");
  std::vector<std::uint8_t> pixels(block.pixels.size()), labels(block.labels.size());
  std::size_t to = 0;
  const std::size_t size = block.pixels_per_image();
  for (const auto* part : {&train, &test}) {
    for (const std::size_t i : *part) {
      labels[to] = block.labels[i];
      std::copy_n(block.pixels.begin() + static_cast<std::ptrdiff_t>(i * size), size,
                  pixels.begin() + static_cast<std::ptrdiff_t>(to++ * size));
    }
  }
  block.pixels = std::move(pixels);
  block.labels = std::move(labels);
  block.train_images = train.size();
  block.test_images = test.size();
}

void keep_subset(ImageBlock& block, const DataSettings& settings) {
  const std::size_t train = checked_limit(settings.train_images, block.train_images, "data.train_images");
  const std::size_t test = checked_limit(settings.test_images, block.test_images, "data.test_images");
  if (train == block.train_images && test == block.test_images) return;
  const auto seed = static_cast<std::uint64_t>(settings.seed);
  const std::span<const std::uint8_t> labels(block.labels);
  const auto train_chosen =
      choose_images(labels.first(block.train_images), train, Stream(seed, "subset/train"));
  const auto test_chosen =
      choose_images(labels.subspan(block.train_images), test, Stream(seed, "subset/test"));
  move_down(block, 0, 0, train_chosen);
  move_down(block, train, block.train_images, test_chosen);
  block.train_images = train;
  block.test_images = test;
  block.labels.resize(train + test);
  block.pixels.resize((train + test) * block.pixels_per_image());
  block.pixels.shrink_to_fit();
}

Dataset make_dataset(ImageBlock block, std::vector<std::string> classes, std::string name,
                     std::string origin) {
  Dataset dataset;
  dataset.name = std::move(name);
  dataset.origin = std::move(origin);
  dataset.rows = block.rows;
  dataset.columns = block.columns;
  dataset.channels = block.channels;
  dataset.classes = std::move(classes);
  dataset.train_images = block.train_images;
  dataset.test_images = block.test_images;
  dataset.pixels = SharedBytes(std::move(block.pixels));
  dataset.labels = SharedBytes(std::move(block.labels));
  dataset.train_sha256 = split_digest(dataset, 0, dataset.train_images);
  dataset.test_sha256 = split_digest(dataset, dataset.train_images, dataset.test_images);
  return dataset;
}

}  // namespace ablate
