#pragma once
/// The two processes between a program and us, one inside the other. Private to framework/train.

#include "train/program_process.hpp"

namespace ablate {

/// What the guard reports at the end, through a pipe.
struct GuardReport {
  int status = 0;  ///< of waitpid(2)
  std::int64_t peak_kilobytes = 0;
};

/// The ends of pipes that it passes on or writes to.
struct GuardPipes {
  int out = -1, err = -1, status = -1;
};

/// SIGTERM: the program is asked to end (or killed, where `parent` is gone). SIGUSR1: it is killed. Never returns.
[[noreturn]] void guard_program(const ProgramStart& start, const GuardPipes& pipes, pid_t parent);

}  // namespace ablate
