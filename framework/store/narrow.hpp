#pragma once
/// A part of a plan, for a file that is trained elsewhere and merged back.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ablate {

/// A run as another file plans it.
struct PlannedRun {
  std::string uuid, variant;
  std::int64_t seed = 0;
  std::optional<int> until_epoch = {};  ///< RunRecord::until_epoch
};

/// Leaves of a study that was just planned only these runs, under these uuids. The variants and seeds must be in
/// the plan. All in one transaction.
void narrow_plan(const std::filesystem::path& database, std::int64_t study_id,
                 const std::vector<PlannedRun>& runs);

}  // namespace ablate
