#pragma once
/// Another program as a process: started, listened to, stopped with all that it started.
///
/// Between it and us are two guards, processes that only watch. The program leads its own process group;
/// whatever leaves that group and loses its parent becomes a child of the inner guard, or of the outer one where the
/// inner is gone. When the program ends, or we do (even by SIGKILL), a guard kills what is left of the group and of
/// its children. They share no session with us and not both our name, so that one blow at a process group or at a
/// name leaves one of them. Whoever kills us and both guards at once leaves the program's children.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace ablate {

struct ProgramStart {
  std::vector<std::string> command;      ///< looked up in PATH, its words as they are
  std::vector<std::string> environment;  ///< "NAME=value", beside and over ours
  std::filesystem::path folder;          ///< where it works; empty: where we do
  double grace_seconds = 30.0;           ///< from SIGTERM to SIGKILL
};

/// How it ended.
struct ProgramExit {
  int code = 0;                        ///< 128 + n where signal n ended it; 126, 127: it could not be started
  int signal = 0;                      ///< 0: none
  std::int64_t peak_memory_bytes = 0;  ///< of the largest process
};

/// What it wrote to stdout (or stderr), piece by piece.
using OutputListener = std::function<void(bool is_error, std::string_view bytes)>;

/// From now on `ask_to_end` kills; a signal handler may set it.
inline std::atomic<bool> programs_end_at_once = false;

class ProgramProcess {
 public:
  /// Starts it; a program that cannot be started ends with a word on stderr. Throws RequestError where there is no
  /// room for another process. Keep one thread in this process.
  explicit ProgramProcess(const ProgramStart& start);
  ~ProgramProcess();  ///< kills it, and all that it started
  ProgramProcess(const ProgramProcess&) = delete;
  ProgramProcess& operator=(const ProgramProcess&) = delete;

  /// Hands over what it wrote; waits at most so long for more. False once it has ended and all is handed over.
  bool listen(int milliseconds, const OutputListener& output);
  /// SIGTERM to its group now, SIGKILL after the grace. May be called again, and must be for `programs_end_at_once`.
  void ask_to_end();
  /// Once `listen` was false.
  const ProgramExit& exit() const { return exit_; }

 private:
  void take_exit();

  pid_t guard_ = 0;
  int out_ = -1, err_ = -1, status_ = -1;
  ProgramExit exit_;
};

/// Kills processes whose environment has this NAME=value, which an earlier attempt left, and waits for their end.
void end_processes_with(const std::string& assignment);

}  // namespace ablate
