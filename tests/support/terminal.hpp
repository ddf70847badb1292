#pragma once
/// A program on a terminal of its own.

#include <string>
#include <vector>

namespace ablate::test {

struct Screen {
  int code = -1;     ///< exit code; -1: it did not end within half a minute
  std::string text;  ///< all that it wrote, to stdout and stderr
};

/// Runs the command on a pseudo-terminal of so many columns, of a kind that TERM names, with a UTF-8 locale.
Screen on_terminal(const std::vector<std::string>& command, unsigned short columns,
                   const std::string& term = "xterm");

}  // namespace ablate::test
