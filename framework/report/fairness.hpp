#pragma once
/// What weakens an answer, each by a rule that is written down beside it.

#include <string>
#include <vector>

#include "report/comparison.hpp"

namespace ablate {

struct Warning {
  std::string text;  ///< a clause for the head of a page: "12 of 54 runs were still improving"
  std::string rule;  ///< a sentence: when it is given
};

/// Those that hold, the gravest first.
std::vector<Warning> fairness_warnings(const Comparison& comparison);

/// A clause with the full stop that it needs: none after a question.
std::string as_sentence(std::string clause);

/// The clauses in one sentence; that none of the rules holds where none does.
std::string weaknesses(const Comparison& comparison);

}  // namespace ablate
