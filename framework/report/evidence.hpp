#pragma once
/// Where numbers come from.

#include <cstdint>
#include <string>
#include <vector>

namespace ablate {

/// SQL that gives the numbers back, one row per run (or epoch), and the runs that it reads.
struct Evidence {
  std::string sql;
  std::vector<std::int64_t> runs;
};

}  // namespace ablate
