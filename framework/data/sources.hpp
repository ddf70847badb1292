#pragma once
/// What data there is, for `ablate data list`.

#include <optional>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "data/idx.hpp"

namespace ablate {

/// One data set that is there.
struct PresentData {
  std::string split;      ///< of emnist; else empty
  DataSettings settings;  ///< what loads it
  std::string came_from;  ///< "Debian's package ...", an address with its MD5; empty where it is not known
  std::optional<IdxSizes> sizes;  ///< nothing where the files are wrong
  std::string fault;              ///< what is wrong with them, in one line
};

/// One source that `data.source` can name.
struct SourceInfo {
  std::string name;                  ///< as the study file writes it
  std::string description;           ///< what it holds, in a few words
  std::string place;                 ///< the folder looked in by default; empty where there is none
  std::vector<PresentData> present;  ///< what can be loaded from there now
  std::string how_to_get;            ///< a command or setting that makes it present
};

/// Every source, those that need nothing first. Reads the headers and labels of what is there, no images.
std::vector<SourceInfo> list_sources();

}  // namespace ablate
