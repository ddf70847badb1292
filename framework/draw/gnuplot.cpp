#include "draw/gnuplot.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

#include "base/file.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_kept = 4096;  // bytes of stderr
constexpr std::size_t largest_picture = std::size_t{256} << 20;

/// The reading end's text up to its end; what is over `most_kept` is read and dropped.
std::string drain(int descriptor) {
  std::string text;
  std::array<char, 1024> block{};
  while (true) {
    const ssize_t got = ::read(descriptor, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    if (text.size() < most_kept) text.append(block.data(), static_cast<std::size_t>(got));
  }
  text.erase(text.find_last_not_of(" \n") + 1);
  return text;
}

/// What the child does before it becomes the program: its folder, and where its three streams go.
class Setup {
 public:
  Setup(const std::string& folder, int error_end) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, error_end, STDERR_FILENO);
  }
  ~Setup() { posix_spawn_file_actions_destroy(&actions_); }
  Setup(const Setup&) = delete;
  Setup& operator=(const Setup&) = delete;
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

/// Cairo 1.16 writes the time of drawing into a PDF and heeds no SOURCE_DATE_EPOCH: the same place, of the
/// same length, gets the beginning of 1970.
void forget_date(const std::filesystem::path& pdf) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(pdf, error)) return;
  std::string bytes = read_file(pdf, largest_picture);
  constexpr std::string_view key = "/CreationDate (D:", fixed = "19700101000000Z";
  const std::size_t at = bytes.rfind(key);
  if (at == std::string::npos || bytes.size() < at + key.size() + fixed.size()) return;
  bytes.replace(at + key.size(), fixed.size(), fixed);
  write_file(pdf, bytes);
}

DrawResult wait_for(pid_t child, const std::string& said) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) return {Drawn::no_program, said};
  const std::string end = WIFEXITED(status) ? fmt::format("exit code {}", WEXITSTATUS(status))
                                            : fmt::format("signal {}", WTERMSIG(status));
  return {Drawn::failed, said.empty() ? end : said};
}

}  // namespace

DrawResult draw(const std::filesystem::path& script, const std::string& format, const std::string& program) {
  const std::string folder = script.has_parent_path() ? script.parent_path().string() : ".";
  std::string name = script.filename().string(), command = fmt::format("format = '{}'", format);
  std::string executable = program, defaults = "--default-settings", execute = "-e";
  std::array<char*, 6> arguments = {executable.data(), defaults.data(), execute.data(),
                                    command.data(),    name.data(),     nullptr};
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {Drawn::failed, std::strerror(errno)};
  pid_t child = 0;
  const Setup setup(folder, ends[1]);
  const int error =
      ::posix_spawnp(&child, executable.c_str(), setup.get(), nullptr, arguments.data(), environ);
  ::close(ends[1]);
  const std::string said = error == 0 ? drain(ends[0]) : std::string();
  ::close(ends[0]);
  if (error == ENOENT) return {Drawn::no_program, {}};
  if (error != 0) return {Drawn::failed, std::strerror(error)};
  const DrawResult result = wait_for(child, said);
  if (result.drawn == Drawn::yes && format == "pdf")
    forget_date(std::filesystem::path(script).replace_extension(".pdf"));
  return result;
}

}  // namespace ablate
