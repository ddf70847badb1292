#pragma once
/// Which of a report's files are written.

#include <string>
#include <vector>

namespace ablate {

struct Outputs {
  bool html = true;      ///< index.html
  bool markdown = true;  ///< report.md
  bool tables = true;    ///< tables/*.csv and tables/*.tex
  bool figures = true;   ///< figures/*.gp and the pictures that they draw
  bool data = true;      ///< data/*.csv
};

/// "html", "markdown", ...: as --format takes them.
std::vector<std::string> output_names();

/// "html,tables": those alone; "all" or nothing: all. Throws RequestError with the nearest name.
Outputs parse_outputs(const std::string& list);

}  // namespace ablate
