#pragma once
/// What the data say of the question, in words, by rules.

#include <string>

#include "report/comparison.hpp"

namespace ablate {

/// A few plain sentences, not escaped, by the rules of framework/report/README.md ("The verdict"). What is
/// claimed of a variant is its `finding` (inference.hpp), and nothing beyond it.
std::string verdict(const Comparison& comparison);

}  // namespace ablate
