#pragma once
/// This very program, started for one question: what a stranger's words make of the database (SQL, conditions, names)
/// happens in a process that can be ended.

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace ablate {

struct ChildLimits {
  double seconds = 10.0;                     ///< of the clock
  std::size_t bytes = std::size_t{4} << 20;  ///< of its answer
};

struct ChildSaid {
  enum class End { by_itself, too_late, too_long, stopped };
  End end = End::by_itself;
  int code = 0;  ///< its exit code, where it ended by itself
  std::string out, err;
};

/// Runs `program` with these words and `input` (at most 32 KB) on its standard input. It is killed where it takes longer or
/// says more than it may, or `stop` is set.
ChildSaid ask_child(const std::filesystem::path& program, const std::vector<std::string>& words,
                    const std::string& input, const ChildLimits& limits, const std::atomic<bool>& stop);

}  // namespace ablate
