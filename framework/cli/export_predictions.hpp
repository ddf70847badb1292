#pragma once
/// `ablate export predictions`.

#include <string>
#include <vector>

#include "cli/console.hpp"

namespace ablate {

/// What `ablate export` was asked for.
struct ExportRequest {
  std::string what, run, database, out, without, split = "test", format = "csv";
  std::vector<std::string> sets;
  bool retrain = false;
};

/// Writes, for a study, the class that each finished run predicted for each test image, as the file keeps it: nothing is loaded or
/// trained.
/// For a run it also writes the probabilities, on any split, by running its network again. Into the file `out`, which is not there
/// yet, or to standard output. Throws RequestError; returns the exit code.
int export_predictions(const ExportRequest& request, Console& console);

}  // namespace ablate
