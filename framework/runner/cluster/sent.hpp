#pragma once
/// Where runs are that were sent: known by what came back, with the scheduler as a hint.

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "runner/cluster/manifest.hpp"
#include "runner/cluster/queue.hpp"
#include "runner/cluster/work_files.hpp"

namespace ablate {

/// A job array of a send.
struct SentJob {
  std::string id;
  int first_chunk = 0, chunks = 0;  ///< task i of the array trains chunk first_chunk + i
};

/// sends/SEND/jobs.json: what a scheduler took. Of a send without one somebody starts the chunks himself.
std::string jobs_text(const std::vector<SentJob>& jobs);

/// A run that a task has at work.
struct RunAtWork {
  std::string send, chunk, node, worker;
  int epochs = 0;  ///< whole ones, as of the last publication
};

struct SentRuns {
  std::set<std::string> sent;                ///< all that were, by uuid
  std::set<std::string> ended;               ///< results are published
  std::map<std::string, RunAtWork> running;  ///< in a task that has reported not long ago
  std::set<std::string> waiting;             ///< behind others in their task, or their task in the queue
  std::set<std::string> lost;                ///< their task is gone without their results
  int tasks_running = 0, tasks_waiting = 0;
  std::map<std::string, std::string>
      held;                        ///< tasks that will not start by themselves: "123_4" and the reason
  std::vector<std::string> notes;  ///< what could not be read
  std::set<std::string> unbegun;   ///< of the lost: somebody is to start `ablate work`, and has not yet
  /// Tasks of the newest send, "123_4", that ended without publishing anything; what the scheduler says of their end,
  /// where it was asked and knows; and how many tasks of that send it took.
  std::vector<std::string> silent_tasks = {}, silent_ends = {};
  int tasks_of_newest = 0;
  std::filesystem::path silent_log = {};  ///< of the first of them

  bool any() const { return !sent.empty(); }
  /// Adds what is known of another work folder of the same study.
  void add(const SentRuns& other);
};

/// Of the runs `open` (by uuid: planned and not over in the results file). A task is at work where its attempt has
/// reported within three publications, by the clock of the folder's own file system: clocks of nodes are never
/// compared. Where no scheduler answers, tasks that it took count as waiting.
SentRuns read_sent(const WorkFiles& files, const std::set<std::string>& open, const Queue& queue);

/// SHA-256 of the program that trains the runs of the newest send: ours, or the trainer's code. Empty: unknown.
std::string program_of_newest(const WorkFiles& files);

}  // namespace ablate
