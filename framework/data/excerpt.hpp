#pragma once
/// Text of a file, made safe to show.

#include <string>
#include <string_view>

namespace ablate {

/// The first 20 bytes of a text for a message, in quotes: what is not printable ASCII is written as "\xNN", so
/// that no file can send commands to a terminal; "..." where the text goes on.
std::string excerpt(std::string_view text);

}  // namespace ablate
