#pragma once
/// Epochs that a program reported again, after a kill, with other numbers than the first time.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/free_values.hpp"
#include "store/reader.hpp"

namespace ablate {

struct RepeatOf {
  std::int64_t run_id = 0;
  RepeatedEpoch epoch;  ///< `metric` is not empty
};

/// Of the study's runs that its newest plan has, by run.
std::vector<RepeatOf> study_repeats(const Reader& reader, std::int64_t study_id);

/// Adds those of one run.
void add_repeats(const Reader& reader, std::int64_t run_id, std::vector<RepeatOf>& repeats);

/// Whether an attempt after the first one repeated an epoch: the program was started again, and resumed.
bool is_any_resumed(const std::vector<RepeatOf>& repeats);

/// The one that is the furthest apart, in proportion to the numbers; nothing: there is none.
std::optional<RepeatedEpoch> widest(const std::vector<RepeatOf>& repeats);

/// "test.bleu by up to 0.3"; where one of the two is no number: "test.bleu, once without a number".
std::string size_text(const RepeatedEpoch& again);

}  // namespace ablate
