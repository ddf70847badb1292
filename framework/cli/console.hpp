#pragma once
/// Where a command's words go: stdout is data, stderr is progress and errors.

#include <iosfwd>

namespace ablate {

struct CommandShape;

/// Exit codes of the program; `exit_codes()` says what each means.
enum ExitCode {
  exit_done = 0,
  exit_runs_failed = 1,
  exit_wrong_request = 2,
  exit_internal_fault = 3,
  exit_interrupted = 130
};

struct Console {
  std::ostream& out;
  std::ostream& err;
  std::istream& in;
  bool err_is_terminal = false;
  bool out_draws_braille = false;  ///< stdout is a terminal, and its characters are UTF-8
  CommandShape* shape = nullptr;   ///< where it is set, a command tells in it what it takes, and does nothing
};

/// The locale that LC_ALL, LC_CTYPE or LANG names, the first of them that is set, writes UTF-8.
bool locale_is_utf8();

/// Columns of the terminal behind stderr; 80 where it does not say.
int terminal_width();

}  // namespace ablate
