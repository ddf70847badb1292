#include "train/program_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/time.hpp"
#include "train/program_guard.hpp"

namespace ablate {
namespace {

void close_end(int& file) {
  if (file >= 0) ::close(file);
  file = -1;
}

/// Hands over what is in the pipe; closes it at its end.
void drain(int& pipe, bool is_error, const OutputListener& output) {
  char bytes[16 * 1024];
  while (pipe >= 0) {
    const ssize_t count = ::read(pipe, bytes, sizeof bytes);
    if (count > 0) {
      output(is_error, std::string_view(bytes, static_cast<std::size_t>(count)));
    } else if (count == 0) {
      close_end(pipe);
    } else if (errno != EINTR) {
      return;
    }
  }
}

}  // namespace

ProgramProcess::ProgramProcess(const ProgramStart& start) {
  std::array<std::array<int, 2>, 3> pipes{};
  for (std::array<int, 2>& ends : pipes) {
    if (::pipe2(ends.data(), O_CLOEXEC) == 0) continue;
    throw RequestError(fmt::format("cannot open a pipe: {}", std::strerror(errno)), "fewer workers, -j 1");
  }
  std::fflush(nullptr);  // or the child would write our words again
  const pid_t parent = ::getpid();
  guard_ = ::fork();
  if (guard_ == 0) {
    for (const std::array<int, 2>& ends : pipes) ::close(ends[0]);
    guard_program(start, {pipes[0][1], pipes[1][1], pipes[2][1]}, parent);
  }
  const int cause = errno;
  for (const std::array<int, 2>& ends : pipes) ::close(ends[1]);
  out_ = pipes[0][0], err_ = pipes[1][0], status_ = pipes[2][0];
  for (const int end : {out_, err_, status_}) ::fcntl(end, F_SETFL, O_NONBLOCK);
  if (guard_ > 0) return;
  for (int* end : {&out_, &err_, &status_}) close_end(*end);
  throw RequestError(fmt::format("cannot start a program: {}", std::strerror(cause)), "fewer workers, -j 1");
}

ProgramProcess::~ProgramProcess() {
  if (guard_ > 0) {
    ::kill(guard_, SIGUSR1);
    while (::waitpid(guard_, nullptr, 0) < 0 && errno == EINTR) continue;
  }
  for (int* end : {&out_, &err_, &status_}) close_end(*end);
}

bool ProgramProcess::listen(int milliseconds, const OutputListener& output) {
  if (guard_ <= 0) return false;
  std::array<pollfd, 3> ends = {{{out_, POLLIN, 0}, {err_, POLLIN, 0}, {status_, POLLIN, 0}}};
  ::poll(ends.data(), ends.size(), milliseconds);
  drain(out_, false, output);
  drain(err_, true, output);
  if ((ends[2].revents & (POLLIN | POLLHUP)) == 0) return true;
  take_exit();
  drain(out_, false, output);  // whoever could write to them is dead
  drain(err_, true, output);
  return false;
}

void ProgramProcess::take_exit() {
  GuardReport report;
  const bool told = ::read(status_, &report, sizeof report) == static_cast<ssize_t>(sizeof report);
  while (::waitpid(guard_, nullptr, 0) < 0 && errno == EINTR) continue;
  guard_ = 0;
  if (!told) {  // somebody killed the guard, and the program died with it
    exit_.signal = SIGKILL;
  } else if (WIFSIGNALED(report.status)) {
    exit_.signal = WTERMSIG(report.status);
  }
  exit_.code = exit_.signal != 0 ? 128 + exit_.signal : WEXITSTATUS(report.status);
  exit_.peak_memory_bytes = report.peak_kilobytes * std::int64_t{1024};
}

void ProgramProcess::ask_to_end() {
  if (guard_ > 0) ::kill(guard_, programs_end_at_once ? SIGUSR1 : SIGTERM);
}

namespace {

/// Processes other than ours whose environment has it.
std::vector<pid_t> processes_with(const std::string& assignment) {
  std::vector<pid_t> found;
  std::error_code error;
  for (std::filesystem::directory_iterator entry("/proc", error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const auto process = static_cast<pid_t>(std::stol(name));
    if (process == ::getpid() || process == ::getppid()) continue;
    std::ifstream file(entry->path() / "environ", std::ios::binary);
    const std::string all{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const std::string text = '\0' + all, wanted = '\0' + assignment + '\0';
    if (text.find(wanted) != std::string::npos) found.push_back(process);
  }
  return found;
}

}  // namespace

void end_processes_with(const std::string& assignment) {
  constexpr double seconds_to_die = 5.0;
  const Stopwatch watch;
  for (auto left = processes_with(assignment); !left.empty() && watch.seconds() < seconds_to_die;
       left = processes_with(assignment)) {
    for (const pid_t process : left) ::kill(process, SIGKILL);
    ::usleep(10'000);
  }
}

}  // namespace ablate
