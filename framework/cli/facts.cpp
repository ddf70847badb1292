#include "cli/facts.hpp"

namespace ablate {
namespace {

constexpr Fact exit_table[] = {
    {"0", "done"},
    {"1",
     "some runs failed or diverged, and which; doctor: a fault was found; data check: a leak; verify: a number "
     "differs"},
    {"2", "the request was wrong: the message says what, where, and what to try"},
    {"3", "an internal fault"},
    {"130", "interrupted, by Ctrl-C or by a signal to a worker; the same command resumes there"},
};

constexpr Fact environment_table[] = {
    {"ABLATE_DB", "the results database where --db does not name one; without both it is ablate.db"},
    {"ABLATE_WORK",
     "the work folder of runs that are sent to other machines; default: where the study was sent, else ablate-work"},
    {"HOME", "what ~ stands for in data.path, and where ~/.cache/ablate is"},
    {"ABLATE_KERNELS",
     "the kernels to compute with: avx512, avx2, neon or portable, where the processor has them; default: the fastest. "
     "All give the same bits"},
    {"TMPDIR", "where SQLite puts temporary files that do not fit into memory, and merges their copies"},
    {"CUDA_VISIBLE_DEVICES",
     "the GPUs that runs of another program share, where trainer.resources.gpus asks for some"},
    {"XDG_RUNTIME_DIR", "where locks of those GPUs are kept; default: a folder in /tmp"},
    {"PATH", "where the program of trainer.command is looked for"},
    {"SLURM_TMPDIR", "where `ablate work` keeps its own results file; without it TMPDIR, else /tmp"},
    {"SLURM_CPUS_PER_TASK", "the processors of a task: the number of workers of `ablate work` without -j"},
    {"SLURM_CPUS_ON_NODE", "the same, where a task sets nothing of its own"},
    {"NCPUS", "the same, by PBS"},
    {"LSB_DJOB_NUMPROC", "the same, by LSF"},
    {"SLURM_ARRAY_JOB_ID", "the array of a task that `ablate work --requeue` queues again"},
    {"SLURM_ARRAY_TASK_ID", "its number there"},
    {"SLURMD_NODENAME", "the node that a task says it is on"},
    {"TERM", "whether the terminal moves its cursor: with dumb, progress is plain lines"},
    {"DISPLAY", "that there is a screen, for report --open"},
    {"WAYLAND_DISPLAY", "the same"},
    {"ABLATE_BUILD_DIR",
     "the wrapper: where to build; default: build/release beside it, or the cache folder "
     "(XDG_CACHE_HOME, ~/.cache) where that cannot be written"},
    {"ABLATE_NO_INSTALL", "the wrapper: 1 never installs packages"},
};

constexpr Fact file_table[] = {
    {"ablate.db", "every study, run and epoch (SQLite); ablate.db-wal and ablate.db-shm belong to it"},
    {"ablate.db.runs/", "a folder for each run that another program trains: its checkpoints, its metrics"},
    {"reports/<study>/", "a study's report: index.html, report.md, tables, figures and their data"},
    {"~/.cache/ablate/emnist", "the EMNIST files, unless data.path says otherwise"},
};

}  // namespace

std::span<const Fact> exit_codes() { return exit_table; }
std::span<const Fact> environment() { return environment_table; }
std::span<const Fact> files() { return file_table; }

}  // namespace ablate
