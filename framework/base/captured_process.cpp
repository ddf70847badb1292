#include "base/captured_process.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/time.hpp"

namespace ablate {
namespace {

/// Its ends close with it.
struct Pipe {
  int read = -1, write = -1;

  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("the system gives no pipe");
    read = ends[0], write = ends[1];
  }
  ~Pipe() {
    end_reading();
    end_writing();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  void end_reading() {
    if (read >= 0) ::close(read);
    read = -1;
  }
  void end_writing() {
    if (write >= 0) ::close(write);
    write = -1;
  }
};

/// Starts it with these three streams; 0, or why it cannot.
int start(pid_t& child, const std::vector<std::string>& command, const Pipe& in, const Pipe& out,
          const Pipe& err) {
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, in.read, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, out.write, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, err.write, STDERR_FILENO);
  const int error = ::posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  return error;
}

/// Takes what is there to read; false at the end.
bool take(int descriptor, std::string& text) {
  char buffer[16 << 10];
  const ssize_t got = ::read(descriptor, buffer, sizeof buffer);
  if (got > 0) text.append(buffer, static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && errno == EINTR);
}

/// Until both streams end, or a limit is reached.
Captured::End listen_to(Pipe& out, Pipe& err, Captured& said, const CaptureLimits& limits,
                        const std::atomic<bool>* stop) {
  constexpr int between_looks_milliseconds = 50;
  const Stopwatch watch;
  while (out.read >= 0 || err.read >= 0) {
    if (stop && *stop) return Captured::End::stopped;
    if (watch.seconds() > limits.seconds) return Captured::End::too_late;
    if (said.out.size() + said.err.size() > limits.bytes) return Captured::End::too_long;
    pollfd waited[] = {{out.read, POLLIN, 0}, {err.read, POLLIN, 0}};
    ::poll(waited, 2, between_looks_milliseconds);
    if (waited[0].revents && !take(out.read, said.out)) out.end_reading();
    if (waited[1].revents && !take(err.read, said.err)) err.end_reading();
  }
  return Captured::End::by_itself;
}

}  // namespace

Captured run_captured(const std::vector<std::string>& command, const CaptureLimits& limits,
                      const std::string& input, const std::atomic<bool>* stop) {
  Pipe in, out, err;
  // It fits into the pipe, so that nobody has to read yet.
  if (::write(in.write, input.data(), input.size()) != static_cast<ssize_t>(input.size()))
    throw std::runtime_error("the system takes no input for a program");
  Captured said;
  pid_t child = 0;
  if (const int error = start(child, command, in, out, err)) {
    said.err = fmt::format("cannot start {}: {}", command.front(), std::strerror(error));
    return said;
  }
  in.end_reading();
  in.end_writing();
  out.end_writing();
  err.end_writing();
  said.end = listen_to(out, err, said, limits, stop);
  if (said.end != Captured::End::by_itself) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  said.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return said;
}

}  // namespace ablate
