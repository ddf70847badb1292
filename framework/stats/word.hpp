#pragma once
/// What an interval allows to say: the only words of a verdict.

#include "stats/friedman.hpp"
#include "stats/summary.hpp"

namespace ablate {

enum class Word {
  better,  ///< the whole interval lies beyond 0 on the better side
  worse,
  same,           ///< it lies within the margin on both sides of 0
  better_within,  ///< better, but by less than the margin: beyond 0 and within the margin
  worse_within,
  cannot_say,  ///< all else
};

/// Of the interval of a difference `to - from`, its ends included. `margin`: the smallest difference of
/// interest, in the metric's unit; 0 where none was named, and then nothing is the same. An interval without
/// ends cannot say. Throws std::invalid_argument for a margin that is negative or not finite. Source: three
/// outcomes by one interval, Rogers, Howard and Vessey 1993; two one-sided tests, Schuirmann 1987.
Word word_of(const Interval& interval, double margin, Best best);

/// Every word but `cannot_say`.
bool is_settled(Word word);

}  // namespace ablate
