#pragma once
/// The manual page ablate(1).

#include <string>
#include <string_view>

namespace ablate {

/// The page in roff's man macros: ASCII, every command with its words and options, exit codes, environment,
/// files and examples. All of it comes from the tables that help pages are made of.
std::string manual_page(std::string_view version);

/// Text of a roff line, its own signs escaped: what looks like a macro is none.
std::string roff_text(std::string_view text);

}  // namespace ablate
