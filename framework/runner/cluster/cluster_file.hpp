#pragma once
/// How runs are sent to a cluster: a YAML file of a site, configs/cluster.yaml explains it.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ablate {

struct ClusterSettings {
  std::string work = {};     ///< the work folder; empty: as --work says
  std::string program = {};  ///< ablate as the nodes see it; empty: this program
  std::string script = {};   ///< a template of a batch script; empty: the one built in
  std::int64_t runs_per_task = 1;
  std::int64_t parallel = 0;       ///< tasks of an array at a time; 0: as many as there is room for
  std::int64_t longest_array = 0;  ///< tasks; 0: as the site's MaxArraySize
  double publish_seconds = 60.0;
  bool requeue = true;                                 ///< tasks queue themselves again when their time is up
  std::string time = {}, partition = {}, memory = {};  ///< as sbatch takes them; empty: the site's default
  std::int64_t cpus = 1;                               ///< of a task, each trains a run
  std::vector<std::string> options = {};               ///< more of sbatch's: "--account=physics"
};

/// Throws RequestError with file:line:column for an unknown key or a value that cannot be. Relative paths are
/// those beside the file.
ClusterSettings read_cluster_file(const std::filesystem::path& file);

}  // namespace ablate
