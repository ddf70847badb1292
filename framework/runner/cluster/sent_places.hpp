#pragma once
/// Where runs of a results file were sent.

#include <filesystem>
#include <string>
#include <vector>

#include "runner/cluster/work_files.hpp"

namespace ablate {

/// The work folders of a study, the one that was sent to last at the end: what FILE.sent beside the results file
/// says; nothing where there is no such file, or it cannot be read.
std::vector<WorkFiles> sent_places(const std::filesystem::path& database, const std::string& study);

/// Writes this one down there, as the last. Throws RequestError where it cannot.
void note_place(const std::filesystem::path& database, const std::string& study, const WorkFiles& files);

/// The study was sent to this work folder, which is not there now: it is not mounted, or somebody removed it.
bool is_missing(const WorkFiles& files, const std::filesystem::path& database, const std::string& study);

/// Says so.
std::string missing_text(const WorkFiles& files, const std::string& study);

}  // namespace ablate
