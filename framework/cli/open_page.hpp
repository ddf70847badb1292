#pragma once
/// The browser that the desktop has chosen.

#include <string>

#include "cli/console.hpp"

namespace ablate {

/// Shows a file or an address in it; a note says where it cannot be.
void open_in_browser(const std::string& page, Console& console);

}  // namespace ablate
