#pragma once
/// Slurm, by its own programs: sbatch, squeue and scontrol. Nothing hangs on sacct, which many sites lack.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/captured_process.hpp"
#include "runner/cluster/cluster_file.hpp"
#include "runner/cluster/queue.hpp"
#include "runner/cluster/send.hpp"
#include "runner/cluster/sent.hpp"

namespace ablate {

/// Seconds that one of its programs may take.
inline constexpr double slurm_patience = 60.0;

/// What a program complained of, in one line.
std::string first_line_of(const Captured& said);

/// All tasks of this user that have not ended.
Queue ask_slurm();

/// How tasks ("123_4") ended, each in words: "NODE_FAIL", "FAILED with exit code 127". From sacct, else from scontrol, which
/// forgets after minutes. Those of which neither knows are left out; no trouble is reported, and nobody waits long.
std::vector<std::string> ask_slurm_ends(const std::vector<std::string>& tasks);

/// The last index that a job array may have at this site, plus one; Slurm's own default where the site does not say.
int slurm_array_size();

/// Throws RequestError for a work folder in whose name Slurm cannot write logs: one with a backslash or a line break.
void check_slurm_folder(const std::filesystem::path& folder);

struct Submitted {
  std::vector<SentJob> jobs;
  int chunks_left = 0;   ///< that the site did not take
  std::string why = {};  ///< it did not
};

/// Submits the chunks of a send as job arrays, none longer than `slurm_array_size` and the cluster file allow. Where the
/// site takes no more tasks of this user, shorter arrays are tried; the rest is left. `script` is the template of a
/// batch script (configs/slurm_task.sh). Each array is written down beside the manifest as soon as it is known. Throws
/// RequestError where nothing could be submitted.
Submitted submit_to_slurm(const Send& send, const ClusterSettings& settings, const std::string& script,
                          const std::string& program);

/// The script of one array: @word@ replaced. Throws RequestError for a word that it does not know.
std::string batch_script(const std::string& script, const Send& send, const ClusterSettings& settings,
                         const std::string& program, const SentJob& job);

}  // namespace ablate
