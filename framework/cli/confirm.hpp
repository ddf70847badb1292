#pragma once
/// A question that only a person at a terminal can answer.

#include <string>

#include "cli/console.hpp"

namespace ablate {

/// True where stdin and stderr are terminals and the answer is y or yes; elsewhere nobody can answer.
bool is_confirmed(Console& console, const std::string& question);

}  // namespace ablate
