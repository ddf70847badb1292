#pragma once
/// What the data say of the question, as one paragraph.

#include <string>

#include "report/comparison.hpp"

namespace ablate {

/// The headline and the bullets (answer_words.hpp) in a row, not escaped; "Leaked" first where a test image
/// was in the training of these runs. Rules: framework/report/README.md ("The verdict").
std::string verdict(const Comparison& comparison);

}  // namespace ablate
