#pragma once
/// Programs that a test may use where they are installed.

#include <cstdlib>
#include <string>

namespace ablate {

inline bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace ablate
