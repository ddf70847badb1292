#pragma once
/// Whose files these are.

#include <filesystem>
#include <optional>

namespace ablate {

/// The home folder that HOME names; nothing where it is unset or empty. `expand_home` (file.hpp) puts it in the
/// place of "~".
std::optional<std::filesystem::path> home_folder();

}  // namespace ablate
