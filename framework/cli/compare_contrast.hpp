#pragma once
/// A factor's effect in one study, asked from the command line.

#include <optional>
#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "store/reader.hpp"
#include "text/table.hpp"

namespace ablate {

/// As `report.contrast`: empty parts have its defaults.
struct ContrastRequest {
  std::string study, factor, from, to, metric;
  std::vector<std::string> by;
  std::optional<double> confidence;
};

/// The study that is named, else the only one of the file that has such a factor. Throws RequestError where there is
/// none or several, or where the study has no such factor or level, with the nearest names.
Comparison ask_contrast(const Reader& reader, const ContrastRequest& request);

/// One row per pair of runs: the setting, the seed, both values and their difference; numbers in full. A side without a
/// value has none.
Table contrast_pairs_table(const Comparison& comparison);

}  // namespace ablate
