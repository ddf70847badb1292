#include "stats/word.hpp"

#include <cmath>
#include <stdexcept>

namespace ablate {

Word word_of(const Interval& interval, double margin, Best best) {
  if (!(margin >= 0.0) || !std::isfinite(margin)) {
    throw std::invalid_argument("a margin is a number that is not negative");
  }
  const double low = best == Best::highest ? interval.low : -interval.high;
  const double high = best == Best::highest ? interval.high : -interval.low;
  const bool within = margin > 0.0 && -margin <= low && high <= margin;
  if (low > 0.0 && !std::isnan(high)) return within ? Word::better_within : Word::better;
  if (high < 0.0 && !std::isnan(low)) return within ? Word::worse_within : Word::worse;
  return within ? Word::same : Word::cannot_say;
}

bool is_settled(Word word) { return word != Word::cannot_say; }

}  // namespace ablate
