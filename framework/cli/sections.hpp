#pragma once
/// A page of several tables and texts, in each of the formats.

#include <iosfwd>
#include <string>

#include "text/table.hpp"

namespace ablate {

/// Writes sections one after the other, as one document that is valid in its format:
/// - table: a title, an empty line, the table or the text;
/// - json: one object with one member per section, an array of objects for a table, a string for a text;
/// - csv: one table with one row per cell, of columns table, row (from 1), column, value; a text is such a cell;
/// - markdown: a heading of the second level a section; latex: a comment with the title before each.
/// A table without rows and an empty text are left out. The destructor ends the document.
class Sections {
 public:
  /// `width`: columns of the terminal that `out` is; 0: it is none, and lines are as long as they are.
  Sections(std::ostream& out, Format format, int width = 0)
      : out_(out), format_(format), width_(static_cast<std::size_t>(width)) {}
  ~Sections();
  Sections(const Sections&) = delete;
  Sections& operator=(const Sections&) = delete;

  Format format() const { return format_; }
  /// Files want numbers in full; what people read is rounded.
  bool is_for_files() const { return format_ == Format::csv || format_ == Format::json; }

  void add(const std::string& title, const Table& table);
  /// Sentences. In a table they are broken into lines of at most 100 characters, fewer on a narrow terminal.
  void add(const std::string& title, const std::string& text);
  /// What is drawn, line by line: for terminals alone; other formats leave it out.
  void add_drawing(const std::string& title, const std::string& lines);

 private:
  void begin(const std::string& title);
  void add_cells(const std::string& title, const Table& table);

  std::ostream& out_;
  Format format_;
  std::size_t width_;
  bool first_ = true;
};

}  // namespace ablate
