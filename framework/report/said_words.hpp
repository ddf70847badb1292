#pragma once
/// What is said of a row, in words: the same in headline, bullets, tables and figures.

#include <string>

#include "report/comparison.hpp"

namespace ablate {

/// "better", "the same within the margin", "cannot say".
std::string word_text(Word word);

/// "better than base", "better than base, but by less than the margin".
std::string than_text(Word word, const std::string& other);

/// "hidden and learning_rate": what pages call the factors at these places of a setting.
std::string factors_text(const Comparison& comparison, const AnsweredContrast& of,
                         const std::vector<std::size_t>& places);

/// "better"; or why nothing of the kind is said: "depends on hidden", "may depend on hidden". For a headline.
std::string brief_text(const Comparison& comparison, const AnsweredContrast& of, const Said& said);

/// What a table says of a row of the contrast: "better (how much depends on hidden)", "not stated: depends on hidden",
/// "cannot say: runs diverged".
std::string said_text(const Comparison& comparison, const AnsweredContrast& of, const Said& said);

}  // namespace ablate
