#pragma once
/// Removes what no number needs.

#include <filesystem>
#include <string>
#include <vector>

namespace ablate {

/// What goes besides what nobody can miss.
struct GcOptions {
  bool weights = false;  ///< of all runs that ended, and their checkpoints: predictions need training again
  bool predictions = false;  ///< of all runs that ended: intervals over images and galleries then lack them
  bool obsolete = false;     ///< runs that their study's newest plan lacks, with their numbers
  bool archived = false;     ///< archived runs, and archived studies with all their runs, with their numbers
};

struct GcItem {
  std::string what;
  std::int64_t count = 0;  ///< of the things named
  std::int64_t rows = 0;   ///< of all tables
  std::int64_t bytes = 0;  ///< whole pages that become free
};

struct GcReport {
  std::vector<GcItem> items;      ///< what there is to remove; empty: nothing
  std::int64_t free_bytes = 0;    ///< of pages that were free before
  std::uintmax_t file_bytes = 0;  ///< of the file, afterwards
};

/// Removes checkpoints of runs that ended without results, data sets and machines that no run used, and what the options
/// name; never a run that is running. With `apply` in one transaction, after which the file is made as small
/// as it can be; without, everything is rolled back: the report is exactly what would be removed.
GcReport collect_garbage(const std::filesystem::path& database, const GcOptions& options, bool apply);

}  // namespace ablate
