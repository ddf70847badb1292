#pragma once
/// All variants as tables for papers.

#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "report/paper.hpp"

namespace ablate {

/// The comparison, `notes` below it, and the costs: factor columns where names only repeat them, in bold what
/// validation chooses, as many digits as the numbers' spread needs.
std::vector<PaperTable> comparison_papers(const Comparison& comparison, std::vector<std::string> notes);

}  // namespace ablate
