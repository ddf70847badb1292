#pragma once
/// What so many seeds can find, before they are run.

#include <cstddef>
#include <optional>
#include <string>

#include "config/study.hpp"
#include "store/reader.hpp"

namespace ablate {

/// How much the difference of two variants differs from seed to seed, as earlier runs show.
struct EarlierSpread {
  std::string study;
  double deviation = 0.0;  ///< standard deviation of a seed's difference, in the primary metric's unit
  double over_all = 0.0;   ///< of its mean over all settings; 0: not known, the other one is of two variants
};

/// From the study of the same name, as its report has it: of the rows of levels and of the pooled rows, variances pooled.
/// Else from the newest one of the file that has it and trains on the same images, or by the same command: differences of its variants from its baseline (its first variant,
/// where it has none) over shared seeds. Nothing where no study has a row with three seeds, or nothing differs.
std::optional<EarlierSpread> earlier_spread(const Reader& reader, const Study& study);

/// How many differences a report of the study judges together: where a factor was crossed with others, one for all
/// settings and one for each level of the factors that have rows, for each level that is compared; else one for each
/// change, or for each variant but the baseline. At least one.
std::size_t comparisons_of(const Study& study);

/// A line for people, with its end, and a warning where the seeds are too few for an exact test: "10 seeds find a
/// difference of 0.0052 in test.accuracy in 80% of cases (...)". Of planned looks, what the last one finds, and the p
/// that each may claim at. Last, the fewest seeds of which the test of dependence on each factor with rows can reach the
/// level.
std::string seed_advice(const Study& study, const std::optional<EarlierSpread>& spread);

}  // namespace ablate
