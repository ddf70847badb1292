#pragma once
/// What a reader must know beyond a table's heads: the sentences below it, not escaped.

#include <string>
#include <vector>

#include "report/comparison.hpp"

namespace ablate {

/// How many variants the page shows, of how many; empty where it shows all.
std::string shown_text(const Comparison& comparison);
/// Of a table with all variants.
std::vector<std::string> comparison_notes(const Comparison& comparison);
/// None where the study has no such analysis.
std::vector<std::string> factor_notes(const Comparison& comparison);
std::vector<std::string> rank_notes(const Comparison& comparison);

}  // namespace ablate
