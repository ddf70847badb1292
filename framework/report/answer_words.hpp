#pragma once
/// The answer in words: a headline, three bullets, chips.

#include <string>
#include <vector>

#include "report/comparison.hpp"

namespace ablate {

inline constexpr std::size_t most_headline_words = 25;

/// "better", "the same within the margin", "cannot say".
std::string word_text(Word word);

/// What is said of one row: its effect's interval, word and n, "+0.0111 (+0.0050 to +0.0171), 10 seeds: better".
std::string effect_text(const Comparison& comparison, const Member& member, const Said& said);

/// At most `most_headline_words` words that answer the question; why there is no answer where there is none.
std::string headline(const Comparison& comparison);

/// Effects by level; the price; what weakens it. Each is sentences, not escaped.
std::vector<std::string> answer_bullets(const Comparison& comparison);

/// Runs and audit, a few words each.
std::vector<std::string> chips(const Comparison& comparison);

/// "width 64": a level of another factor, as pages call it.
std::string level_name(const Comparison& comparison, const AnsweredContrast& of, const LevelRow& level);

}  // namespace ablate
