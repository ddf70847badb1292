#pragma once
/// A results file of many made-up runs, for measuring and testing what reads one.

#include <cstdint>
#include <filesystem>

namespace ablate {

/// A study has 200 variants (skip x width x dropout x learning rate) under five seeds: 1,000 runs.
struct BigShape {
  int studies = 101;  ///< with all but 1 in 125 done, a hundred thousand done runs
  int epochs = 50;
  int classes = 5;  ///< a run's per-class rows; without a confusion matrix, unless `confusion`
  bool confusion = false;
};

/// What was written, and how long the rows of runs and epochs took; planning and packing are not counted.
struct BigCount {
  std::int64_t runs = 0;
  std::int64_t metric_rows = 0;  ///< of epoch_metric
  std::int64_t rows = 0;         ///< of all tables that were filled in bulk
  double seconds = 0.0;
  double processor_seconds = 0.0;     ///< of `seconds`, what the process had of the processor
  std::int64_t bytes_as_written = 0;  ///< of the file before it was packed
  double packing_seconds = 0.0;
};

/// Writes a new file at `path` through the real schema and the real plan of each study, then its runs in bulk
/// in the order of their keys, without a journal, and packs the file (VACUUM INTO): what fails leaves nothing
/// under that name. The numbers are
/// made up (curves that rise and overfit, a seed's scatter, settings that matter); the same shape gives the
/// same rows. Of 1,000 runs 2 each failed, diverged, were interrupted and are still planned. Every tenth
/// study trained on test. Throws RequestError where `path` exists.
BigCount make_big_database(const std::filesystem::path& path, const BigShape& shape = {});

}  // namespace ablate
