#pragma once
/// Numbers as a report writes them.

#include <string>
#include <string_view>
#include <vector>

#include "report/comparison.hpp"
#include "text/numbers.hpp"

namespace ablate {

/// After a number of which a test image was part: see the leak audit.
inline constexpr std::string_view dagger = " †";

/// "0.8412 ± 0.0021", without the deviation for n = 1, "–" for n = 0.
std::string mean_text(const Summary& summary, int decimals = 4);

/// "−0.0010 to +0.0234".
std::string interval_text(const Interval& interval, int decimals = 4);

/// The digits that a number needs: those that tell its interval's ends apart; without one, its own two first.
int decimals_of(const Interval& interval, double number);
int decimals_of(const Member& member);
int decimals_of(const PairedDifference& difference);
int decimals_for(const Summary& summary);

/// "+0.0123 (−0.0010 to +0.0234)"; without the interval where there is none.
/// "flips", "drawn flips", "t", "not judged".
std::string judged_text(Judged judged);

std::string difference_text(const Member& member);
std::string difference_text(const PairedDifference& difference);

/// "6 planned runs: 5 done, ...".
std::string runs_text(const RunCounts& counts);

/// "seeds 1-3, 7", "seed 4", "no seed".
std::string seeds_text(const std::vector<std::int64_t>& seeds);

/// "none", "0.5", "[64, 32]": a factor's value; "–" for NULL.
std::string factor_text(const Value& value);
/// What pages call a factor: the study's name for it, else the shortest end of its key that distinguishes it from the
/// study's others.
std::string factor_name(const Comparison& comparison, const std::string& key);
/// What pages write for its value: the study's label, else factor_text.
std::string factor_label(const Comparison& comparison, const std::string& key, const Value& value);

/// What Comparison::names_say_factors is to be: read that.
bool do_names_say_factors(const Comparison& comparison);
/// What figures and tables beside the factors call a variant: its levels where its name only repeats them,
/// "none, hidden 64", else its name.
std::string short_name(const Comparison& comparison, const VariantSummary& variant);

/// The dagger where a test number of this variant is no evidence.
std::string_view mark(const VariantSummary& variant, SplitName split);
/// The dagger where a number of the primary metric that is over all variants is no evidence.
std::string_view mark_of_all(const Comparison& comparison);

}  // namespace ablate
