#pragma once
/// What a report says of those who looked before all seeds were there.

#include <string>
#include <vector>

#include "report/comparison.hpp"

namespace ablate {

using Members = std::vector<const Member*>;

/// The rows of a contrast that are on a page: the pooled one, and the levels where there are several.
Members members_of(const AnsweredContrast& of);

bool is_judged_by_t(const Member& member);

/// How these rows were judged, as part of a sentence.
std::string procedure_text(const Members& members, double confidence);

/// What intervals, p and words of the answer are, and over how many rows they hold together.
std::string method_note(const Comparison& comparison);

/// Sentences for the foot of the answer's tables: which looks were made, planned or not, and at what level.
std::vector<std::string> look_notes(const Comparison& comparison);

/// Earlier looks at fewer seeds that no plan foresaw, of a paired study or another; rising.
std::vector<LookRecord> earlier_looks(const Comparison& comparison);

/// "looked at 3 times before", "planned look 2 of 5"; empty where this is the first look and none was planned.
std::string look_chip(const Comparison& comparison);

}  // namespace ablate
