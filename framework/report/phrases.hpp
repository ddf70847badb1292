#pragma once
/// Numbers as a report writes them.

#include <string>
#include <string_view>
#include <vector>

#include "ablate/report/comparison.hpp"

namespace ablate {

/// After a number of which a test image was part: see the leak audit.
inline constexpr std::string_view dagger = " †";

/// "3 seeds", "1 seed".
std::string counted(std::size_t n, std::string_view noun);

/// "0.8412 ± 0.0021", without the deviation for n = 1, "–" for n = 0.
std::string mean_text(const Summary& summary, int decimals = 4);

/// "+0.0123", "−0.0123", "0.0000".
std::string signed_text(double number, int decimals = 4);

/// "−0.0010 to +0.0234".
std::string interval_text(const Interval& interval);

/// "+0.0123 (−0.0010 to +0.0234)"; without the interval where there is none.
std::string difference_text(const Difference& difference);

/// "0.0313", "1": three digits; "–" for none.
std::string p_text(double p);

/// "seeds 1-3, 7", "seed 4", "no seed".
std::string seeds_text(const std::vector<std::int64_t>& seeds);

/// "A, B, C and 4 more".
std::string names_text(const std::vector<std::string>& names, std::size_t most = 6);

/// "95 %".
std::string confidence_text(double confidence);

/// "none", "0.5", "[64, 32]": a factor's value; "–" for NULL.
std::string factor_text(const Value& value);
/// What pages call a factor: the study's name for it, else its key.
std::string factor_name(const Comparison& comparison, const std::string& key);
/// What pages write for its value: the study's label, else factor_text.
std::string factor_label(const Comparison& comparison, const std::string& key, const Value& value);

/// A number for a file: NULL where it is not finite.
Value number_or_null(double number);
Value whole(std::size_t number);
/// A reason for a file: NULL where there is none.
Value text_or_null(std::string_view text);

/// The dagger where a test number of this variant is no evidence.
std::string_view mark(const VariantSummary& variant, SplitName split);
/// The dagger where a number of the primary metric that is over all variants is no evidence.
std::string_view mark_of_all(const Comparison& comparison);

}  // namespace ablate
