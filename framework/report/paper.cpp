#include "report/paper.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "text/escape.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

/// Beyond, and nearer to 0, a number is written with an exponent and not aligned.
constexpr double largest_set = 1e13, smallest_set = 1e-6;
constexpr std::size_t widest_text = 56;  // characters of a text before its column breaks lines
constexpr const char* text_width = "8cm";
constexpr const char* latex_dagger = "\\textsuperscript{\\textdagger}";

std::size_t parts(PaperKind kind) {
  switch (kind) {
    case PaperKind::text:
    case PaperKind::number:
      return 1;
    case PaperKind::mean:
      return 2;
    case PaperKind::interval:
      break;
  }
  return 3;
}

std::string digits(const PaperColumn& column, std::size_t part, double number) {
  const bool sign = column.sign && (column.kind != PaperKind::mean || part == 0);
  const std::string text = fmt::format("{:.{}f}", number, column.decimals);
  const bool zero = text.find_first_of("123456789") == std::string::npos;
  if (zero) return text.front() == '-' ? text.substr(1) : text;
  return sign && number > 0.0 ? '+' + text : text;
}

bool is_set(const PaperCell& cell, std::size_t part) {
  return cell.text.empty() && part < cell.numbers.size() && std::isfinite(cell.numbers[part]) &&
         std::abs(cell.numbers[part]) < largest_set &&
         (cell.numbers[0] == 0.0 || std::abs(cell.numbers[0]) >= smallest_set);
}

/// Digits before the point and whether one number has a sign: siunitx's "table-format".
std::string table_format(const PaperTable& table, std::size_t place, std::size_t part) {
  const PaperColumn& column = table.columns[place];
  std::size_t most = 1;
  bool sign = false;
  for (const auto& row : table.rows) {
    if (!is_set(row[place], part)) continue;
    std::string text = digits(column, part, row[place].numbers[part]);
    const bool signed_text = text.front() == '-' || text.front() == '+';
    sign = sign || signed_text;
    most = std::max(most, std::min(text.find('.'), text.size()) - signed_text);
  }
  return fmt::format("{}{}.{}", sign ? "+" : "", most, column.decimals);
}

bool any_leaked(const PaperTable& table, std::size_t place) {
  return std::any_of(table.rows.begin(), table.rows.end(),
                     [&](const auto& row) { return row[place].leaked; });
}

bool breaks_lines(const PaperTable& table, std::size_t place) {
  return std::any_of(table.rows.begin(), table.rows.end(),
                     [&](const auto& row) { return display_width(row[place].text) > widest_text; });
}

std::string column_format(const PaperTable& table, std::size_t place) {
  const PaperColumn& column = table.columns[place];
  if (column.kind == PaperKind::text) {
    return breaks_lines(table, place) ? fmt::format(">{{\\raggedright\\arraybackslash}}p{{{}}}", text_width)
                                      : "l";
  }
  std::string text;
  const std::size_t count = parts(column.kind);
  for (std::size_t part = 0; part < count; ++part) {
    const bool last = part + 1 == count;
    std::string options = "table-format=" + table_format(table, place, part);
    if (column.sign) options += ",retain-explicit-plus";
    if (column.decimals == 0) options += ",group-minimum-digits=4,group-separator={,}";
    if (column.kind == PaperKind::mean && part == 1) options += ",table-space-text-pre={$\\pm$\\;}";
    if (column.kind == PaperKind::interval && part == 1) options += ",table-space-text-pre={[}";
    std::string after = column.kind != PaperKind::interval || part == 0 ? "" : part == 1 ? "," : "]";
    if (last && any_leaked(table, place)) after += latex_dagger;
    if (!after.empty()) options += fmt::format(",table-space-text-post={{{}}}", after);
    text += fmt::format("{}S[{}]", part ? "@{\\;}" : "", options);
  }
  return text;
}

