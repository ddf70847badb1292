#pragma once
/// Numbers and truth values as YAML 1.2 writes them, and the one way in which the program writes them.

#include <cstdint>
#include <optional>
#include <string>

#include "config/field.hpp"
#include "config/node.hpp"
#include "config/trainer_settings.hpp"

namespace ablate {

/// Decimal digits with an optional sign; nothing where the node is quoted, no scalar, no whole number or too
/// large.
std::optional<std::int64_t> whole_number(const Node& node);
/// A finite decimal number; nothing as above, and for infinities and values that are not a number.
std::optional<double> number(const Node& node);
/// `true` or `false`.
std::optional<bool> truth(const Node& node);
/// A scalar's text as choices are written: "true" of a plain `True`.
std::string word_of(const Node& node);

/// "45s", "30min", "12h", "2d" or "none"; nothing for other texts.
std::optional<Duration> duration(const std::string& text);
/// The same, with the largest unit that leaves a whole number.
std::string to_string(const Duration& duration);

/// Shortest text that reads back as the same number; zero has no sign.
std::string number_text(double value);

/// "from 1 to 64", "above 0, at most 1", "from 0 to below 1"; empty for all numbers.
std::string range_text(const Range& range);

}  // namespace ablate
