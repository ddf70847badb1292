#include "runner/cluster/wanted_runs.hpp"

#include "store/reader.hpp"
#include "store/run_over.hpp"

namespace ablate {

WantedRuns wanted_runs(const std::filesystem::path& database, const std::string& study) {
  WantedRuns wanted;
  const Reader reader(database);
  for (const RunRecord& run : reader.runs(reader.study(study).id)) {
    if (!run.obsolete) wanted[run.uuid] = {is_over(run.status), run.epochs_done};
  }
  return wanted;
}

}  // namespace ablate
