#include "text/table_writer.hpp"

#include <algorithm>
#include <ostream>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "text/escape.hpp"
#include "text/table_cells.hpp"
#include "text/unicode.hpp"

namespace ablate {

/// What one format writes before, for and after the rows.
class TableWriter::Layout {
 public:
  Layout(std::ostream& out, const std::vector<Column>& columns) : out_(out), columns_(columns) {}
  virtual ~Layout() = default;
  Layout(const Layout&) = delete;
  Layout& operator=(const Layout&) = delete;

  /// Whether `begin` looks at rows.
  virtual bool looks_at_rows() const { return true; }
  virtual void begin(const std::vector<std::vector<Value>>& sample) = 0;
  virtual void row(const std::vector<Value>& row) = 0;
  virtual void end() {}

 protected:
  using Cells = std::vector<std::string>;

  Cells names(std::string (*escape)(std::string_view)) const {
    Cells cells;
    for (const Column& column : columns_) cells.push_back(escape(column.name));
    return cells;
  }

  /// Each cell of a row through `cell(value, column)`.
  template <class Cell>
  Cells cells(const std::vector<Value>& row, Cell&& cell) const {
    Cells texts;
    for (std::size_t c = 0; c < row.size(); ++c) texts.push_back(cell(row[c], columns_[c]));
    return texts;
  }

  std::ostream& out_;
  const std::vector<Column>& columns_;
};

namespace {

/// `cell` of another escape.
template <std::string (*escape)(std::string_view)>
std::string shown(const Value& value, const Column& column) {
  return shown_cell(value, column, escape);
}

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::string space(width - std::min(width, display_width(text)), ' ');
  return right ? space + text : text + space;
}

}  // namespace

/// Aligned for terminals.
struct TerminalLayout : TableWriter::Layout {
  using Layout::Layout;

  void begin(const std::vector<std::vector<Value>>& sample) override {
    right_ = right_aligned(columns_, sample);
    const Cells head = names(escape_terminal);
    for (const std::string& name : head) widths_.push_back(display_width(name));
    for (const auto& row : sample) {
      const Cells line = cells(row, shown<escape_terminal>);
      for (std::size_t c = 0; c < line.size(); ++c) widths_[c] = std::max(widths_[c], display_width(line[c]));
    }
    write(head);
    Cells rule;
    for (const std::size_t width : widths_) rule.emplace_back(width, '-');
    write(rule);
  }
  void row(const std::vector<Value>& row) override { write(cells(row, shown<escape_terminal>)); }

 private:
  void write(Cells line) {
    for (std::size_t c = 0; c < line.size(); ++c) line[c] = padded(line[c], widths_[c], right_[c]);
    std::string text = fmt::format("{}", fmt::join(line, "  "));
    text.erase(text.find_last_not_of(' ') + 1);
    out_ << text << '\n';
  }

  std::vector<bool> right_;
  std::vector<std::size_t> widths_;
};

struct CsvLayout : TableWriter::Layout {
  using Layout::Layout;
  bool looks_at_rows() const override { return false; }
  void begin(const std::vector<std::vector<Value>>&) override { write(names(escape_csv)); }
  void row(const std::vector<Value>& row) override {
    write(cells(row, [](const Value& value, const Column&) { return csv_cell(value); }));
  }

 private:
  void write(const Cells& line) { out_ << fmt::format("{}\n", fmt::join(line, ",")); }
};

/// An array, an object a line.
struct JsonLayout : TableWriter::Layout {
  using Layout::Layout;
  bool looks_at_rows() const override { return false; }
  void begin(const std::vector<std::vector<Value>>&) override {
    keys_ = json_keys(columns_);
    out_ << '[';
  }
  void row(const std::vector<Value>& row) override {
    std::string text = is_first_ ? "\n  {" : ",\n  {";
    for (std::size_t c = 0; c < keys_.size(); ++c) {
      text += fmt::format("{}{}: {}", c ? ", " : "", keys_[c], json_cell(row[c]));
    }
    out_ << text << '}';
    is_first_ = false;
  }
  void end() override { out_ << (is_first_ ? "]\n" : "\n]\n"); }

 private:
  std::vector<std::string> keys_;
  bool is_first_ = true;
};

struct MarkdownLayout : TableWriter::Layout {
  using Layout::Layout;
  void begin(const std::vector<std::vector<Value>>& sample) override {
    write(names(escape_markdown));
    Cells rule;
    for (const bool right : right_aligned(columns_, sample)) rule.emplace_back(right ? "---:" : "---");
    write(rule);
  }
  void row(const std::vector<Value>& row) override { write(cells(row, shown<escape_markdown>)); }

 private:
  void write(const Cells& line) { out_ << fmt::format("| {} |\n", fmt::join(line, " | ")); }
};

/// booktabs.
struct LatexLayout : TableWriter::Layout {
  using Layout::Layout;
  void begin(const std::vector<std::vector<Value>>& sample) override {
    out_ << "\\begin{tabular}{";
    for (const bool right : right_aligned(columns_, sample)) out_ << (right ? 'r' : 'l');
    out_ << "}\n\\toprule\n";
    write(names(escape_latex));
    out_ << "\\midrule\n";
  }
  void row(const std::vector<Value>& row) override { write(cells(row, latex_cell)); }
  void end() override { out_ << "\\bottomrule\n\\end{tabular}\n"; }

 private:
  void write(const Cells& line) { out_ << fmt::format("{} \\\\\n", fmt::join(line, " & ")); }
};

namespace {

std::size_t bytes_of(const std::vector<Value>& row) {
  std::size_t bytes = 0;
  for (const Value& value : row) {
    const auto* text = std::get_if<std::string>(&value);
    bytes += sizeof(Value) + (text ? text->size() : 0);
  }
  return bytes;
}

}  // namespace

TableWriter::TableWriter(std::ostream& out, Format format, std::vector<Column> columns, Sample sample)
    : out_(out), columns_(std::move(columns)), most_(sample) {
  switch (format) {
    case Format::table:
      layout_ = std::make_unique<TerminalLayout>(out_, columns_);
      break;
    case Format::csv:
      layout_ = std::make_unique<CsvLayout>(out_, columns_);
      break;
    case Format::json:
      layout_ = std::make_unique<JsonLayout>(out_, columns_);
      break;
    case Format::markdown:
      layout_ = std::make_unique<MarkdownLayout>(out_, columns_);
      break;
    case Format::latex:
      layout_ = std::make_unique<LatexLayout>(out_, columns_);
      break;
  }
  if (!layout_) throw std::invalid_argument("no such format");
}

TableWriter::~TableWriter() = default;

void TableWriter::begin() {
  has_begun_ = true;
  layout_->begin(sample_);
  for (const auto& row : sample_) layout_->row(row);
  sample_ = {};
}

void TableWriter::row(const std::vector<Value>& row) {
  if (!has_begun_ && layout_->looks_at_rows()) {
    held_bytes_ += bytes_of(row);
    sample_.push_back(row);
    if (sample_.size() >= most_.rows || held_bytes_ > most_.bytes) begin();
    return;
  }
  if (!has_begun_) begin();
  layout_->row(row);
}

void TableWriter::finish() {
  if (!has_begun_) begin();
  layout_->end();
}

}  // namespace ablate
