#include "stats/interaction.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.hpp"
#include "stats/blocks.hpp"

namespace ablate {

namespace {

/// Sums over levels while seeds are rearranged one by one.
class Rearranged {
 public:
  Rearranged(std::vector<Block> blocks, std::size_t levels)
      : blocks_(std::move(blocks)), counts_(levels, 0.0) {
    for (Block& block : blocks_) {
      const double mean = std::accumulate(block.values.begin(), block.values.end(), 0.0) /
                          static_cast<double>(block.values.size());
      for (double& value : block.values) value -= mean;
      for (const std::size_t level : block.levels) counts_[level] += 1.0;
      complete_ = complete_ && block.levels.size() == levels;
    }
    observed_ = statistic();
    bound_ = observed_ - rounding * observed_;
  }

  double observed() const { return observed_; }

  /// How many arrangements there are to try: the first seed of complete ones may stay as it is.
  double arrangements() const {
    double product = 1.0;
    for (std::size_t i = complete_ ? 1 : 0; i < blocks_.size(); ++i)
      product *= arrangements_of(blocks_[i].levels.size());
    return product;
  }

  double exact_p() {
    for (Block& block : blocks_) std::sort(block.values.begin(), block.values.end());
    std::vector<double> sums(counts_.size(), 0.0);
    std::size_t first = 0;
    if (complete_) add(blocks_[first++], sums);
    try_all(first, sums);
    return static_cast<double>(as_large_) / static_cast<double>(tried_);
  }

  double drawn_p() {
    Stream stream(0, "stats/interaction");
    std::size_t as_large = 1;
    for (std::size_t draw = 0; draw < most_exact_arrangements - 1; ++draw) {
      for (Block& block : blocks_) shuffle(std::span(block.values), stream);
      as_large += statistic() >= bound_;
    }
    return static_cast<double>(as_large) / static_cast<double>(most_exact_arrangements);
  }

 private:
  static void add(const Block& block, std::vector<double>& sums) {
    for (std::size_t i = 0; i < block.levels.size(); ++i) sums[block.levels[i]] += block.values[i];
  }

  double statistic_of(const std::vector<double>& sums) const {
    double sum = 0.0;
    for (std::size_t level = 0; level < sums.size(); ++level) {
      if (counts_[level] > 0.0) sum += sums[level] * sums[level] / counts_[level];
    }
    return sum;
  }

  double statistic() const {
    std::vector<double> sums(counts_.size(), 0.0);
    for (const Block& block : blocks_) add(block, sums);
    return statistic_of(sums);
  }

  /// Places are permuted, not values: equal values are arrangements of their own.
  void try_all(std::size_t place, const std::vector<double>& sums) {
    if (place == blocks_.size()) {
      ++tried_;
      as_large_ += statistic_of(sums) >= bound_;
      return;
    }
    const Block& block = blocks_[place];
    std::vector<std::size_t> order(block.levels.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    do {
      std::vector<double> next = sums;
      for (std::size_t i = 0; i < order.size(); ++i) next[block.levels[i]] += block.values[order[i]];
      try_all(place + 1, next);
    } while (std::next_permutation(order.begin(), order.end()));
  }

  std::vector<Block> blocks_;
  std::vector<double> counts_;
  bool complete_ = true;
  double observed_ = 0.0, bound_ = 0.0;
  std::size_t tried_ = 0, as_large_ = 0;
};

/// The unit that the values of all blocks are in from now on.
double blocks_to_one_unit(std::vector<Block>& blocks) {
  std::vector<double> all;
  for (const Block& block : blocks) all.insert(all.end(), block.values.begin(), block.values.end());
  const double unit = unit_of(all);
  for (Block& block : blocks) block.values = in_units(block.values, unit);
  return unit;
}

}  // namespace

Interaction interaction_of(std::span<const SeedRow> levels) {
  std::vector<Block> blocks = blocks_of(levels);
  Interaction result{.seeds = blocks.size(), .reason = why_no_blocks(levels, blocks)};
  if (!result.reason.empty()) return result;
  const double unit = blocks_to_one_unit(blocks);
  Rearranged rearranged(std::move(blocks), levels.size());
  result.statistic = rearranged.observed() * unit * unit;
  result.exact = rearranged.arrangements() <= static_cast<double>(most_exact_arrangements);
  result.p = result.exact ? rearranged.exact_p() : rearranged.drawn_p();
  result.smallest_p = 1.0 / std::min(rearranged.arrangements(), static_cast<double>(most_exact_arrangements));
  return result;
}

}  // namespace ablate
