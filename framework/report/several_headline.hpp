#pragma once
/// The headline of several contrasts: those of the same word are told together.

#include <string>

#include "report/comparison.hpp"

namespace ablate {

std::string several_headline(const Comparison& comparison, const StudyAnswer& answer);

}  // namespace ablate
