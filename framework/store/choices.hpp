#pragma once
/// What a study's report rests on, and notes of what was chosen once runs were done. Private to framework/store.

#include <map>
#include <string>

#include "store/connection.hpp"

namespace ablate {

/// As the file holds them: "question", "baseline", "primary", "contrast", "confidence", "margin", "direction of test.bleu" and what
/// each is; of a study that is not there, nothing.
using Choices = std::map<std::string, std::string>;
Choices stored_choices(Connection& connection, const std::string& study);

/// Notes of the study, one for each choice that is another now: "baseline chosen after 12 of 20 runs were done: a
/// (before: b)". Nothing while no run is done. Reports list them; see `is_choice_note`.
void note_choices(Connection& connection, const std::string& study, const Choices& before,
                  const std::string& now);

}  // namespace ablate
