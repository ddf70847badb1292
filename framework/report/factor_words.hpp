#pragma once
/// What a study whose factors were crossed says of each factor, as sentences of the verdict.

#include <string>

#include "report/comparison.hpp"

namespace ablate {

/// Each main effect with its interval, of more than six the largest, and the largest interaction whose
/// interval leaves out 0: there the effect of one factor depends on the other. Begins with a space; empty
/// where the study has no analysis of factors, and over a single seed, whose effects have no interval.
std::string factor_sentences(const Comparison& comparison);

}  // namespace ablate
