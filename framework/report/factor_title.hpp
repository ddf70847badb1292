#pragma once
/// What pages call a factor and its values. Data files and SQL keep its key and values.

#include <map>
#include <string>

namespace ablate {

struct FactorTitle {
  std::string key;                                 ///< "model.hidden"
  std::string name;                                ///< "width"
  std::map<std::string, std::string> labels = {};  ///< by the value's text: "64" is "narrow"
};

}  // namespace ablate
