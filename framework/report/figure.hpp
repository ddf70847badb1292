#pragma once
/// A figure of a report: what it shows, its numbers, and how it is drawn.

#include <optional>
#include <string>

#include "draw/forest.hpp"
#include "draw/plot.hpp"
#include "report/evidence.hpp"
#include "text/table.hpp"

namespace ablate {

struct Figure {
  std::string title;
  std::string caption;                ///< what is drawn, over how many seeds, what the band is; not escaped
  Plot plot;                          ///< plot.name is the stem of all its files
  std::optional<Forest> forest = {};  ///< in place of the plot's panels
  Table data;                         ///< tidy: every number drawn, one row per point
  Evidence source;
};

/// The script that draws it.
std::string script_of(const Figure& figure);

}  // namespace ablate
