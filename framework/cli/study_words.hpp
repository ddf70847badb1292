#pragma once
/// What studies add to the words of `ablate runs`: names for their factors, and the split they are judged by.

#include <optional>
#include <string>

#include "ask/names.hpp"
#include "store/reader.hpp"

namespace ablate {

/// Of one study; without one, what all studies of the file that are not archived agree on. A configuration
/// that this program cannot read adds nothing.
/// `reader` is asked again for as long as the answer is used.
ask::Vocabulary vocabulary_of(const Reader& reader, const std::optional<StudyRecord>& study);

/// The metrics that are shown where none are named: those that the study declares, what its report rests on first;
/// without a study, of all of the file. Three of ours stand for a network of ours.
std::vector<std::string> usual_metrics(const Reader& reader, const std::optional<StudyRecord>& study);

/// The factors of the study, as columns of `ablate runs` between commas, where they tell its variants apart;
/// else "variant".
std::string factor_columns(const Reader& reader, const StudyRecord& study, const ask::Vocabulary& vocabulary);

}  // namespace ablate
