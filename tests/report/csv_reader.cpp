#include "report/csv_reader.hpp"

#include <utility>

namespace ablate {

std::vector<std::vector<std::optional<std::string>>> read_csv(const std::string& text) {
  std::vector<std::vector<std::optional<std::string>>> rows(1);
  std::optional<std::string> field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && text[i + 1] == '"') {
      *field += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
      if (!field) field.emplace();
    } else if (!quoted && (c == ',' || c == '\n')) {
      rows.back().push_back(std::exchange(field, std::nullopt));
      if (c == '\n') rows.emplace_back();
    } else {
      if (!field) field.emplace();
      *field += c;
    }
  }
  rows.pop_back();
  return rows;
}

}  // namespace ablate