/// Where a name that is too long for its column may break: after ",", "=", "_" and "/".
std::string with_breaks(const std::string& escaped) {
  std::string text;
  for (const char c : escaped) {
    text += c;
    if (std::string_view(",=_/").find(c) != std::string_view::npos) text += "\\allowbreak{}";
  }
  return text;
}

/// The cell's entries, one a part.
std::string cell_text(const PaperColumn& column, const PaperCell& cell, bool breaks) {
  const std::string mark = cell.leaked ? latex_dagger : "";
  if (column.kind == PaperKind::text) {
    const std::string text = escape_latex(cell.text);
    const std::string set = breaks ? with_breaks(text) : text;
    return (cell.bold ? fmt::format("\\textbf{{{}}}", set) : set) + mark;
  }
  const std::size_t count = parts(column.kind);
  if (!is_set(cell, 0)) {
    std::string text = "{--}";
    if (!cell.text.empty()) {
      text = fmt::format("{{{}{}}}", escape_latex(cell.text), mark);
    } else if (!cell.numbers.empty() && std::isfinite(cell.numbers[0])) {
      text = fmt::format("{{\\num{{{:.3g}}}{}}}", cell.numbers[0], mark);
    }
    for (std::size_t part = 1; part < count; ++part) text += " & ";
    return text;
  }
  const bool whole = count == 1 || is_set(cell, count - 1);
  std::string text = digits(column, 0, cell.numbers[0]);
  if (!whole || count == 1) text += mark.empty() ? "" : fmt::format("{{{}}}", mark);
  for (std::size_t part = 1; part < count; ++part) {
    text += " & ";
    if (!whole) continue;
    const std::string before = column.kind == PaperKind::mean ? "{$\\pm$\\;}" : part == 1 ? "{[}" : "";
    const std::string after = column.kind == PaperKind::mean ? "" : part == 1 ? "," : "]";
    const std::string all_after = after + (part + 1 == count ? mark : "");
    text += before + digits(column, part, cell.numbers[part]) +
            (all_after.empty() ? "" : fmt::format("{{{}}}", all_after));
  }
  return text;
}

/// "validation.accuracy" on two lines, so that the head is no wider than its numbers.
std::string head_text(const PaperColumn& column) {
  const std::size_t dot = column.head.find('.');
  if (column.kind != PaperKind::mean || dot == std::string::npos) return escape_latex(column.head);
  return fmt::format("\\shortstack{{{}\\\\{}}}", escape_latex(column.head.substr(0, dot)),
                     escape_latex(column.head.substr(dot + 1)));
}

/// Of a table in several boxes, the head is as wide as the longest text: all boxes are made narrower alike.
std::string head_of_texts(const PaperTable& table, std::size_t place, const std::string& head) {
  if (table.rows.size() <= paper_rows_of_a_page || breaks_lines(table, place)) return head;
  const auto longest =
      std::max_element(table.rows.begin(), table.rows.end(), [&](const auto& a, const auto& b) {
        return display_width(a[place].text) < display_width(b[place].text);
      });
  return fmt::format("\\rlap{{{}}}\\phantom{{{}}}", head, escape_latex((*longest)[place].text));
}

std::string head_row(const PaperTable& table) {
  std::string text;
  for (const PaperColumn& column : table.columns) {
    const std::string head = head_text(column);
    if (&column != &table.columns.front()) text += " & ";
    if (column.kind == PaperKind::text) {
      text += head_of_texts(table, static_cast<std::size_t>(&column - table.columns.data()), head);
    } else if (parts(column.kind) == 1) {
      text += fmt::format("{{{}}}", head);
    } else {
      text += fmt::format("\\multicolumn{{{}}}{{c}}{{{}}}", parts(column.kind), head);
    }
  }
  return text + " \\\\\n";
}

