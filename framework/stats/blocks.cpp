#include "stats/blocks.hpp"

#include <map>

namespace ablate {

std::vector<Block> blocks_of(std::span<const SeedRow> levels) {
  std::map<std::int64_t, Block> seeds;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    for (std::size_t i = 0; i < levels[level].seeds.size(); ++i) {
      Block& block = seeds[levels[level].seeds[i]];
      block.levels.push_back(level);
      block.values.push_back(levels[level].values[i]);
    }
  }
  std::vector<Block> blocks;
  for (auto& [seed, block] : seeds) {
    if (block.levels.size() >= 2) blocks.push_back(std::move(block));
  }
  return blocks;
}

std::string_view why_no_blocks(std::span<const SeedRow> levels, const std::vector<Block>& blocks) {
  if (levels.size() < 2) return "the factor has one level";
  return blocks.empty() ? "no seed has values at two levels" : "";
}

double arrangements_of(std::size_t n) {
  return n < 2 ? 1.0 : static_cast<double>(n) * arrangements_of(n - 1);
}

}  // namespace ablate
