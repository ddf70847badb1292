#pragma once
/// Parts of the project's Markdown pages, as text for a terminal.

#include <cstddef>
#include <string>
#include <string_view>

namespace ablate {

/// What is below the heading of that title, up to the next heading of its level or above it. An empty
/// title gives what is between the page's title and its first heading. Throws std::logic_error where
/// there is no such heading.
std::string page_section(std::string_view page, std::string_view title);

/// The first table of a piece of Markdown, head included; empty where there is none.
std::string first_table(std::string_view markdown);

/// The words of `text` in lines of `width` columns, the first after `first`, the others after as many spaces; ends with
/// a line feed.
std::string filled(std::string_view text, const std::string& first, std::size_t width);

/// Paragraphs, lists and tables filled to `width` columns, code as it is, without Markdown's own signs; links
/// become their text. Of tables only the last column is filled.
std::string terminal_text(std::string_view markdown, std::size_t width);

}  // namespace ablate
