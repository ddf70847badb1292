#include "train/program_guard.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace ablate {
namespace {

constexpr int cannot_start = 126, not_found = 127;

double now() {
  timespec moment{};
  ::clock_gettime(CLOCK_MONOTONIC, &moment);
  return static_cast<double>(moment.tv_sec) + 1e-9 * static_cast<double>(moment.tv_nsec);
}

/// Leaves the signals as a shell would pass them on.
void restore_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGUSR1, SIGUSR2, SIGCHLD})
    std::signal(signal, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// Becomes the program.
[[noreturn]] void become(const ProgramStart& start, const GuardPipes& pipes, pid_t guard) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != guard) ::_exit(cannot_start);
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(pipes.out, STDOUT_FILENO);
  ::dup2(pipes.err, STDERR_FILENO);
  restore_signals();
  for (const std::string& assignment : start.environment) {
    const std::size_t equals = assignment.find('=');
    ::setenv(assignment.substr(0, equals).c_str(), assignment.c_str() + equals + 1, 1);
  }
  if (!start.folder.empty() && ::chdir(start.folder.c_str()) != 0) {
    const auto told =
        fmt::format("ablate: cannot work in {}: {}\n", start.folder.string(), std::strerror(errno));
    [[maybe_unused]] const auto written = ::write(pipes.err, told.data(), told.size());
    ::_exit(cannot_start);
  }
  std::vector<char*> words;
  for (const std::string& word : start.command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  ::execvp(words.front(), words.data());
  const int cause = errno;
  const auto told =
      fmt::format("ablate: cannot start '{}': {}\n", start.command.front(), std::strerror(cause));
  [[maybe_unused]] const auto written = ::write(pipes.err, told.data(), told.size());
  ::_exit(cause == ENOENT ? not_found : cannot_start);
}

/// Our children that are alive, from the parents that /proc tells of.
std::vector<pid_t> children() {
  std::vector<pid_t> found;
  DIR* processes = ::opendir("/proc");
  if (!processes) return found;
  while (const dirent* entry = ::readdir(processes)) {
    const pid_t process = static_cast<pid_t>(std::atoi(entry->d_name));
    if (process <= 0) continue;
    std::FILE* file = std::fopen(fmt::format("/proc/{}/stat", process).c_str(), "r");
    if (!file) continue;
    char text[512] = {};
    const std::size_t size = std::fread(text, 1, sizeof text - 1, file);
    std::fclose(file);
    const char* name_end = size > 0 ? std::strrchr(text, ')') : nullptr;
    int parent = 0;
    if (name_end && std::sscanf(name_end + 1, " %*c %d", &parent) == 1 && parent == ::getpid())
      found.push_back(process);
  }
  ::closedir(processes);
  return found;
}

/// Kills what is left: of the group, and what became our child.
void sweep_up(pid_t group) {
  ::kill(-group, SIGKILL);
  while (true) {
    int status = 0;
    const pid_t ended = ::waitpid(-1, &status, WNOHANG);
    if (ended < 0 && errno == ECHILD) return;
    if (ended != 0) continue;
    for (const pid_t child : children()) ::kill(child, SIGKILL);
    const timespec moment{0, 1'000'000};
    ::nanosleep(&moment, nullptr);
  }
}

/// Watches the program until it ends; returns its status.
class Watch {
 public:
  Watch(pid_t program, pid_t parent, double grace_seconds)
      : program_(program), parent_(parent), grace_(grace_seconds) {}

  int run(const sigset_t& signals) {
    int status = 0;
    while (!has_ended(status)) {
      const double left = asked_ ? std::max(0.0, deadline_ - now()) : 3'600.0;
      const auto whole = static_cast<time_t>(left);
      const timespec timeout{whole, static_cast<long>((left - static_cast<double>(whole)) * 1e9)};
      take(::sigtimedwait(&signals, nullptr, &timeout));
    }
    return status;
  }

 private:
  bool has_ended(int& status) const {
    int found = 0;
    for (pid_t ended = 0; (ended = ::waitpid(-1, &found, WNOHANG)) > 0;) {
      if (ended != program_) continue;
      status = found;
      return true;
    }
    return false;
  }

