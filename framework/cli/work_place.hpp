#pragma once
/// Where a study's runs are sent and come back from.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "runner/cluster/work_files.hpp"

namespace ablate {

/// `--work DIR`.
void add_work_option(Options& options, std::string& chosen);
/// `chosen`, else $ABLATE_WORK, else ablate-work.
std::filesystem::path work_place(const std::string& chosen);
/// The study's folder there.
WorkFiles work_files(const std::filesystem::path& work, const std::string& study);
/// The same; where nobody chose one, in the work folder that the study, else its tuning, was sent to last.
WorkFiles work_files(const std::string& chosen, const std::filesystem::path& database,
                     const std::string& study);
/// That one alone where somebody chose it; else all that the study was sent to, the newest first.
std::vector<WorkFiles> work_folders(const std::string& chosen, const std::filesystem::path& database,
                                    const std::string& study);
/// `first`, then all others that the study was sent to, the newest first.
std::vector<WorkFiles> with_sent_places(const WorkFiles& first, const std::filesystem::path& database,
                                        const std::string& study);
/// Throws RequestError where the study was sent there and the folder is gone.
void check_work_folder(const WorkFiles& files, const std::filesystem::path& database,
                       const std::string& study);

}  // namespace ablate
