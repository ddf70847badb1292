#pragma once
/// Tables as a paper prints them: LaTeX with booktabs, numbers under one another by siunitx.

#include <limits>
#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "report/evidence.hpp"

namespace ablate {

enum class PaperKind {
  text,
  number,
  mean,      ///< mean and standard deviation: "0.8412 ± 0.0021"
  interval,  ///< a number and its interval: "+0.0123 [-0.0010, +0.0234]"
};

struct PaperColumn {
  std::string head;
  PaperKind kind = PaperKind::text;
  int decimals = 4;
  bool sign = false;  ///< "+" before what is above 0
};

struct PaperCell {
  std::string text = {};  ///< of a text column; of another, what is in place of its numbers
  std::vector<double> numbers =
      {};               ///< as many as the kind has; the first is not finite: "--"; others: left out
  bool leaked = false;  ///< a dagger after it
  bool bold = false;    ///< of a text
};

struct PaperTable {
  std::string name;   ///< stem of its file
  std::string title;  ///< "Comparison of the variants"
  std::vector<PaperColumn> columns;
  std::vector<std::vector<PaperCell>> rows;
  std::vector<std::string> notes;  ///< what belongs below it
  Evidence source;
};

/// A table of more rows is several boxes with the same head, between which a page may end. Every box is made
/// narrower where it would not fit the line.
inline constexpr std::size_t paper_rows_of_a_page = 40;

/// A file for \input. Its comment names the study, the packages, the SQL and the runs.
std::string render_paper(const PaperTable& table, const std::string& study);

/// A document of its own, to be beside the tables' files, which it includes.
std::string paper_document(const std::vector<PaperTable>& tables, const Comparison& comparison);

}  // namespace ablate
