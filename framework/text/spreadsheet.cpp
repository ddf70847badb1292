#include "text/spreadsheet.hpp"

#include "base/text_value.hpp"

namespace ablate {

std::string spreadsheet_text(std::string_view text) {
  constexpr std::string_view formulas = "=+-@\t\r\n";
  if (text.empty() || formulas.find(text.front()) == std::string_view::npos) return std::string(text);
  return number_of<double>(text) ? std::string(text) : "'" + std::string(text);
}

Table for_spreadsheets(Table table) {
  for (auto& row : table.rows) {
    for (Value& value : row) {
      if (auto* text = std::get_if<std::string>(&value)) *text = spreadsheet_text(*text);
    }
  }
  return table;
}

}  // namespace ablate
