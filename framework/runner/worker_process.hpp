#pragma once
/// One worker process seen from both of its ends. Private to framework/runner.

#include <cstdint>
#include <map>
#include <string>

#include <sys/types.h>

#include "runner/worker_pool.hpp"

namespace ablate {

/// What a worker tells its parent: plain bytes, few enough that a pipe takes them at once.
struct WorkerMessage {
  enum class Kind { cell_started, epoch_ended, cell_ended, wrong_request, fault };
  Kind kind = Kind::cell_started;
  std::int64_t run_id = 0;
  RunStatus status = RunStatus::running;
  EpochProgress progress = {};
  char text[2048] = {};  ///< why, or what was thrown
};

/// The last bytes of a stream.
class Tail {
 public:
  static constexpr std::size_t most = 64 * 1024;
  void add(const char* bytes, std::size_t size);
  const std::string& text() const { return text_; }
  void clear() { text_.clear(); }
  std::string last_line() const;

 private:
  std::string text_;
};

/// A child process that runs a WorkerBody, and the pipes from it.
class WorkerProcess {
 public:
  /// Forks. Throws RequestError where the system has no room for another process.
  explicit WorkerProcess(const WorkerBody& body);
  ~WorkerProcess();  ///< kills the child if it still lives
  WorkerProcess(WorkerProcess&&) = delete;

  /// The reading ends, for poll(): messages, stdout, stderr; -1 where one is at its end.
  int messages() const { return messages_; }
  int out() const { return out_; }
  int err() const { return err_; }

  /// Reads what stands in the pipes, without waiting.
  void drain_output();
  /// The next message; false where there is none yet.
  bool next_message(WorkerMessage& message);
  /// All pipes are at their end: the child is over.
  bool is_over() const { return messages_ < 0 && out_ < 0 && err_ < 0; }
  /// Waits for the child's end; empty where it ended by itself and well, else "killed by signal 9 (Killed)".
  std::string wait();
  void send(int signal) const;

  Tail stdout_tail, stderr_tail;
  std::int64_t run_id = 0;  ///< the cell under way; 0: none

 private:
  pid_t child_ = 0;
  int messages_ = -1, out_ = -1, err_ = -1;
};

}  // namespace ablate
