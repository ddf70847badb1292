#pragma once
/// The figures of a report: what each shows, its numbers, and how it is drawn.

#include <optional>
#include <string>
#include <vector>

#include "draw/forest.hpp"
#include "draw/plot.hpp"
#include "report/comparison.hpp"
#include "text/table.hpp"

namespace ablate {

struct Figure {
  std::string title;
  std::string caption;                ///< what is drawn, over how many seeds, what the band is; not escaped
  Plot plot;                          ///< plot.name is the stem of all its files
  std::optional<Forest> forest = {};  ///< in place of the plot's panels
  Table data;                         ///< tidy: every number drawn, a row a point
  Evidence source;
};

/// The script that draws it.
std::string script_of(const Figure& figure);

/// In the order of the report: the differences from the baseline, the seven metrics of each variant (of more
/// than six: of the baseline and of the one that validation chose), the variants' curves of the primary
/// metric, the learning rates. Empty without a finished run.
std::vector<Figure> figures(const Comparison& comparison);

/// The variants whose curves can be read together: all up to 8; of more, the baseline, the best by validation
/// and the worst, in the order of the plan.
std::vector<const VariantSummary*> drawn_variants(const Comparison& comparison);

}  // namespace ablate
