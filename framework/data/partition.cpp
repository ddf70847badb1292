#include "data/partition.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/random.hpp"

namespace ablate {
namespace {

Subset range(std::size_t first, std::size_t count) {
  Subset indices(count);
  for (std::size_t i = 0; i < count; ++i) indices[i] = static_cast<std::uint32_t>(first + i);
  return indices;
}

bool trains_on(const DataSettings& settings, SplitName split) {
  return std::find(settings.train_on.begin(), settings.train_on.end(), split) != settings.train_on.end();
}

/// Every image that may be trained on, in the data set's order.
Subset trained_on(const Dataset& dataset, const DataSettings& settings) {
  if (trains_on(settings, SplitName::validation)) {
    throw RequestError("data.train_on: validation is not a part to train on",
                       "train_on takes train and test");
  }
  Subset all;
  if (trains_on(settings, SplitName::train)) all = range(0, dataset.train_images);
  if (trains_on(settings, SplitName::test)) {
    const Subset test = range(dataset.train_images, dataset.test_images);
    all.insert(all.end(), test.begin(), test.end());
  }
  if (all.empty()) {
    throw RequestError("data.train_on: no image is left to train on", "set data.train_on to [train]");
  }
  return all;
}

/// How many of a class's images validate: the nearest whole number, but one at least, and never the last to
/// train on.
std::size_t validation_share(std::size_t images, double share) {
  if (images < 2) return 0;
  const auto nearest = static_cast<std::size_t>(std::lround(static_cast<double>(images) * share));
  return std::clamp<std::size_t>(nearest, 1, images - 1);
}

void check_size(std::size_t found, std::size_t expected) {
  if (found != expected)
    throw std::invalid_argument(fmt::format("room for {} values, not {}", found, expected));
}

}  // namespace

Partition partition(const Dataset& dataset, const DataSettings& settings, std::uint64_t seed) {
  if (!(settings.validation >= 0.0 && settings.validation < 1.0)) {
    throw RequestError(fmt::format("data.validation: {} leaves nothing to train on", settings.validation),
                       "set a share of at least 0 and below 1, such as 0.1");
  }
  Partition parts;
  parts.train = trained_on(dataset, settings);
  parts.test = range(dataset.train_images, dataset.test_images);
  if (settings.validation == 0.0) return parts;

  std::array<Subset, 256> by_class;
  for (const std::uint32_t index : parts.train) by_class[dataset.label(index)].push_back(index);
  parts.train.clear();
  Stream stream(seed, "validation");
  for (Subset& members : by_class) {
    shuffle(std::span(members), stream);
    const auto split =
        members.begin() + static_cast<std::ptrdiff_t>(validation_share(members.size(), settings.validation));
    parts.validation.insert(parts.validation.end(), members.begin(), split);
    parts.train.insert(parts.train.end(), split, members.end());
  }
  std::sort(parts.train.begin(), parts.train.end());
  std::sort(parts.validation.begin(), parts.validation.end());
  return parts;
}

Subset epoch_order(const Subset& train, bool shuffled, std::uint64_t seed, int epoch) {
  Subset order = train;
  if (!shuffled) return order;
  Stream stream(seed, fmt::format("order/epoch/{}", epoch));
  shuffle(std::span(order), stream);
  return order;
}

void gather_labels(const Dataset& dataset, std::span<const std::uint32_t> which,
                   std::span<std::uint8_t> out) {
  check_size(out.size(), which.size());
  const std::span<const std::uint8_t> labels = dataset.labels.span();
  for (std::size_t i = 0; i < which.size(); ++i) {
    if (which[i] >= labels.size()) throw std::out_of_range("no such image");
    out[i] = labels[which[i]];
  }
}

}  // namespace ablate
