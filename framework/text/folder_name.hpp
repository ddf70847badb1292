#pragma once
/// Folders called after what somebody else named.

#include <string>
#include <string_view>

namespace ablate {

/// A folder for what is called so: the name itself where it holds nothing but letters of ASCII, digits, "-" and
/// "_"; else a name of these with a digest, so that no two names share a folder. Never above its own folder.
std::string folder_name(std::string_view name);

}  // namespace ablate
