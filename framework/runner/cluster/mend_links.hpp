#pragma once
/// Links of a work folder that lost their file.

#include <string>
#include <vector>

#include "runner/cluster/work_files.hpp"

namespace ablate {

/// A `run-UUID.db` without the `.over.db` file that it was a link of (somebody removed that one, or copied the folder
/// without its hard links) still holds the results: it gets its file back, or is made a link of the one that has its
/// bytes. Returns what was done, in words, for notes; nothing where nothing was.
std::vector<std::string> mend_links(const WorkFiles& files);

}  // namespace ablate
