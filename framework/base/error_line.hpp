#pragma once
/// An error among other lines.

#include <string>

#include "base/error.hpp"

namespace ablate {

/// What it says, on one line and without its hint.
std::string in_a_line(const RequestError& error);

}  // namespace ablate
