#pragma once
/// Another program, started without a shell and sharing our terminal.

#include <string>
#include <vector>

namespace ablate {

/// Runs `command` (looked up in PATH) with its words as they are, and waits for its end. Returns its exit
/// code; 127 where it could not be started, 128 + n where signal n ended it.
int run_process(const std::vector<std::string>& command);

/// True where we may install packages ourselves.
bool is_root();

}  // namespace ablate
