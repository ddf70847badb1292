#include "cli/send_study.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/interrupted.hpp"
#include "base/shell_word.hpp"
#include "cli/embedded.hpp"
#include "cli/gathered_text.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "cli/sent_text.hpp"
#include "cli/study_stages.hpp"
#include "cli/work_place.hpp"
#include "config/tuning.hpp"
#include "runner/cluster/send.hpp"
#include "runner/cluster/slurm.hpp"
#include "store/settle.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

ClusterSettings settings_of(const SendingRequest& request) {
  ClusterSettings settings;
  if (!request.cluster_file.empty()) settings = read_cluster_file(request.cluster_file);
  if (request.runs_per_task > 0) settings.runs_per_task = request.runs_per_task;
  if (request.parallel >= 0) settings.parallel = request.parallel;
  return settings;
}

/// This program, as other machines find it on a file system that they share.
std::string program_of(const ClusterSettings& settings) {
  if (!settings.program.empty()) return settings.program;
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  return error ? "ablate" : self.string();
}

class Sender {
 public:
  Sender(Console& console, const SendingRequest& request, const fs::path& database)
      : console_(console),
        request_(request),
        database_(database),
        settings_(settings_of(request)),
        work_(request.work.empty() ? settings_.work : request.work) {}

  /// What came back, of the study and of its tuning.
  void gather_all(const Study& study) {
    const InterruptFlag interrupt;
    std::vector<std::string> names = {study.name};
    if (study.tune) names.push_back(tuning_name(study.name));
    for (const std::string& name : names)
      gather_and_tell(console_, database_, name, all_files_of(name), interrupt.get());
  }

  /// What is left of a stage goes out.
  void send(const Study& stage) {
    if (!request_.again) {
      for (const WorkFiles& files : work_folders(work_, database_, stage.name))
        check_work_folder(files, database_, stage.name);
    }
    if (request_.slurm) check_slurm_folder(files_of(stage.name).folder());
    const SweepCounts counts = plan(stage);
    settle_rungs(stage, database_);
    const WorkFiles files = files_of(stage.name);
    const SentRuns sent = sent_runs(all_files_of(stage.name), database_, stage.name);
    tell_sent(console_, sent);
    if (!request_.again) check_not_in_vain(sent);
    if (request_.slurm) tell_missing_program();
    SendOptions options;
    options.runs_per_task = static_cast<int>(settings_.runs_per_task);
    options.publish_seconds = settings_.publish_seconds;
    options.retry_failed = request_.retry_failed;
    options.near = request_.near;
    if (!request_.again) options.under_way = under_way(sent);
    const std::optional<Send> written = write_send(stage, database_, datasets_, files, options);
    if (!written) {
      console_.err << fmt::format("{}: nothing to send: {} of {} runs done, {} under way\n", stage.name,
                                  counts.done, counts.runs, options.under_way.size());
      return;
    }
    request_.slurm ? submit(*written) : tell_manifest(*written);
    console_.err << fmt::format("when they are done: {}\n", collect_line(stage.name, files));
  }

 private:
  WorkFiles files_of(const std::string& study) const { return work_files(work_, database_, study); }

  /// The runs are looked for wherever they were sent, also where this send goes elsewhere.
  std::vector<WorkFiles> all_files_of(const std::string& study) const {
    return with_sent_places(files_of(study), database_, study);
  }

  /// What failed at once would fail again.
  static void check_not_in_vain(const SentRuns& sent) {
    if (sent.silent_tasks.empty() || static_cast<int>(sent.silent_tasks.size()) < sent.tasks_of_newest)
      return;
    throw RequestError("nothing was sent: " + silent_text(sent),
                       "fix what the log reports, then add --resend to send them again");
  }

  void tell_missing_program() const {
    if (settings_.program.empty() || ::access(settings_.program.c_str(), X_OK) == 0) return;
    console_.err << fmt::format(
        "note: program {} of the cluster file is not on this machine, or cannot be executed; tasks fail where their node lacks it\n",
        settings_.program);
  }

  SweepCounts plan(const Study& stage) {
    SweepOptions options;
    options.only_plan = true;
    options.replan = request_.replan;
    options.audit.near_threshold = request_.near;
    InterruptFlag interrupt(InterruptFlag::At::once);
    options.before_writing = [&] { interrupt.wait_for_checks(); };
    const auto progress = make_progress(console_, request_.quiet ? Display::quiet : Display::lines, false);
    const SweepResult planned = run_sweep(stage, database_, datasets_, options, *progress, interrupt.get());
    if (planned.interrupted) throw Interrupted();
    return planned.counts;
  }

