#pragma once
/// Which results a page does not show yet, so that nobody is led by differences that come and go with the seeds.

#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "store/reader.hpp"

namespace ablate {

/// Who wants differences to stay hidden until a planned look, or the end of the study.
enum class Blind {
  no,
  by_study,
  by_page,
  by_tuned  ///< it tunes for a study that is to be blind and has not ended: hidden though its own runs have
};

/// Nothing of the study may tell its variants apart yet: it is to be blind, runs of it are left, and this is no planned look.
bool is_hidden(const Comparison& comparison, Blind blind);

/// Runs of the study are left. A planned look does not count here: it is the answer, not every run behind it.
bool is_unfinished(const StudyCounts& counts);

/// "Hidden until every run has ended".
std::string hidden_headline(const Comparison& comparison, Blind blind);

/// Why, until when, and what looks all the same: a sentence each.
std::vector<std::string> hidden_reasons(const std::string& study, Blind blind);

/// Of an unfinished study that is shown, and so looked at: how to avoid that, or its cost. Empty where it costs nothing.
std::string how_not_to_look(const Comparison& comparison);

/// Throws RequestError: the page does not answer what could tell variants of these studies apart; the command `instead` does.
[[noreturn]] void refuse_hidden(const std::vector<std::string>& studies, const std::string& instead);

}  // namespace ablate
