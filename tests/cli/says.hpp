#pragma once
/// The whole program, called as a person would.

#include <sstream>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace ablate::test {

struct Said {
  int code;
  std::string out, err;
};

inline Said ablate_says(const std::vector<std::string>& words, const std::string& input = {},
                        bool braille = false) {
  std::ostringstream out, err;
  std::istringstream in(input);
  Console console{out, err, in, {.braille = braille}};
  const int code = run_program(words, console);
  return {code, out.str(), err.str()};
}

}  // namespace ablate::test
