#pragma once
/// What a task begins with: the published state of its runs.

#include <filesystem>
#include <string>
#include <vector>

#include "runner/cluster/manifest.hpp"
#include "runner/cluster/work_files.hpp"
#include "store/merge_source.hpp"

namespace ablate {

/// The file's bytes on a local disk, for SQLite, under the file's name for messages. Throws as `read_result` does, and
/// DamagedFile for what is no results file; of one of another schema, where this program may be at fault, RequestError.
MergeSource local_copy(const ResultFile& file);

/// Brings the furthest published state of each of these runs into the task's own results file: what earlier attempts
/// at the chunk left, and what the sender had. Files that cannot be used are passed over: their runs start over.
void take_checkpoints(const WorkFiles& files, const std::string& send, int chunk,
                      const std::vector<PlannedRun>& runs, const std::filesystem::path& database);

}  // namespace ablate
