#pragma once
/// A table written as its rows come, in memory that does not grow with them.

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "text/table.hpp"

namespace ablate {

/// Writes what `render` would, row by row. csv and json write each row at once. Where columns are aligned to the
/// right (table, markdown, latex) and how wide they are (table) is seen only once there are rows, so that the
/// first ones are held back: a thousand, fewer where they are longer than `Sample::bytes` in all. A later
/// cell that is wider than its column pushes the rest of its line to the right; a later text in a column of
/// numbers is right-aligned too.
class TableWriter {
 public:
  class Layout;
  /// How many rows are held back at most.
  struct Sample {
    std::size_t rows = 1000;
    std::size_t bytes = std::size_t{8} << 20;
  };

  /// `out` must outlive it.
  TableWriter(std::ostream& out, Format format, std::vector<Column> columns, Sample sample);
  TableWriter(std::ostream& out, Format format, std::vector<Column> columns)
      : TableWriter(out, format, std::move(columns), Sample{}) {}
  ~TableWriter();
  TableWriter(const TableWriter&) = delete;
  TableWriter& operator=(const TableWriter&) = delete;

  /// As long as the columns.
  void row(const std::vector<Value>& row);
  /// Ends the table; nothing may follow.
  void finish();

 private:
  void begin();

  std::ostream& out_;
  std::vector<Column> columns_;
  std::unique_ptr<Layout> layout_;
  Sample most_;
  std::vector<std::vector<Value>> sample_;
  std::size_t held_bytes_ = 0;
  bool has_begun_ = false;
};

}  // namespace ablate
