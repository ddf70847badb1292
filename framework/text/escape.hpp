#pragma once
/// Whatever a study or variant is called, as plain text of each format that is written.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ablate {

/// For a terminal: control characters and changes of direction become "\n", "\t", "\x1b", "\u202e".
std::string escape_terminal(std::string_view text);

/// For GitHub's Markdown, within a paragraph or a table cell: no markup, HTML, mathematics or second line
/// comes of it.
std::string escape_markdown(std::string_view text);

/// For HTML, as text or within a quoted attribute, on one line: control characters become spaces.
std::string escape_html(std::string_view text);

/// Valid UTF-8 on one line: control characters and changes of direction become spaces.
std::string printable_line(std::string_view text);

/// For LaTeX text in the encoding T1, within a paragraph or a tabular cell: Latin letters, Greek ones and a
/// few signs are set; any other character, such as an emoji or a Hebrew letter, is written as its code,
/// "U+1F642".
std::string escape_latex(std::string_view text);

/// A field of RFC 4180: quoted where it must be, otherwise byte for byte. The empty text is `""`: nothing at
/// all is NULL.
std::string escape_csv(std::string_view text);

/// A JSON string with its quotes; bytes that are no UTF-8 become U+FFFD.
std::string json_text(std::string_view text);

/// A string literal of gnuplot, in single quotes, in which nothing is expanded; characters beyond U+FFFF,
/// whose colour fonts ruin a PNG, become a box; control characters become spaces.
std::string quote_gnuplot(std::string_view text);

/// A harmless part of a file name: lower-case letters, digits, "-" and "_", at most 40; "x" where nothing is
/// left.
std::string slug(std::string_view text);

/// "1-54, 60": ids in rising order, runs of neighbours put together.
std::string id_ranges(std::vector<std::int64_t> ids);

/// "1,234,567".
std::string group_digits(std::int64_t number);

}  // namespace ablate
