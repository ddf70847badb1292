#pragma once
/// Notes that the program itself writes of what was chosen once runs were done.

#include "store/records.hpp"

namespace ablate {

/// "baseline chosen after 12 of 20 runs were done: a (before: b)": of the question, the contrast, the primary metric,
/// the confidence, the baseline, or which way a metric is better ("direction of test.bleu chosen after ..."); of the
/// margin "the margin was changed from 0 to 0.003 after 12 of 20 runs were done".
bool is_choice_note(const NoteRecord& note);

}  // namespace ablate
