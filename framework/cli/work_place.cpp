#include "cli/work_place.hpp"

#include <cstdlib>

#include "base/file.hpp"
#include "text/folder_name.hpp"

namespace ablate {

void add_work_option(Options& options, std::string& chosen) {
  options.text(
      "work", "DIR", chosen,
      "the work folder of runs that are sent to other machines, on a file system that all of them see; "
      "default: $ABLATE_WORK, else ablate-work");
}

std::filesystem::path work_place(const std::string& chosen) {
  const char* from_environment = std::getenv("ABLATE_WORK");
  return expand_home(!chosen.empty()                         ? chosen
                     : from_environment && *from_environment ? from_environment
                                                             : "ablate-work");
}

WorkFiles work_files(const std::filesystem::path& work, const std::string& study) {
  return WorkFiles(work / folder_name(study));
}

}  // namespace ablate
