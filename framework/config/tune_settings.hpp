#pragma once
/// What is tuned for each variant, and how.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "config/settings.hpp"

namespace ablate {

/// Values of the tuned settings, by their keys, as YAML.
struct TuneChoice {
  std::vector<std::pair<std::string, std::string>> values;
  std::string label;  ///< "initial=0.01"
};

struct TuneSettings {
  std::vector<std::pair<std::string, std::vector<std::string>>> tried;  ///< of each key its values, as YAML
  std::vector<TuneChoice> choices;  ///< every combination, the first key slowest; never empty
  Monitor by;                       ///< on validation
  std::size_t seeds = 2;
};

}  // namespace ablate
