#pragma once
/// The one place where words leave the program: stdout is data, stderr is progress and errors.

#include <istream>
#include <ostream>
#include <string>
#include <string_view>

#include "text/terminal_buffer.hpp"

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

/// A stream for people: names, reasons and notes come from files of strangers, and none of them moves the
/// cursor or turns the writing direction (TerminalBuffer).
class ShownStream : public std::ostream {
 public:
  explicit ShownStream(std::ostream& sink) : std::ostream(nullptr), buffer_(sink) { rdbuf(&buffer_); }

 private:
  TerminalBuffer buffer_;
};

/// What is behind the streams.
struct Terminal {
  bool at_err = false;   ///< stderr is a terminal
  bool draws = false;    ///< it also moves its cursor: not TERM=dumb
  bool braille = false;  ///< stdout is a terminal, and its characters are UTF-8
  int width = 0;         ///< columns of the terminal behind stdout; 0: there is none

  static Terminal of_process();
};

class Console {
 public:
  /// The streams must outlive it.
  Console(std::ostream& out_sink, std::ostream& err_sink, std::istream& input, Terminal behind = {})
      : out(out_sink), err(err_sink), in(input), terminal(behind), exact_(out_sink), drawing_(err_sink) {}
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// The process' own three streams.
  static Console of_process();

  ShownStream out, err;
  std::istream& in;
  const Terminal terminal;
  CommandShape* shape =
      nullptr;  ///< where it is set, a command declares in it what it takes, and does nothing

  /// stdout byte for byte: for data that the user asked for in a format for files.
  std::ostream& exact() { return exact_; }
  /// To stderr, cursor movements and all: for lines of ours that are drawn in place, names in them escaped.
  void draw(std::string_view text) { drawing_ << text << std::flush; }

  /// For a signal's handler: says that nothing was written and ends the program.
  [[noreturn]] static void leave_interrupted();

  /// From another thread while this one is stuck: says why, keeps what was written and ends the program with
  /// exit_wrong_request.
  [[noreturn]] void leave_stuck(const std::string& why);

  /// `code`; exit_wrong_request, with a word on stderr, where not all of the output could be written.
  int close(int code);

 private:
  std::ostream& exact_;
  std::ostream& drawing_;
};

/// The locale that LC_ALL, LC_CTYPE or LANG names, the first of them that is set, writes UTF-8.
bool locale_is_utf8();

/// Columns of the terminal behind stderr; 80 where it does not say.
int terminal_width();

}  // namespace ablate
