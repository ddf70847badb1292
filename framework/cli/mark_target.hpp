#pragma once
/// What a mark is put on.

#include <optional>
#include <string>

#include "store/reader.hpp"

namespace ablate {

/// A study, or a run.
struct MarkTarget {
  std::optional<StudyRecord> study;
  RunRecord run;
  std::string name;  ///< for a line of a terminal: "study 'quickstart'", "run 7 (quickstart/skip=none/1)"
};

/// The study of that name, else the run; a wrong name gets the nearest study and the ways to name a run.
MarkTarget find_target(const Reader& reader, const std::string& reference);

/// "run 7 (quickstart/skip=none/1)".
std::string run_name(const Reader& reader, const RunRecord& run);

}  // namespace ablate
