#pragma once
/// What a report says of those who looked before all seeds were there.

#include <string>
#include <vector>

#include "report/comparison.hpp"

namespace ablate {

/// What intervals, p and words of the answer are, and over how many rows they hold together.
std::string method_note(const Comparison& comparison);

/// Sentences for the foot of the answer's tables: which looks were made, planned or not, and at what level.
std::vector<std::string> look_notes(const Comparison& comparison);

/// "looked at 3 times before", "planned look 2 of 5"; empty where this is the first look and none was planned.
std::string look_chip(const Comparison& comparison);

}  // namespace ablate
