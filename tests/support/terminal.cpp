#include "support/terminal.hpp"

#include <chrono>
#include <cstdlib>

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ablate::test {

Screen on_terminal(const std::vector<std::string>& command, unsigned short columns, const std::string& term) {
  winsize size{50, columns, 0, 0};
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a shell whose terminal is gone may spin for ever
    ::setenv("TERM", term.c_str(), 1);
    ::setenv("LC_ALL", "C.UTF-8", 1);
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execv(words[0], words.data());
    ::_exit(127);
  }
  Screen screen;
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::seconds(30);
  while (Clock::now() < end) {
    pollfd ready{terminal, POLLIN, 0};
    if (::poll(&ready, 1, 100) <= 0) continue;
    char bytes[4096];
    const ssize_t count = ::read(terminal, bytes, sizeof bytes);
    if (count <= 0) break;  // the program has let its terminal go
    screen.text.append(bytes, static_cast<std::size_t>(count));
  }
  if (Clock::now() >= end) ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(terminal);
  if (WIFEXITED(status)) screen.code = WEXITSTATUS(status);
  return screen;
}

}  // namespace ablate::test
