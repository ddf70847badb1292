#include <atomic>
#include <csignal>
#include <cstdlib>
#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/progress.hpp"
#include "runner/cluster/chunk.hpp"
#include "runner/cluster/requeue.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

std::atomic<bool> told_to_end = false, time_is_up = false;

void on_end_signal(int signal) {
  told_to_end = true;
  if (signal == SIGUSR1) time_is_up = true;
}

/// While one lives, SIGTERM, SIGINT and SIGUSR1 ask for an end: what schedulers send, the last one before the wall time.
class EndSignals {
 public:
  EndSignals() {
    told_to_end = time_is_up = false;
    for (const int signal : all) std::signal(signal, on_end_signal);
  }
  ~EndSignals() {
    for (const int signal : all) std::signal(signal, SIG_DFL);
  }
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;

 private:
  static constexpr int all[] = {SIGTERM, SIGINT, SIGUSR1};
};

/// The processors that a scheduler gave to this task: Slurm, PBS, LSF; 1 where none says so.
std::int64_t processors_of_task() {
  for (const char* given : {std::getenv("SLURM_CPUS_PER_TASK"), std::getenv("SLURM_CPUS_ON_NODE"),
                            std::getenv("NCPUS"), std::getenv("LSB_DJOB_NUMPROC")}) {
    const std::int64_t count = given ? std::strtoll(given, nullptr, 10) : 0;
    if (count >= 1 && count <= 4096) return count;
  }
  return 1;
}

std::string local_folder() {
  for (const char* folder : {std::getenv("SLURM_TMPDIR"), std::getenv("TMPDIR")}) {
    if (folder && *folder) return folder;
  }
  return "/tmp";
}

/// Words of the end; the exit code.
int tell_end(const ChunkResult& result, bool requeue, Console& console) {
  console.err << fmt::format("{} of the chunk's {} published here, {} left\n", result.ended,
                             counted(static_cast<std::size_t>(result.runs), "run"), result.left);
  if (result.left > 0 && requeue && time_is_up) {
    if (!result.came_further) {
      console.err
          << "not queued again: no epoch was completed in the time of this task; give it more time, or more "
             "processors and fewer runs\n";
    } else if (const std::string why = requeue_this_task(); !why.empty()) {
      console.err << fmt::format("not queued again ({}); the next `ablate run` sends what is left\n", why);
    }
  }
  if (result.left > 0) return exit_interrupted;
  return result.failed > 0 ? exit_runs_failed : exit_done;
}

}  // namespace

int work_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string manifest, local = local_folder();
  std::int64_t chunk = -1, jobs = processors_of_task();
  bool requeue = false;
  Options options(self);
  options.positional("MANIFEST", manifest, true, "what `ablate run --slurm` or `--manifest` wrote");
  options.count("chunk", "K", chunk, 0, "which chunk of it, from 0");
  options.count(
      "jobs,j", "N", jobs, 1,
      "worker processes, each with one thread; default: the processors that Slurm, PBS or LSF gave to "
      "the task, else 1");
  options.text(
      "local", "DIR", local,
      "a folder on a local disk for the task's results file; default: $SLURM_TMPDIR, else $TMPDIR, else "
      "/tmp");
  options.flag("requeue", requeue,
               "under Slurm, queue the task again where SIGUSR1 ended it before its runs were done");
  if (!options.parse(arguments, console)) return exit_done;
  if (chunk < 0) throw RequestError("work: --chunk K is missing", std::string(self.example));

  const EndSignals signals;
  DatasetCache datasets;
  const auto progress = make_progress(console, Display::lines, false);
  ChunkOptions how;
  how.jobs = static_cast<int>(jobs);
  how.folder = local;
  const ChunkResult result =
      train_chunk(manifest, static_cast<int>(chunk), how, datasets, *progress, told_to_end);
  return tell_end(result, requeue, console);
}

}  // namespace ablate
