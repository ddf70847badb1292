#pragma once
/// Runs of another tracker that become a study.

#include <string>
#include <vector>

#include "cli/says.hpp"
#include "support/temporary_folder.hpp"

namespace ablate::test {

/// A folder for files of another tracker, which `ablate import` takes as the study "s".
struct ImportedStudy {
  TemporaryFolder folder;

  std::string database() const { return (folder / "a.db").string(); }
  Said import(const std::string& kind, const std::vector<std::string>& places,
              const std::vector<std::string>& more) const {
    std::vector<std::string> words = {"import", kind, "--study", "s", "--db", database()};
    words.insert(words.end(), places.begin(), places.end());
    words.insert(words.end(), more.begin(), more.end());
    return ablate_says(words);
  }
  /// Its runs as CSV.
  std::string runs(const std::string& columns) const {
    return ablate_says({"runs", "s", "--columns", columns, "--db", database(), "--format", "csv"}).out;
  }
};

}  // namespace ablate::test
