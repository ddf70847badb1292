#pragma once
/// The runs of a study's newest plan, and how far they are in the results file.

#include <filesystem>
#include <map>
#include <string>

namespace ablate {

struct WantedRun {
  bool over = false;
  int epochs = 0;
};

/// By uuid.
using WantedRuns = std::map<std::string, WantedRun>;

WantedRuns wanted_runs(const std::filesystem::path& database, const std::string& study);

}  // namespace ablate
