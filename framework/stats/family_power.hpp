#pragma once
/// What the rule in use finds: power of `judge_family`.

#include <cstddef>

#include "stats/summary.hpp"

namespace ablate {

/// Seeds from which on flips can refuse anything at 1 - confidence: 6 at 0.95. `confidence` in (0, 1), or
/// std::invalid_argument is thrown.
std::size_t fewest_seeds_for_flips(double confidence);

/// The difference, in standard deviations of a seed's difference, that one member of a family of `rows` finds
/// in `power` of all studies of so many seeds, the other members having none: the smallest shift at which its
/// simultaneous interval lies beyond 0. Differences are taken for normal and the rows for independent, which
/// costs the most. Simulated through `judge_family` from the stream "stats/family_power" (the interval moves
/// with the shift, so one pass gives every power): the same arguments give the same bits, with a standard error
/// of about 2%. For fewer seeds than flips need: the t test's, exactly. Not a number for fewer than two
/// seeds. `confidence` and `power` in (0, 1), `rows` at least 1, or std::invalid_argument is thrown. Source:
/// Westfall and Young 1993; Cohen 1988.
double detectable_by_family(std::size_t seeds, std::size_t rows, double confidence, double power = 0.8);

inline constexpr std::size_t most_seeds_searched = 100;

/// The fewest seeds, from 2 up, that find a difference of `size` standard deviations of a seed's difference in
/// `power` of all studies; 0 where `most_seeds_searched` are not enough. `size` is positive, all else as above.
std::size_t seeds_to_detect(double size, std::size_t rows, double confidence, double power = 0.8);

}  // namespace ablate
