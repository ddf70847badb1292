#pragma once
/// One file merged into another, and what came of it.

#include <atomic>
#include <filesystem>

#include "base/file.hpp"
#include "store/merge.hpp"
#include "store/store_support.hpp"

namespace ablate::test {

using Path = std::filesystem::path;
inline const std::atomic<bool> go_on = false;

inline MergedStudy merge(const Path& source, const Path& into, const MergeOptions& options = {}) {
  return merge_files({source}, into, options, go_on).studies.at(0);
}

inline std::string merge_refusal(const Path& source, const Path& into, const MergeOptions& options = {}) {
  return refusal([&] { merge(source, into, options); });
}

/// What a run is known by and how far it came.
inline std::vector<std::string> runs_in(const Path& file) {
  return rows(
      file,
      "SELECT study.name, variant.name, seed, status, epochs_done FROM run JOIN variant ON variant.id = "
      "variant_id JOIN study ON study.id = run.study_id ORDER BY 1, 2, 3");
}

inline std::string bytes(const Path& file) { return read_file(file, 1 << 24); }

}  // namespace ablate::test
