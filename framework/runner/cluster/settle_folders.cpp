#include "runner/cluster/settle_folders.hpp"

#include "base/error.hpp"
#include "runner/program_files.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr double silence = 86'400.0;  ///< seconds

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    entries.push_back(entry->path());
  return entries;
}

/// The attempt whose end counts, by run.
std::map<std::string, std::string> winners(const Results& results) {
  std::map<std::string, std::string> found;
  for (const ResultFile& file : results.files) {
    const auto runs = results.of_file.find(file.inode);
    if (runs == results.of_file.end()) continue;
    for (const std::string& uuid : runs->second) found[uuid] = file.attempt;
  }
  return found;
}

void link_beside(const fs::path& database, const std::string& uuid, const fs::path& folder) {
  const fs::path link = run_folder(database, uuid);
  std::error_code error;
  const fs::file_status there = fs::symlink_status(link, error);
  if (fs::is_symlink(there) && fs::read_symlink(link, error) == folder) return;
  if (fs::is_symlink(there)) fs::remove(link, error);
  if (fs::is_directory(there)) fs::rename(link, link.string() + ".sent", error);
  fs::create_directories(link.parent_path(), error);
  fs::create_directory_symlink(folder, link, error);
}

/// Its task may still be at work.
bool may_live(const WorkFiles& files, const std::string& attempt) {
  const auto told = written_at(files.attempts() / (attempt + ".json"));
  return told && folder_clock(files.attempts()) - *told < silence;
}

}  // namespace

int settle_folders(const WorkFiles& files, const Results& results, const std::set<std::string>& over,
                   const fs::path& database) {
  int kept = 0;
  const auto ended_in = winners(results);
  for (const fs::path& attempt : entries_of(files.folders())) {
    const std::string name = attempt.filename().string();
    std::error_code error;
    for (const fs::path& folder : entries_of(attempt)) {
      const std::string uuid = folder.filename().string();
      const auto winner = ended_in.find(uuid);
      if (winner == ended_in.end() || !over.contains(uuid)) continue;
      if (!fs::exists(files.folders() / winner->second / uuid, error))
        continue;  // this may be all that is left
      if (winner->second == name) {
        link_beside(database, uuid, folder);
      } else if (may_live(files, name)) {
        ++kept;
      } else {
        fs::remove_all(folder, error);
      }
    }
    if (!may_live(files, name)) fs::remove(attempt, error);  // where it is empty
  }
  return kept;
}

}  // namespace ablate
