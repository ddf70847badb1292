#pragma once
/// Seeds as blocks: what each has at the levels of a factor.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "stats/contrast.hpp"

namespace ablate {

struct Block {
  std::vector<std::size_t> levels;  ///< that the seed has, rising; two or more
  std::vector<double> values;
};

/// One row per level; the seeds that have two levels or more, rising.
std::vector<Block> blocks_of(std::span<const SeedRow> levels);

/// Why nothing can be said of these levels; empty where something can.
std::string_view why_no_blocks(std::span<const SeedRow> levels, const std::vector<Block>& blocks);

/// n!
double arrangements_of(std::size_t n);

}  // namespace ablate
