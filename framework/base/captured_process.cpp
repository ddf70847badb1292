#include "base/captured_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/time.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_kept_bytes = std::size_t{64} << 20;

/// A pipe that the child writes to.
struct OutputPipe {
  int read = -1, write = -1;
  OutputPipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) == 0) read = ends[0], write = ends[1];
  }
  ~OutputPipe() {
    close_end(read);
    close_end(write);
  }
  OutputPipe(const OutputPipe&) = delete;
  OutputPipe& operator=(const OutputPipe&) = delete;
  static void close_end(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
};

/// Where the child's three streams go.
class Streams {
 public:
  Streams(int out, int err) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, err, STDERR_FILENO);
  }
  ~Streams() { posix_spawn_file_actions_destroy(&actions_); }
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

/// Takes what stands in the pipe; closes it at its end.
void take_some(int& end, std::string& text) {
  std::array<char, 1 << 16> block{};
  const ssize_t count = ::read(end, block.data(), block.size());
  if (count < 0 && errno == EINTR) return;
  if (count <= 0) return OutputPipe::close_end(end);
  if (text.size() < most_kept_bytes) text.append(block.data(), static_cast<std::size_t>(count));
}

/// Until both streams are at their end; false where the time was up before.
bool take_all(OutputPipe& out, OutputPipe& err, Captured& found, double seconds) {
  const Stopwatch watch;
  while (out.read >= 0 || err.read >= 0) {
    const double left = seconds - watch.seconds();
    if (left <= 0.0) return false;
    std::array<pollfd, 2> ends = {pollfd{out.read, POLLIN, 0}, pollfd{err.read, POLLIN, 0}};
    if (::poll(ends.data(), ends.size(), static_cast<int>(std::min(left, 60.0) * 1000.0) + 1) < 0) continue;
    if (ends[0].revents != 0) take_some(out.read, found.out);
    if (ends[1].revents != 0) take_some(err.read, found.err);
  }
  return true;
}

}  // namespace

Captured run_captured(const std::vector<std::string>& command, double seconds) {
  Captured found;
  OutputPipe out, err;
  if (out.read < 0 || err.read < 0) return found;
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const Streams streams(out.write, err.write);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, arguments[0], streams.get(), nullptr, arguments.data(), environ);
  if (error != 0) {
    found.err = fmt::format("cannot start {}: {}", command.front(), std::strerror(error));
    return found;
  }
  OutputPipe::close_end(out.write);
  OutputPipe::close_end(err.write);
  found.late = !take_all(out, err, found, seconds);
  if (found.late) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  found.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return found;
}

}  // namespace ablate
