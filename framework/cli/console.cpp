#include "cli/console.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iostream>
#include <string>

#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text_value.hpp"

namespace ablate {
namespace {

/// Columns of a terminal; 80 where it does not say.
int width_of(int terminal) {
  winsize size{};
  const bool known = ::ioctl(terminal, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

}  // namespace

Terminal Terminal::of_process() {
  Terminal terminal;
  const char* name = std::getenv("TERM");
  terminal.at_err = ::isatty(STDERR_FILENO) == 1;
  terminal.draws = terminal.at_err && name && *name && std::string_view(name) != "dumb";
  terminal.braille = ::isatty(STDOUT_FILENO) == 1 && locale_is_utf8();
  terminal.width = ::isatty(STDOUT_FILENO) == 1 ? width_of(STDOUT_FILENO) : 0;
  return terminal;
}

Console Console::of_process() { return {std::cout, std::cerr, std::cin, Terminal::of_process()}; }

void Console::leave_interrupted() {
  constexpr std::string_view words = "interrupted: nothing was written\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, words.data(), words.size());
  ::_exit(exit_interrupted);
}

void Console::leave_stuck(const std::string& why) {
  exact_.flush();
  err << "ablate: " << why << "\n" << std::flush;
  ::_exit(exit_wrong_request);
}

int Console::close(int code) {
  if (exact_.flush()) return code;
  err << "ablate: cannot write to standard output\n";
  return exit_wrong_request;
}

bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (!value || !*value) continue;
    const std::string text = lower_case(value);
    return text.find("utf-8") != std::string::npos || text.find("utf8") != std::string::npos;
  }
  return false;
}

int terminal_width() { return width_of(STDERR_FILENO); }

}  // namespace ablate
