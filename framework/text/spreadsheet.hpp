#pragma once
/// Tables that people open in a spreadsheet.

#include <string>
#include <string_view>

#include "text/table.hpp"

namespace ablate {

/// A text that a spreadsheet takes for no formula: one that begins with = + - @, a tab or a line break and is
/// not a number gets an apostrophe in front, which spreadsheets do not show.
std::string spreadsheet_text(std::string_view text);

/// The table with every text so.
Table for_spreadsheets(Table table);

}  // namespace ablate
