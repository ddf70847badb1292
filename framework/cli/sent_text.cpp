#include "cli/sent_text.hpp"

#include <algorithm>
#include <map>
#include <ostream>
#include <set>

#include <fmt/format.h>

#include "base/shell_word.hpp"
#include "runner/cluster/sent_places.hpp"
#include "runner/cluster/slurm.hpp"
#include "store/reader.hpp"
#include "store/run_over.hpp"
#include "text/escape.hpp"
#include "text/numbers.hpp"

namespace ablate {

namespace {

constexpr double seconds_between_looks = 30.0;

/// Slurm took tasks of some send.
bool has_jobs(const WorkFiles& files) {
  std::error_code error;
  for (std::filesystem::directory_iterator send(files.sends(), error), end; !error && send != end;
       send.increment(error)) {
    if (std::filesystem::exists(send->path() / "jobs.json", error)) return true;
  }
  return false;
}

/// By uuid: of the newest plan, and not over in the results file.
std::set<std::string> open_runs(const std::filesystem::path& database, const std::string& study) {
  std::set<std::string> open;
  std::error_code error;
  if (!std::filesystem::exists(database, error)) return open;
  const Reader reader(database);
  if (!reader.counts(study)) return open;
  for (const RunRecord& run : reader.runs(reader.study(study).id)) {
    if (!run.obsolete && !is_over(run.status)) open.insert(run.uuid);
  }
  return open;
}

std::string counts_line(const SentRuns& sent) { return sent.any() ? sent_line(sent) + "\n" : ""; }

}  // namespace

std::string sent_line(const SentRuns& sent) {
  if (!sent.any()) return {};
  return fmt::format(
      "sent: {}: {} running in {}, {} waiting, {} ended and not collected, {} without a task{}",
      counted(sent.sent.size(), "run"), sent.running.size(),
      counted(static_cast<std::size_t>(sent.tasks_running), "task"), sent.waiting.size(), sent.ended.size(),
      sent.lost.size(),
      sent.unbegun.empty() ? "" : fmt::format(" ({} wait for `ablate work`)", sent.unbegun.size()));
}

std::string silent_text(const SentRuns& sent) {
  std::map<std::string, int> ends;
  for (const std::string& end : sent.silent_ends) ++ends[end];
  std::string words;
  for (const auto& [end, tasks] : ends)
    words += fmt::format("{}{} {}", words.empty() ? " (" : ", ", tasks, end);
  return fmt::format("{} of the last send ended without publishing anything{}{}; see {}",
                     counted(sent.silent_tasks.size(), "task"), words, words.empty() ? "" : ")",
                     sent.silent_log.string());
}

SentRuns sent_runs(const std::vector<WorkFiles>& folders, const std::filesystem::path& database,
                   const std::string& study, Scheduler scheduler) {
  SentRuns sent;
  std::vector<WorkFiles> there;
  for (const WorkFiles& files : folders) {
    std::error_code error;
    if (is_missing(files, database, study)) {
      sent.notes.push_back(missing_text(files, study) + ": is its file system mounted here?");
    } else if (std::filesystem::is_directory(files.sends(), error)) {
      there.push_back(files);
    }
  }
  if (there.empty()) return sent;
  const std::set<std::string> open = open_runs(database, study);
  const bool is_asked = scheduler == Scheduler::asked && std::any_of(there.begin(), there.end(), has_jobs);
  const Queue queue = is_asked ? ask_slurm() : Queue{};
  for (const WorkFiles& files : there) sent.add(read_sent(files, open, queue));
  if (queue.answered) sent.silent_ends = ask_slurm_ends(sent.silent_tasks);
  if (sent.any() && !queue.answered && !queue.trouble.empty()) {
    sent.notes.push_back(fmt::format(
        "squeue does not answer ({}): tasks that it took count as waiting; --resend sends their runs again",
        queue.trouble));
  }
  return sent;
}

void tell_elsewhere(Console& console, const std::filesystem::path& database, const std::string& study) {
  for (const WorkFiles& files : sent_places(database, study)) {
    const SentRuns sent = sent_runs({files}, database, study, Scheduler::left_alone);
    const std::size_t there = sent.running.size() + sent.waiting.size() + sent.ended.size();
    for (const std::string& note : sent.notes)
      console.err << fmt::format("note: {}\n", escape_terminal(note));
    if (there == 0) continue;
    console.err << fmt::format(
        "note: {} of {} {} at a cluster ({}), {} of them ended there: this machine trains them as well; `ablate collect {}` "
        "first brings in what is there\n",
        counted(there, "run"), escape_terminal(study), there == 1 ? "is" : "are",
        escape_terminal(files.folder().string()), sent.ended.size(), escape_terminal(shell_word(study)));
  }
}

std::string place_of(const RunAtWork& run) {
  return run.node.empty() ? run.worker.substr(0, run.worker.find(':')) : run.node;
}

void tell_sent(Console& console, const SentRuns& sent) {
  console.err << counts_line(sent);
  for (const auto& [task, reason] : sent.held) {
    console.err << fmt::format("task {} is held ({}) and will not start by itself: scontrol release {}\n",
                               task, escape_terminal(reason), task);
  }
  if (!sent.silent_tasks.empty())
    console.err << fmt::format("note: {}\n", escape_terminal(silent_text(sent)));
  for (const std::string& note : sent.notes) console.err << fmt::format("note: {}\n", escape_terminal(note));
}

bool SentWatch::look(Console& console) {
  if (looked_ && since_.seconds() < seconds_between_looks) return goes_on_;
  looked_ = true;
  const SentRuns sent = sent_runs(folders_, database_, study_);
  since_.restart();
  goes_on_ = !sent.running.empty() || !sent.waiting.empty();
  std::string now = counts_line(sent) + runs_at_work(sent);
  for (const std::string& note : sent.notes) now += note;
  if (now != told_) {
    tell_sent(console, sent);
    console.err << runs_at_work(sent);
    told_ = now;
  }
  return goes_on_;
}

std::string SentWatch::runs_at_work(const SentRuns& sent) const {
  if (sent.running.empty()) return {};
  std::string text;
  const Reader reader(database_);
  for (const RunRecord& run : reader.runs(reader.study(study_).id)) {
    const auto at = sent.running.find(run.uuid);
    if (at == sent.running.end()) continue;
    text += fmt::format("  {} seed {}: {} on {}\n", escape_terminal(run.variant), run.seed,
                        counted(static_cast<std::size_t>(at->second.epochs), "epoch"),
                        escape_terminal(place_of(at->second)));
  }
  return text;
}

}  // namespace ablate
