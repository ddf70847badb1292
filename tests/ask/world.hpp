#pragma once
/// A results file of random runs, and the same runs in plain memory.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "base/value.hpp"

namespace ablate::test {

/// What can be asked of a run, by full name ("model.hidden", "test.accuracy", "duration").
struct WorldRun {
  std::int64_t id = 0;
  std::map<std::string, Value> values;  ///< nothing: NULL
  std::map<std::string, std::map<int, Value>>
      epochs;                          ///< by "test.accuracy" and epoch; a split may lack epochs
  std::vector<std::string> tags = {};  ///< by name
};

/// Texts that are hard to quote, to compare or to match.
const std::vector<std::string>& hard_texts();

/// Fills the file with a few studies of random variants and runs: NULL, numbers that are none, infinity,
/// ties, missing splits and epochs. Returns the runs by id.
std::vector<WorldRun> make_world(const std::filesystem::path& file, Stream& chance);

}  // namespace ablate::test
