#pragma once
/// Folders of runs that another program has trained, once the runs are over.

#include <filesystem>
#include <set>
#include <string>

#include "runner/cluster/work_files.hpp"

namespace ablate {

/// Of each run of `over` (by uuid) that ended in a task: its folder gets a link beside the results file, where what the
/// sender had begun is then called UUID.sent. The folders of its other attempts are removed where their task has ended, or
/// has reported nothing for a day: a task reports before it makes its folder. Returns how many stay because it may still live.
int settle_folders(const WorkFiles& files, const Results& results, const std::set<std::string>& over,
                   const std::filesystem::path& database);

}  // namespace ablate
