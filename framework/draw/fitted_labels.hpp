#pragma once
/// Labels that fit.

#include <string>
#include <vector>

namespace ablate {

/// Each label in at most `width` columns (over 20): one that is wider has "…" in its middle, or where that would make two
/// different ones equal, the part in which they differ; where they still would be, a number at its end.
std::vector<std::string> fitted_labels(const std::vector<std::string>& labels, std::size_t width);

}  // namespace ablate
