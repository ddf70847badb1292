#pragma once
/// Runs that were sent to other machines, in words.

#include <filesystem>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "cli/console.hpp"
#include "runner/cluster/sent.hpp"

namespace ablate {

/// Whether Slurm's queue is asked for tasks that it took; they count as waiting else.
enum class Scheduler { asked, left_alone };

/// Where the study's runs are that are not over in the results file, in these work folders together.
SentRuns sent_runs(const std::vector<WorkFiles>& folders, const std::filesystem::path& database,
                   const std::string& study, Scheduler scheduler = Scheduler::asked);

/// "sent: 12 runs: 3 running in 2 tasks, ..."; empty: none were.
std::string sent_line(const SentRuns& sent);

/// "3 tasks of the last send ended without publishing anything (2 FAILED with exit code 127, 1 NODE_FAIL); see LOG", where
/// there are such.
std::string silent_text(const SentRuns& sent);

/// Notes of the study's runs that were sent and are not collected, for somebody who trains here. The scheduler is not asked.
void tell_elsewhere(Console& console, const std::filesystem::path& database, const std::string& study);

/// The node of a run that a task has at work, else its host.
std::string place_of(const RunAtWork& run);

/// A line on stderr where anything was sent, and one for each trouble.
void tell_sent(Console& console, const SentRuns& sent);

/// Sent runs, looked at again and again.
class SentWatch {
 public:
  SentWatch(std::vector<WorkFiles> folders, std::filesystem::path database, std::string study)
      : folders_(std::move(folders)), database_(std::move(database)), study_(std::move(study)) {}

  /// Reports what changed since the last time: the counts, and how far each run is that a task has at work. Looks at most
  /// every few seconds, so that a shared file system and a scheduler are not kept busy. True while somebody may be at
  /// work.
  bool look(Console& console);

 private:
  std::string runs_at_work(const SentRuns& sent) const;

  std::vector<WorkFiles> folders_;
  std::filesystem::path database_;
  std::string study_;
  std::string told_;
  bool goes_on_ = false, looked_ = false;
  Stopwatch since_;
};

}  // namespace ablate
