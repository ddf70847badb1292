#pragma once
/// Which seeds a study with planned looks needs next.

#include <cstddef>
#include <map>
#include <string>

#include "report/comparison.hpp"

namespace ablate {

struct SeedStage {
  std::size_t seeds = 0;  ///< 1 to so many
  std::map<std::string, std::size_t>
      fewer;          ///< variants that need fewer, by name: what they are asked for is settled
  bool over = false;  ///< all runs of it have ended, and no look is left or needed
};

/// Of a study whose `until_settled` is set. What is settled gets no more seeds; a variant that no contrast compares
/// gets those of the first look. Where unplanned looks have made the verdict rest on e-values, the looks go on to the last.
SeedStage seed_stage(const Comparison& comparison);

}  // namespace ablate