/// As many rows as a page has, from `first` on.
std::string body_rows(const PaperTable& table, std::size_t first) {
  std::vector<bool> breaks;
  for (std::size_t c = 0; c < table.columns.size(); ++c) breaks.push_back(breaks_lines(table, c));
  std::string text;
  for (std::size_t r = first; r < std::min(table.rows.size(), first + paper_rows_of_a_page); ++r) {
    const auto& row = table.rows[r];
    for (std::size_t c = 0; c < row.size(); ++c)
      text += (c ? " & " : "") + cell_text(table.columns[c], row[c], breaks[c]);
    text += " \\\\\n";
  }
  return text;
}

std::string formats(const PaperTable& table) {
  std::string text;
  for (std::size_t c = 0; c < table.columns.size(); ++c) text += (c ? "\n  " : "") + column_format(table, c);
  return text;
}

/// Rows from `first` on, as one box that is made narrower where it would not fit the line.
std::string box(const PaperTable& table, std::size_t first) {
  return fmt::format(
      "\\begin{{adjustbox}}{{max width=\\linewidth,max totalheight=0.9\\textheight}}%\n"
      "\\setlength{{\\tabcolsep}}{{4pt}}%\n\\begin{{tabular}}{{{}}}\n\\toprule\n{}\\midrule\n{}\\bottomrule\n"
      "\\end{{tabular}}%\n\\end{{adjustbox}}%\n",
      formats(table), head_row(table), body_rows(table, first));
}

std::string boxes(const PaperTable& table) {
  std::string text = box(table, 0);
  for (std::size_t first = paper_rows_of_a_page; first < table.rows.size(); first += paper_rows_of_a_page)
    text += "\\par\\medskip\\noindent\n" + box(table, first);
  return text;
}

bool is_long(const PaperTable& table) { return table.rows.size() > paper_rows_of_a_page; }

std::string commented(const std::string& text) {
  std::string lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines += fmt::format("%   {}\n", printable_line(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return lines;
}

std::string leading_comment(const PaperTable& table, const std::string& study) {
  return fmt::format(
      "% {}. Study: {}\n% Include it with \\input{{{}}}{}.\n% The preamble needs:\n"
      "%   \\usepackage[T1]{{fontenc}}\n%   \\usepackage{{booktabs,siunitx,array,adjustbox}}\n"
      "% A character that pdflatex cannot set is written as its code, such as U+1F642. Numbers in full: {}.csv\n"
      "% This SQL reproduces the numbers (ablate query); runs {}:\n{}",
      table.title, printable_line(study), table.name,
      is_long(table) ? "; it runs over pages, so not within a table environment"
                     : " within a table environment",
      table.name == "costs" ? "comparison" : table.name,
      table.source.runs.empty() ? "none" : id_ranges(table.source.runs), commented(table.source.sql));
}

}  // namespace

std::string render_paper(const PaperTable& table, const std::string& study) {
  return leading_comment(table, study) + boxes(table);
}

std::string paper_document(const std::vector<PaperTable>& tables, const Comparison& comparison) {
  std::string text = fmt::format(
      "% All tables of the study: {}\n% pdflatex tables.tex, in this folder\n"
      "\\documentclass[a4paper]{{article}}\n\\usepackage[T1]{{fontenc}}\n"
      "\\IfFileExists{{lmodern.sty}}{{\\usepackage{{lmodern}}}}{{}}\n\\usepackage[margin=20mm]{{geometry}}\n"
      "\\usepackage{{booktabs,siunitx,array,adjustbox}}\n\\setlength{{\\emergencystretch}}{{3em}}\n"
      "\\begin{{document}}\n\\raggedright\n\\section*{{{}}}\n{}\n",
      printable_line(comparison.study), escape_latex(comparison.study), escape_latex(comparison.question));
  for (const PaperTable& table : tables) {
    text += fmt::format("\n\\subsection*{{{}}}\n\\noindent\\input{{{}}}\n", escape_latex(table.title),
                        table.name);
    if (table.notes.empty()) continue;
    text += "\\begin{itemize}\\footnotesize\n";
    for (const std::string& note : table.notes) text += "\\item " + escape_latex(note) + "\n";
    text += "\\end{itemize}\n";
  }
  return text + "\\end{document}\n";
}

}  // namespace ablate
