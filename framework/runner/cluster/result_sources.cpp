#include "runner/cluster/result_sources.hpp"

#include <fmt/format.h>

#include "base/error_line.hpp"
#include "runner/cluster/checkpoints.hpp"

namespace ablate {

namespace fs = std::filesystem;

std::vector<MergeSource> ResultSources::open(const std::vector<ResultFile>& files) {
  std::vector<MergeSource> sources;
  for (const ResultFile& file : files) {
    if (is_refused(file.path)) continue;
    try {
      sources.push_back(local_copy(file));
      opened_[file.path] = file.inode;
    } catch (const DamagedFile& error) {
      put_aside(file);
      notes_.push_back(fmt::format("{}; it is in {} now, and its runs count as not trained", in_a_line(error),
                                   files_.damaged().string()));
    } catch (const RequestError& error) {
      refused_.insert(file.path);
      std::error_code gone;
      if (fs::exists(file.path, gone))
        notes_.push_back(
            fmt::format("passed over for now: {}; the next `ablate collect` tries again", in_a_line(error)));
    }
  }
  return sources;
}

void ResultSources::put_aside(const ResultFile& file) {
  refused_.insert(file.path);
  std::error_code error;
  fs::create_directories(files_.damaged(), error);
  const auto runs = results_.of_file.find(file.inode);
  if (runs != results_.of_file.end()) {
    for (const std::string& uuid : runs->second) fs::remove(files_.run(uuid), error);
  }
  fs::rename(file.path, files_.damaged() / file.path.filename(), error);
}

void ResultSources::pass_over(const fs::path& file, const RequestError& error) {
  refused_.insert(file);
  std::string text = in_a_line(error);
  if (const std::size_t at = text.find(staged_.string()); at != std::string::npos)
    text.replace(at, staged_.string().size(), database_.string());
  passed_over_.push_back(text);
}

std::vector<std::string> ResultSources::notes() const {
  std::vector<std::string> notes = notes_;
  if (passed_over_.empty()) return notes;
  const std::size_t others = passed_over_.size() - 1;
  const std::string more =
      others == 0 ? "" : fmt::format(" (and {} other file{})", others, others == 1 ? "" : "s");
  notes.push_back(fmt::format("passed over: {}{}", passed_over_.front(), more));
  return notes;
}

}  // namespace ablate
