#pragma once
/// Notes that the program itself writes of what was chosen once runs were done.

#include "store/records.hpp"

namespace ablate {

/// "baseline chosen after 12 of 20 runs were done: a (before: b)": of the question, the contrast, the primary metric,
/// the confidence or the baseline.
bool is_choice_note(const NoteRecord& note);

}  // namespace ablate
