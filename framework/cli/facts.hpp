#pragma once
/// What is true of the program as a whole: help pages, the manual and the reference page print these tables.

#include <span>
#include <string_view>

namespace ablate {

struct Fact {
  std::string_view name, meaning;
};

std::span<const Fact> exit_codes();
/// Variables that the program or its wrapper reads.
std::span<const Fact> environment();
/// Files that it reads or writes without being given their names.
std::span<const Fact> files();

}  // namespace ablate
