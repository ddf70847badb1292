#pragma once
/// One plain table between asking and printing; each format is a pure function of it.

#include <string>
#include <string_view>
#include <vector>

#include "base/value.hpp"

namespace ablate {

enum class Format { table, csv, json, markdown, latex };

/// Names of the formats, as --format takes them.
std::vector<std::string> format_names();
/// Throws RequestError with the nearest name.
Format parse_format(const std::string& name);

enum class Align { automatic, left, right };

struct Column {
  std::string name;
  int decimals = -1;  ///< of numbers, for table, markdown and latex; -1: shortest text that reads back
  Align align = Align::automatic;  ///< automatic: to the right where no cell is text
};

struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<Value>> rows;  ///< each as long as `columns`
};

/// The table as text that ends with a line feed.
/// table: aligned, numbers to the right, for terminals; NULL is empty. csv: RFC 4180 with single line feeds,
/// NULL is empty (the empty text is `""`), full precision. json: an array of objects, full precision, NaN and
/// infinity as null; a second column of the same name gets "_2". markdown: a GitHub table. latex: booktabs.
/// Every format escapes whatever the texts hold.
std::string render(const Table& table, Format format);

/// Every cell as `render` would write it with another escape; which columns are right-aligned.
struct TextTable {
  std::vector<std::vector<std::string>> lines;  ///< the first is the head
  std::vector<bool> right;
};
TextTable text_table(const Table& table, std::string (*escape)(std::string_view));

}  // namespace ablate
