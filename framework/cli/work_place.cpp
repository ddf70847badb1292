#include "cli/work_place.hpp"

#include <cstdlib>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "config/tuning.hpp"
#include "runner/cluster/sent_places.hpp"
#include "text/folder_name.hpp"

namespace ablate {
namespace {

/// `chosen`, else $ABLATE_WORK; empty: neither.
std::string choice(const std::string& chosen) {
  const char* from_environment = std::getenv("ABLATE_WORK");
  return chosen.empty() && from_environment ? from_environment : chosen;
}

}  // namespace

void add_work_option(Options& options, std::string& chosen) {
  options.text(
      "work", "DIR", chosen,
      "the work folder of runs that are sent to other machines, on a file system that all of them see; "
      "default: $ABLATE_WORK, else where the study was sent, else ablate-work");
}

std::filesystem::path work_place(const std::string& chosen) {
  const std::string named = choice(chosen);
  return expand_home(named.empty() ? "ablate-work" : named);
}

WorkFiles work_files(const std::filesystem::path& work, const std::string& study) {
  return WorkFiles(work / folder_name(study));
}

WorkFiles work_files(const std::string& chosen, const std::filesystem::path& database,
                     const std::string& study) {
  if (choice(chosen).empty()) {
    for (const std::string& name : {study, tuning_name(study)}) {
      if (const auto places = sent_places(database, name); !places.empty())
        return work_files(places.back().folder().parent_path(), study);
    }
  }
  return work_files(work_place(chosen), study);
}

std::vector<WorkFiles> work_folders(const std::string& chosen, const std::filesystem::path& database,
                                    const std::string& study) {
  const WorkFiles first = work_files(chosen, database, study);
  if (!choice(chosen).empty()) return {first};
  return with_sent_places(first, database, study);
}

std::vector<WorkFiles> with_sent_places(const WorkFiles& first, const std::filesystem::path& database,
                                        const std::string& study) {
  std::vector<WorkFiles> all = {first};
  const std::vector<WorkFiles> places = sent_places(database, study);
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    if (place->folder() != first.folder()) all.push_back(*place);
  }
  return all;
}

void check_work_folder(const WorkFiles& files, const std::filesystem::path& database,
                       const std::string& study) {
  if (!is_missing(files, database, study)) return;
  throw RequestError(
      missing_text(files, study),
      "is its file system mounted here? If it is lost for good, `ablate run STUDY.yaml --slurm --resend` starts over");
}

}  // namespace ablate
