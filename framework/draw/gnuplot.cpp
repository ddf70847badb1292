#include "draw/gnuplot.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <optional>
#include <string_view>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

#include "base/file.hpp"
#include "base/time.hpp"
#include "base/work_folder.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_kept = 4096;  // bytes of stderr
constexpr std::size_t largest_picture = std::size_t{256} << 20;

/// The reading end's text up to its end, or up to a moment; what is over `most_kept` is read and dropped.
std::string drain(int descriptor, const Stopwatch& watch, double seconds) {
  std::string text;
  std::array<char, 1024> block{};
  while (watch.seconds() < seconds) {
    pollfd ready{descriptor, POLLIN, 0};
    if (::poll(&ready, 1, 100) <= 0) continue;
    const ssize_t got = ::read(descriptor, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    if (text.size() < most_kept) text.append(block.data(), static_cast<std::size_t>(got));
  }
  text.erase(text.find_last_not_of(" \n") + 1);
  return text;
}

/// How the child ended; nothing where it had not by that moment: then it is killed, and its whole group, for a
/// program may have started others.
std::optional<int> end_of(pid_t child, const Stopwatch& watch, double seconds) {
  int status = 0;
  pid_t ended = 0;
  while ((ended = ::waitpid(child, &status, WNOHANG)) == 0 && watch.seconds() < seconds)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  if (ended != 0) return status;
  ::kill(-child, SIGKILL);
  while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) continue;
  return std::nullopt;
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
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
  }
  ~Setup() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Setup(const Setup&) = delete;
  Setup& operator=(const Setup&) = delete;
  const posix_spawn_file_actions_t* get() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
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

DrawResult result_of(int status, const std::string& said) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) return {Drawn::no_program, said};
  const std::string end = WIFEXITED(status) ? fmt::format("exit code {}", WEXITSTATUS(status))
                                            : fmt::format("signal {}", WTERMSIG(status));
  return {Drawn::failed, said.empty() ? end : said};
}

/// One start for all formats: half of what a small picture costs is the program's start.
std::vector<std::string> command_line(const std::string& program, const std::filesystem::path& script,
                                      const std::vector<std::string>& formats) {
  std::vector<std::string> words = {program, "--default-settings"};
  for (const std::string& format : formats) {
    if (words.size() > 2) words.insert(words.end(), {"-e", "reset session"});
    words.insert(words.end(),
                 {"-e", fmt::format("format = '{}'", format), "../" + script.filename().string()});
  }
  return words;
}

DrawResult run(const WorkFolder& room, std::vector<std::string> words, double seconds) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {Drawn::failed, std::strerror(errno)};
  pid_t child = 0;
  const Setup setup(room.path().string(), ends[1]);
  const int error =
      ::posix_spawnp(&child, arguments.front(), setup.get(), setup.attributes(), arguments.data(), environ);
  ::close(ends[1]);
  const Stopwatch watch;
  const std::string said = error == 0 ? drain(ends[0], watch, seconds) : std::string();
  ::close(ends[0]);
  if (error == ENOENT) return {Drawn::no_program, {}};
  if (error != 0) return {Drawn::failed, std::strerror(error)};
  const auto status = end_of(child, watch, seconds);
  if (!status) return {Drawn::too_slow, fmt::format("it was stopped after {:.3g} s", seconds)};
  return result_of(*status, said);
}

}  // namespace

DrawResult draw(const std::filesystem::path& script, const std::vector<std::string>& formats,
                const std::string& program, double seconds) {
  const std::filesystem::path folder = script.has_parent_path() ? script.parent_path() : ".";
  // A folder of its own, in which a picture grows until it is whole.
  const WorkFolder room(std::filesystem::absolute(script));
  DrawResult result = run(room, command_line(program, script, formats), seconds);
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(room.path(), error)) {
    if (result.drawn != Drawn::yes) break;
    if (entry.path().extension() == ".pdf") forget_date(entry.path());
    std::filesystem::rename(entry.path(), folder / entry.path().filename(), error);
    if (error) result = {Drawn::failed, error.message()};
  }
  return result;
}

}  // namespace ablate
