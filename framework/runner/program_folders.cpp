#include "runner/program_folders.hpp"

#include <charconv>
#include <chrono>
#include <set>
#include <system_error>
#include <thread>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "runner/program_files.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr int tries = 5;
constexpr std::chrono::milliseconds between_tries{100};
constexpr std::string_view metrics_word = "metrics ";

/// Changes whenever a file below is written, comes or goes; lines that are appended to the metrics do not count.
std::set<std::string> look_of(const fs::path& folder, std::error_code& error) {
  std::set<std::string> look;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    struct stat status {};
    if (entry->path() == metrics_path(folder) || ::lstat(entry->path().c_str(), &status) != 0) continue;
    look.insert(fmt::format("{} {} {} {} {}", status.st_ino, S_ISDIR(status.st_mode) ? 0 : status.st_size,
                            status.st_mtim.tv_sec, status.st_mtim.tv_nsec, entry->path().string()));
  }
  return look;
}

void copy_entry(const fs::path& from, const fs::path& to, std::error_code& error) {
  const fs::file_status status = fs::symlink_status(from, error);
  if (error) return;
  if (fs::is_symlink(status)) {
    fs::copy_symlink(from, to, error);
  } else if (fs::is_directory(status)) {
    fs::create_directory(to, error);
  } else if (fs::is_regular_file(status)) {
    fs::copy_file(from, to, error);
  }
}

/// The metrics last.
std::error_code copy_all(const fs::path& from, const fs::path& to) {
  std::error_code error;
  for (fs::recursive_directory_iterator entry(from, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path() == metrics_path(from)) continue;
    copy_entry(entry->path(), to / entry->path().lexically_relative(from), error);
    if (error) return error;
  }
  if (!error && fs::exists(metrics_path(from), error))
    copy_entry(metrics_path(from), metrics_path(to), error);
  return error;
}

void empty_folder(const fs::path& folder) {
  std::error_code error;
  fs::remove_all(folder, error);
  fs::create_directory(folder, error);
  if (error)
    throw RequestError(fmt::format("cannot write {}: {}", folder.string(), error.message()),
                       "is the file system mounted, and is there room?");
}

}  // namespace

std::vector<std::uint8_t> bytes_of(const ProgramState& state) {
  std::string text = fmt::format("{}{}", metrics_word, state.offset);
  if (!state.folder.empty()) text += " " + state.folder.string();
  return {text.begin(), text.end()};
}

ProgramState program_state(std::span<const std::uint8_t> bytes) {
  const std::string text(bytes.begin(), bytes.end());
  ProgramState state;
  if (!text.starts_with(metrics_word)) return state;
  const char* const end = text.data() + text.size();
  const char* const rest = std::from_chars(text.data() + metrics_word.size(), end, state.offset).ptr;
  if (rest != end) state.folder = std::string(rest + 1, end);
  return state;
}

fs::path run_folder(const fs::path& database, const ProgramFolders& folders, const std::string& uuid) {
  return folders.own.empty() ? run_folder(database, uuid) : folders.own / uuid;
}

bool copy_run_folder(const fs::path& from, const fs::path& to) {
  std::error_code error;
  for (int left = tries; left > 0 && fs::is_directory(from, error); --left) {
    const auto before = look_of(from, error);
    empty_folder(to);
    const std::error_code failed = copy_all(from, to);
    if (failed == std::errc::no_space_on_device || failed == std::errc::read_only_file_system)
      throw RequestError(
          fmt::format("cannot copy {} to {}: {}", from.string(), to.string(), failed.message()),
          "the run goes on from that folder; make room");
    const bool held_still = before == look_of(from, error);
    if (!failed && (held_still || left == 1)) return true;
    std::this_thread::sleep_for(between_tries);
  }
  empty_folder(to);
  return false;
}

}  // namespace ablate
