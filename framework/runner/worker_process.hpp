#pragma once
/// One worker process seen from both of its ends. Private to framework/runner.

#include <csignal>
#include <cstdint>
#include <string>
#include <utility>

#include <sys/types.h>

#include "runner/worker_pool.hpp"

namespace ablate {

/// To a worker that is to end: it kills its program rather than wait for that.
inline constexpr int signal_at_once = SIGUSR2;

/// What a worker tells its parent: plain bytes, few enough that a pipe takes them at once.
struct WorkerMessage {
  enum class Kind {
    event,
    signalled,  ///< it was told to end by a signal
    wrong_request,
    fault
  };
  Kind kind = Kind::event;
  RunEvent::Kind event = RunEvent::Kind::started;
  std::int64_t run_id = 0, seed = 0;
  int attempt = 0;
  RunStatus status = RunStatus::running;
  EpochProgress progress = {};
  char variant[1024] = {};
  char text[2048] = {};  ///< why, or what was thrown

  RunEvent to_event(int worker) const;
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

/// Closes a file when it goes.
class Descriptor {
 public:
  explicit Descriptor(int file = -1) : file_(file) {}
  Descriptor(Descriptor&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~Descriptor() { close(); }
  int get() const { return file_; }  ///< -1: closed
  void close();

 private:
  int file_;
};

/// A child process that runs a WorkerBody, and the pipes from it.
class WorkerProcess {
 public:
  /// Forks. Throws RequestError where the system has no room for another process.
  explicit WorkerProcess(const WorkerBody& body);
  ~WorkerProcess();  ///< kills the child if it still lives
  WorkerProcess(WorkerProcess&&) = delete;

  /// The reading ends, for poll(): messages, stdout, stderr; -1 where one is at its end.
  int messages() const { return messages_.get(); }
  int out() const { return out_.get(); }
  int err() const { return err_.get(); }

  /// Reads what is in the pipes, without waiting.
  void drain_output();
  /// The next message; false where there is none yet.
  bool next_message(WorkerMessage& message);
  /// All pipes are at their end: the child is over.
  bool is_over() const { return messages() < 0 && out() < 0 && err() < 0; }
  /// Waits for the child's end; empty where it ended by itself and well, else "killed by signal 9 (Killed)".
  std::string wait();
  void send(int signal);

  Tail stdout_tail, stderr_tail;
  RunLabel run;  ///< under way

 private:
  pid_t child_ = 0;
  bool killed_ = false;  ///< by us
  Descriptor messages_, out_, err_;
};

}  // namespace ablate
