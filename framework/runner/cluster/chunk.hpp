#pragma once
/// Trains a chunk of a manifest in a results file of its own and publishes what comes of it.

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "runner/cluster/manifest.hpp"
#include "runner/dataset_cache.hpp"
#include "runner/sweep.hpp"

namespace ablate {

struct ChunkOptions {
  int jobs = 1;                      ///< as SweepOptions::jobs
  std::filesystem::path folder;      ///< on a local disk: a folder for the results file is made in it
  double seconds_to_publish = 30.0;  ///< at the end: how long to try where the work folder takes nothing
};

struct ChunkResult {
  int runs = 0;    ///< in the chunk
  int ended = 0;   ///< here, and published
  int failed = 0;  ///< of these: failed or diverged
  int left = 0;    ///< that nobody has published
  bool interrupted = false;
  bool came_further = false;  ///< a run ended here or has an epoch more than at the start
};

/// Trains what of the chunk is not published yet, each run from its newest published checkpoint of the same program;
/// publishes every Manifest::publish_seconds and at the end, also once `stop` is true. Throws RequestError for a
/// manifest of another program or of other data, and where the work folder took nothing to the end: the results file
/// is then kept and named.
ChunkResult train_chunk(const std::filesystem::path& manifest, int number, const ChunkOptions& options,
                        DatasetCache& datasets, SweepListener& listener, const std::atomic<bool>& stop);

}  // namespace ablate
