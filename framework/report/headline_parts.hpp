#pragma once
/// What headlines are made of.

#include <string>
#include <vector>

#include "report/comparison.hpp"

namespace ablate {

/// The first of these that is short enough for a headline, else the last.
std::string first_that_fits(const std::vector<std::string>& texts);

/// What pages call a side, with a dagger where it leaked.
std::string marked_to(const Comparison& comparison, const AnsweredContrast& of);
std::string marked_from(const Comparison& comparison, const AnsweredContrast& of);

}  // namespace ablate
