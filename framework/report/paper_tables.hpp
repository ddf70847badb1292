#pragma once
/// The tables of a study for a paper.

#include "report/paper.hpp"

namespace ablate {

/// comparison, costs, metrics and, where the study has them, factors, variance and ranks; none without a
/// variant. Rows are those that pages show.
std::vector<PaperTable> paper_tables(const Comparison& comparison);

}  // namespace ablate