  static std::set<std::string> under_way(const SentRuns& sent) {
    std::set<std::string> all = sent.waiting;
    all.insert(sent.ended.begin(), sent.ended.end());
    for (const auto& [uuid, at] : sent.running) all.insert(uuid);
    return all;
  }

  void submit(const Send& send) {
    const std::string script = settings_.script.empty() ? std::string(embedded_file("configs/slurm_task.sh"))
                                                        : read_file(settings_.script, 1 << 20);
    const Submitted done = submit_to_slurm(send, settings_, script, program_of(settings_));
    std::string ids;
    for (const SentJob& job : done.jobs) ids += (ids.empty() ? "" : ", ") + job.id;
    const auto tasks = static_cast<std::size_t>(send.manifest.chunks() - done.chunks_left);
    const auto a_task = static_cast<std::size_t>(send.manifest.runs_per_task);
    console_.err << fmt::format("sent {} in {}\n",
                                counted(std::min(send.manifest.runs.size(), tasks * a_task), "run"),
                                counted(tasks, "task"));
    if (done.chunks_left > 0) {
      console_.err << fmt::format("{} not sent: {}; the same command sends them later\n",
                                  counted(static_cast<std::size_t>(done.chunks_left), "task"), done.why);
    }
    console_.out << fmt::format("jobs: {}\n", ids);
  }

  void tell_manifest(const Send& send) {
    console_.err << fmt::format("{} in chunks 0 to {}: `ablate work {} --chunk K` trains chunk K anywhere\n",
                                counted(send.manifest.runs.size(), "run"), send.manifest.chunks() - 1,
                                shell_word(send.file.string()));
    console_.out << fmt::format("manifest: {}\nchunks: {}\n", send.file.string(), send.manifest.chunks());
  }

  std::string collect_line(const std::string& study, const WorkFiles& files) const {
    return fmt::format("ablate collect {} --db {} --work {}", shell_word(study),
                       shell_word(database_.string()), shell_word(files.folder().parent_path().string()));
  }

  Console& console_;
  const SendingRequest& request_;
  const fs::path& database_;
  const ClusterSettings settings_;
  const std::string work_;  ///< empty: nobody chose one
  DatasetCache datasets_;
};

}  // namespace

void add_sending_options(Options& options, SendingRequest& request) {
  options.positional("CLUSTER.yaml", request.cluster_file, false,
                     "how runs are sent with --slurm or --manifest (configs/cluster.yaml explains it)");
  options.flag(
      "slurm", request.slurm,
      "send what is not done to Slurm, and return; the same command again collects what came back and sends "
      "what is missing");
  options.flag(
      "manifest", request.manifest,
      "write what is not done into a manifest, for `ablate work` under another scheduler, and return");
  options.count("runs-per-task", "N", request.runs_per_task, 1,
                "runs that a task trains one after the other; default: as CLUSTER.yaml says, else 1");
  options.count("parallel", "N", request.parallel, 0,
                "tasks of an array at a time; 0: no limit; default: as CLUSTER.yaml says, else 0");
  add_work_option(options, request.work);
  options.flag("resend", request.again, "also send runs that are believed to be under way");
}

void check_sending(const SendingRequest& request) {
  if (request.slurm && request.manifest)
    throw RequestError("run: --slurm and --manifest exclude each other",
                       "--manifest writes what --slurm submits");
  if (request.asked()) return;
  const bool given = !request.cluster_file.empty() || !request.work.empty() || request.runs_per_task > 0 ||
                     request.parallel >= 0 || request.again;
  if (!given) return;
  throw RequestError(request.cluster_file.empty()
                         ? "run: --work, --runs-per-task, --parallel and --resend are for runs that are sent"
                         : fmt::format("run: '{}' is one word too many", request.cluster_file),
                     "add --slurm or --manifest");
}

std::optional<int> send_study(Console& console, const SendingRequest& request, const Study& study,
                              const fs::path& database) {
  try {
    Sender sender(console, request, database);
    const SendingTurn turn = take_turn(console, database);
    sender.gather_all(study);
    const auto say = [&](const std::string& line) {
      if (!request.quiet) console.err << line << "\n";
    };
    const auto send_stage = [&](const Study& stage, const std::string& what) {
      if (nothing_left(stage, database, request.retry_failed)) return StageEnd::all_done;
      if (!what.empty()) say(what);
      sender.send(stage);
      return StageEnd::interrupted;
    };
    const StageReport end = run_stages(study, database, send_stage, say);
    settle_log(database);
    if (end.end != StageEnd::all_done) return exit_done;
    return std::nullopt;
  } catch (const Interrupted&) {
    console.err << "interrupted: nothing was sent\n";
    return exit_interrupted;
  }
}

}  // namespace ablate
