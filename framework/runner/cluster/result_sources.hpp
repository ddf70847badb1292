#pragma once
/// Published files as sources of a merge. Those that are of no use are reported, and not opened again.

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "runner/cluster/work_files.hpp"
#include "store/merge_source.hpp"

namespace ablate {

class ResultSources {
 public:
  /// `database` is the results file into which they come, `staged` one on the way there.
  ResultSources(const WorkFiles& files, const Results& results, std::filesystem::path database,
                std::filesystem::path staged)
      : files_(files), results_(results), database_(std::move(database)), staged_(std::move(staged)) {}

  /// Copies on the local disk. Files that are damaged are put aside, and their runs count as not trained; files that
  /// cannot be read are left for the next time.
  std::vector<MergeSource> open(const std::vector<ResultFile>& files);
  /// Cannot be merged, for this reason.
  void pass_over(const std::filesystem::path& file, const RequestError& error);

  bool is_refused(const std::filesystem::path& file) const { return refused_.contains(file); }
  /// Files that were opened, and their inodes.
  const std::map<std::filesystem::path, ino_t>& opened() const { return opened_; }
  /// What is to be reported: a line for each file that cannot be read, one for all that were passed over.
  std::vector<std::string> notes() const;

 private:
  void put_aside(const ResultFile& file);

  const WorkFiles& files_;
  const Results& results_;
  std::filesystem::path database_, staged_;
  std::map<std::filesystem::path, ino_t> opened_;
  std::set<std::filesystem::path> refused_;
  std::vector<std::string> notes_, passed_over_;  ///< the latter: reasons
};

}  // namespace ablate
