#pragma once
/// What data there is, for `ablate data list`.

#include <string>
#include <vector>

namespace ablate {

/// One source that `data.source` can name.
struct SourceInfo {
  std::string name;                 ///< as the study file writes it
  std::string description;          ///< what it holds, in a sentence
  std::string place;                ///< the folder looked in by default; empty where there is none
  bool present = false;             ///< whether it can be loaded from there now
  std::vector<std::string> splits;  ///< of emnist: those found in `place`
  std::string how_to_get;           ///< a command or setting that makes it present
};

/// Every source, those that need nothing first. Looks at the file system, reads no images.
std::vector<SourceInfo> list_sources();

}  // namespace ablate
