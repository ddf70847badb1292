#pragma once
/// What so few seeds say of the primary metric: framework/stats, applied to a study.

#include "report/comparison.hpp"

namespace ablate {

/// Fills, from the variants' values by seed: differences from the baseline, judged as one family;
/// interquartile means, effects of the factors, ranks. Runs that diverged, failed or are missing have no
/// value. Of a study that is not paired the means alone. A variant that a stop rule cut takes part in none, but counts in the family: it was tried.
void add_inference(Comparison& comparison);

/// The smallest corrected p that this many pairs can give: rows times 2 / 2^pairs, or times that of drawn
/// signs above `most_exact_pairs`; at most 1.
double smallest_corrected_p(std::size_t pairs, std::size_t rows);

/// Pairs from which on a corrected p can reach 1 - confidence; `most_exact_pairs` where that is not enough.
std::size_t pairs_needed(std::size_t rows, double confidence);

}  // namespace ablate
