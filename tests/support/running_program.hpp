#pragma once
/// The program itself, running beside the test.

#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/source_folder.hpp"

namespace ablate::test {

/// Calls `done` until it is true, for at most half a minute.
template <class Done>
bool wait_until(Done&& done) {
  for (int i = 0; i < 3000; ++i) {
    if (done()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

/// The program itself, running; its output goes to a file.
class RunningProgram {
 public:
  RunningProgram(const std::vector<std::string>& words, const std::filesystem::path& output) {
    child_ = ::fork();
    if (child_ != 0) return;
    if (!std::freopen(output.c_str(), "w", stderr) || !std::freopen("/dev/null", "w", stdout)) ::_exit(126);
    std::vector<std::string> all = {built_program().string()};
    all.insert(all.end(), words.begin(), words.end());
    std::vector<char*> pointers;
    for (std::string& word : all) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::execv(pointers[0], pointers.data());
    ::_exit(127);
  }
  ~RunningProgram() {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  std::vector<pid_t> workers() const {
    std::ifstream file(fmt::format("/proc/{0}/task/{0}/children", child_));
    std::vector<pid_t> all;
    for (pid_t pid = 0; file >> pid;) all.push_back(pid);
    return all;
  }
  void send(int signal) const { ::kill(child_, signal); }
  int wait() {
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
  }

 private:
  pid_t child_ = -1;
};

}  // namespace ablate::test
