#include "support/keyboard.hpp"

#include <chrono>
#include <cstdlib>

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.hpp"

namespace ablate::test {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// The shell, which dies with its owner.
class Terminal {
 public:
  explicit Terminal(const std::vector<std::string>& command) {
    winsize size{50, 200, 0, 0};
    child_ = ::forkpty(&terminal_, nullptr, nullptr, &size);
    if (child_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a shell whose terminal is gone may spin for ever
    ::setenv("TERM", "xterm", 1);
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execv(words[0], words.data());
    ::_exit(127);
  }
  ~Terminal() {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
    ::close(terminal_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  bool type(const std::string& keys) {
    return ::write(terminal_, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size());
  }

  /// Takes what the shell writes, so that it never waits for us, and answers when it asks what terminal this
  /// is.
  void listen(int milliseconds) {
    pollfd ready{terminal_, POLLIN, 0};
    if (::poll(&ready, 1, milliseconds) <= 0) return;
    char bytes[4096];
    const ssize_t size = ::read(terminal_, bytes, sizeof bytes);
    if (size > 0) seen_.append(bytes, static_cast<std::size_t>(size));
    if (size <= 0) ::usleep(10'000);
  }

  const std::string& seen() const { return seen_; }

 private:
  int terminal_ = -1;
  pid_t child_ = -1;
  std::string seen_;
};

}  // namespace

std::optional<fs::path> find_shell(const std::string& name) {
  for (const char* folder : {"/usr/bin", "/bin", "/usr/local/bin"}) {
    if (fs::exists(fs::path(folder) / name)) return fs::path(folder) / name;
  }
  return std::nullopt;
}

std::string type_into(const std::vector<std::string>& command, const std::string& keys,
                      const fs::path& until) {
  Terminal terminal(command);
  const auto end = Clock::now() + std::chrono::seconds(30);
  while (terminal.seen().find("ready>") == std::string::npos && Clock::now() < end) terminal.listen(50);
  if (!terminal.type(keys)) return "cannot type into the shell";
  while (!fs::exists(until) && Clock::now() < end) terminal.listen(50);
  return fs::exists(until) ? read_file(until, 1 << 16) : "the terminal showed: " + terminal.seen();
}

}  // namespace ablate::test
