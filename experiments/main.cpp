#include <csignal>

#include "cli/command.hpp"

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow (ulimit -f) is an error to tell, not a death
  ablate::Console console = ablate::Console::of_process();
  return console.close(ablate::run_program({argv + 1, argv + argc}, console));
}
