#include "runner/cluster/checkpoints.hpp"

#include <atomic>
#include <set>

#include <fmt/format.h>

#include "base/error_line.hpp"
#include "base/file.hpp"
#include "store/merge.hpp"
#include "store/reader.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

/// PRAGMA user_version, at byte 60 of a database's header (sqlite.org/fileformat.html).
int schema_of(const std::string& bytes) {
  int version = 0;
  for (std::size_t i = 60; i < 64 && i < bytes.size(); ++i)
    version = version * 256 + static_cast<unsigned char>(bytes[i]);
  return version;
}

bool is_database(const std::string& bytes) {
  constexpr std::size_t smallest = 512;
  return bytes.size() >= smallest && bytes.starts_with("SQLite format 3");
}

/// `text` with the name of a copy replaced by that of the file.
std::string with_name(std::string text, const fs::path& copy, const fs::path& file) {
  if (const std::size_t at = text.find(copy.string()); at != std::string::npos)
    text.replace(at, copy.string().size(), file.string());
  return text;
}

}  // namespace

MergeSource local_copy(const ResultFile& file) {
  TemporaryCopy copy;
  const std::string bytes = read_result(file);
  write_file(copy.file(), bytes);
  try {
    if (schema_of(bytes) < schema_version()) Store{copy.file()};  // which brings an older one up to date
    Reader{copy.file()};                                          // which refuses a foreign one
  } catch (const RequestError& error) {
    const std::string why = with_name(in_a_line(error), copy.file(), file.path);
    if (is_database(bytes) && schema_of(bytes) != schema_version()) throw RequestError(why);
    throw DamagedFile(why);
  }
  return {file.path, std::move(copy)};
}

void take_checkpoints(const WorkFiles& files, const std::string& send, int chunk,
                      const std::vector<PlannedRun>& runs, const std::filesystem::path& database) {
  std::set<std::string> wanted;
  for (const PlannedRun& run : runs) wanted.insert(run.uuid);
  MergeOptions options;
  options.on_conflict = OnConflict::keep;
  options.only_runs = [&](const std::filesystem::path&, const std::string& uuid) {
    return wanted.contains(uuid);
  };
  const std::atomic<bool> never = false;
  const std::string of_chunk = fmt::format("{}.{}.", send, chunk), of_head = fmt::format("{}.head.", send);
  for (const ResultFile& file : files.read_results().files) {
    if (file.over || !(file.attempt.starts_with(of_chunk) || file.attempt.starts_with(of_head))) continue;
    try {
      std::vector<MergeSource> source;
      source.push_back(local_copy(file));
      merge_sources(source, database, options, never);
    } catch (const RequestError&) {
      continue;  // gone meanwhile, or damaged
    }
  }
}

}  // namespace ablate
