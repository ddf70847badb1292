#pragma once
/// Differences of a study whose runs are not paired: seeds only number them.

#include <cstddef>
#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "stats/welch.hpp"
#include "stats/word.hpp"

namespace ablate {

struct UnpairedRow {
  std::size_t variant = 0, baseline = 0;  ///< places in Comparison::variants
  IndependentDifference difference;       ///< from the baseline
  Word word = Word::cannot_say;
  std::size_t lost = 0, baseline_lost = 0;  ///< runs that diverged, failed, or ended without a number
  bool withheld = false;                    ///< the runs that survived alone would have said something else
};

/// Each variant against the baseline, in the order of the plan, judged as one family with those that a stop rule cut;
/// empty where the study is paired, or no variant is the baseline.
std::vector<UnpairedRow> unpaired_rows(const Comparison& comparison);

/// What a report says first of such a study.
std::string unpaired_headline(const Comparison& comparison);

}  // namespace ablate
