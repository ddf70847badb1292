#pragma once
/// The names that a study brings along, without its variants being spread out: that takes a hundred times as long.

#include <map>
#include <string>

#include "config/node.hpp"

namespace ablate {

struct StudyNames {
  std::map<std::string, std::string> factors;  ///< of `variants.factors`, to the keys that they stand for
  std::string primary;                         ///< `report.primary`; empty: the text does not say
  Node settings;                               ///< `trainer.settings`; null: there are none
};

/// Of `Study::yaml`. `name` stands for the file in messages. Throws RequestError where it is no YAML; what it says is
/// not checked further.
StudyNames names_of_study(const std::string& yaml, const std::string& name);

}  // namespace ablate
