#pragma once
/// Which images a run learns from, chooses by and is judged on, and in which order it sees them.

#include <cstdint>
#include <span>
#include <vector>

#include "config/settings.hpp"
#include "data/dataset.hpp"

namespace ablate {

/// Indices of images in a data set.
using Subset = std::vector<std::uint32_t>;

struct Partition {
  Subset train;
  Subset validation;  ///< empty when settings.validation is 0
  Subset test;        ///< always every test image, also where it is trained on
};

/// Takes the validation share out of what is trained on, class by class (rounded to the nearest image, at
/// least one of a class that has two or more), by the stream (seed, "validation"). The same seed gives every
/// variant the same parts. Throws RequestError when nothing would be left to train on.
Partition partition(const Dataset& dataset, const DataSettings& settings, std::uint64_t seed);

/// The training images in the order of an epoch (from 1): as they are, or shuffled by the stream (seed,
/// "order/epoch/N"). No state passes from epoch to epoch, so a resumed run sees the same order.
Subset epoch_order(const Subset& train, bool shuffle, std::uint64_t seed, int epoch);

/// Labels of `which`; `out` has which.size() elements.
void gather_labels(const Dataset& dataset, std::span<const std::uint32_t> which, std::span<std::uint8_t> out);

}  // namespace ablate
