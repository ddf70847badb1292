#pragma once
/// An interactive shell on a terminal of its own, typed into as a person would.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ablate::test {

/// Where the shell is; nothing where it is not installed.
std::optional<std::filesystem::path> find_shell(const std::string& name);

/// Starts `command` on a pseudo-terminal, types `keys`, and waits until the file `until` is there. Returns
/// its text; what the terminal showed where it does not come within half a minute.
std::string type_into(const std::vector<std::string>& command, const std::string& keys,
                      const std::filesystem::path& until);

}  // namespace ablate::test
