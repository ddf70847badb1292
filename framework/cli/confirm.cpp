#include "cli/confirm.hpp"

#include <unistd.h>

namespace ablate {

bool is_confirmed(Console& console, const std::string& question) {
  if (!console.terminal.at_err || ::isatty(STDIN_FILENO) == 0) return false;
  console.err << question << " [y/N] " << std::flush;
  std::string answer;
  std::getline(console.in, answer);
  return answer == "y" || answer == "yes";
}

}  // namespace ablate
