#pragma once
/// `ablate data list`: what there is, how much of it, and where it came from.

#include <string>

#include "cli/console.hpp"
#include "text/table.hpp"

namespace ablate {

/// One row per data set that is there, and one for each source of which nothing is. `only` names one source,
/// whose hashes are then shown too; empty for all. `hashes` loads what is there and adds the SHA-256 of each
/// split.
int list_data(const std::string& only, bool hashes, Format format, Console& console);

}  // namespace ablate
