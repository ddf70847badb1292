#pragma once
/// A child process that trains for a window whenever it is asked to.

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "step_protocol.hpp"

namespace step_benchmark {

class Child {
 public:
  /// Starts the program with one variable set ("NAME=VALUE").
  Child(const std::vector<std::string>& command, std::string setting) {
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
      throw std::runtime_error("cannot open a pipe");
    process_ = fork();
    if (process_ == 0) {
      dup2(in[0], STDIN_FILENO);
      dup2(out[1], STDOUT_FILENO);
      putenv(setting.data());
      std::vector<char*> arguments;
      for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
      arguments.push_back(nullptr);
      execv(arguments[0], arguments.data());
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    to_ = fdopen(in[1], "w");
    from_ = fdopen(out[0], "r");
    name_ = read_line();
  }
  ~Child() {
    std::fclose(to_);
    std::fclose(from_);
    waitpid(process_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// The kernels that it says it uses; empty where it did not start.
  const std::string& name() const { return name_; }

  struct Window {
    double images_per_second = 0.0;
    std::size_t allocations = 0;
  };
  Window measure(const Shape& shape) {
    std::fprintf(to_, "%s\n", to_line(shape).c_str());
    std::fflush(to_);
    Window window;
    std::istringstream(read_line()) >> window.images_per_second >> window.allocations;
    return window;
  }

 private:
  std::string read_line() {
    std::string line;
    for (int c; (c = std::fgetc(from_)) != EOF && c != '\n';) line += static_cast<char>(c);
    return line;
  }

  pid_t process_ = 0;
  std::FILE *to_ = nullptr, *from_ = nullptr;
  std::string name_;
};

}  // namespace step_benchmark