  void take(int signal) {
    const bool orphaned = ::getppid() != parent_;
    if (signal == SIGUSR1 || orphaned || (asked_ && now() >= deadline_)) {
      ::kill(-program_, SIGKILL);
      ::kill(program_, SIGKILL);
    } else if (signal == SIGTERM && !asked_) {
      asked_ = true;
      deadline_ = now() + grace_;
      ::kill(-program_, SIGTERM);
      ::kill(-program_, SIGCONT);
    }
  }

  pid_t program_, parent_;
  double grace_;
  bool asked_ = false;
  double deadline_ = 0.0;
};

/// The outer guard's watch, until the inner one has ended: that one does the work as long as it lives.
void pass_signals_on(pid_t inner, pid_t parent, const sigset_t& signals) {
  while (::waitpid(inner, nullptr, WNOHANG) == 0) {
    const int signal = ::sigwaitinfo(&signals, nullptr);
    const bool orphaned = ::getppid() != parent;
    if (orphaned || signal == SIGUSR1 || signal == SIGTERM)
      ::kill(inner, orphaned || signal == SIGUSR1 ? SIGUSR1 : SIGTERM);
  }
}

/// What `ps` shows, and what `pkill` finds: a blow at all that is called as we are must not find both guards.
void change_name(const char* name) {
  ::prctl(PR_SET_NAME, name);
  std::ifstream file("/proc/self/stat");
  std::string stat;
  std::getline(file, stat);
  std::istringstream fields(stat.substr(std::min(stat.rfind(')'), stat.size())));
  constexpr int before_arguments =
      46;  // proc(5): the name is field 2, where the arguments begin and end 48 and 49
  std::string skipped;
  for (int i = 0; i < before_arguments; ++i) fields >> skipped;
  std::uintptr_t begin = 0, end = 0;
  if (!(fields >> begin >> end) || end <= begin) return;
  char* const arguments = reinterpret_cast<char*>(begin);
  std::memset(arguments, 0, end - begin);
  std::strncpy(arguments, name, end - begin - 1);
}

/// Takes over the orphans below it, hears of its parent's end, and is in a session of its own: a blow at its
/// parent's process group does not reach it.
sigset_t become_guard(pid_t parent) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGCHLD, SIGTERM, SIGUSR1}) sigaddset(&signals, signal);
  ::sigprocmask(SIG_BLOCK, &signals, nullptr);
  for (const int signal : {SIGINT, SIGHUP, SIGQUIT, SIGPIPE}) std::signal(signal, SIG_IGN);
  std::signal(SIGCHLD, SIG_DFL);
  ::setsid();
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) ::_exit(0);
  return signals;
}

/// Starts the program and tells of its end.
[[noreturn]] void guard_inside(const ProgramStart& start, const GuardPipes& pipes, pid_t parent) {
  const sigset_t signals = become_guard(parent);
  const pid_t guard = ::getpid(), program = ::fork();
  if (program == 0) become(start, pipes, guard);
  GuardReport report;
  if (program < 0) {
    report.status = cannot_start << 8;  // as waitpid(2) writes an exit code
  } else {
    ::setpgid(program, program);
    ::close(pipes.out), ::close(pipes.err);
    report.status = Watch(program, parent, start.grace_seconds).run(signals);
    sweep_up(program);
  }
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  report.peak_kilobytes = usage.ru_maxrss;
  [[maybe_unused]] const auto written = ::write(pipes.status, &report, sizeof report);
  ::_exit(0);
}

}  // namespace

void guard_program(const ProgramStart& start, const GuardPipes& pipes, pid_t parent) {
  const sigset_t signals = become_guard(parent);
  const pid_t outer = ::getpid(), inner = ::fork();
  if (inner == 0) guard_inside(start, pipes, outer);
  ::close(pipes.out), ::close(pipes.err);
  change_name("run-guard");
  if (inner > 0) {
    pass_signals_on(inner, parent, signals);
    sweep_up(inner);
  } else {
    GuardReport report;
    report.status = cannot_start << 8;
    [[maybe_unused]] const auto written = ::write(pipes.status, &report, sizeof report);
  }
  ::_exit(0);
}

}  // namespace ablate
