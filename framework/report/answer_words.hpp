#pragma once
/// The answer in words: a headline, three bullets, chips.

#include <string>
#include <string_view>
#include <vector>

#include "report/comparison.hpp"
#include "report/said_words.hpp"

namespace ablate {

inline constexpr std::size_t most_headline_words = 25;

/// The dagger where one of the variants has a leak.
std::string_view mark(const Comparison& comparison, const std::vector<std::size_t>& variants);
/// The dagger where a side of the contrast has a leak, and a difference of it is no evidence.
std::string_view mark(const Comparison& comparison, const AnsweredContrast& of);

/// At most `most_headline_words` words that answer the question; why there is no answer where there is none.
std::string headline(const Comparison& comparison);

/// Effects by level; the price; what weakens it. Each is sentences, not escaped.
std::vector<std::string> answer_bullets(const Comparison& comparison);

/// Runs and audit, a few words each.
std::vector<std::string> chips(const Comparison& comparison);

/// "width 64": a level of another factor, as pages call it.
std::string level_name(const Comparison& comparison, const AnsweredContrast& of, const LevelRow& level);

}  // namespace ablate
