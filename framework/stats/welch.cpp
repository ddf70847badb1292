#include "stats/welch.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "stats/distributions.hpp"

namespace ablate {

IndependentDifference independent_difference(std::span<const double> from, std::span<const double> to,
                                             double confidence, std::size_t rows) {
  require_confidence(confidence);
  if (rows == 0) throw std::invalid_argument("no difference is judged");
  IndependentDifference result;
  result.from = summarize(from);
  result.to = summarize(to);
  result.difference = result.to.mean - result.from.mean;
  if (from.size() < 2 || to.size() < 2) {
    result.reason = "a side has fewer than two runs";
    return result;
  }
  if (!has_spread(result.from) && !has_spread(result.to)) {
    result.reason = "neither side has any spread";
    return result;
  }
  // In units of the larger spread: the degrees of freedom need its fourth power.
  const double unit = std::max(result.from.standard_deviation, result.to.standard_deviation);
  const auto share = [unit](const Summary& side) {
    const double spread = side.standard_deviation / unit;
    return spread * spread / static_cast<double>(side.n);
  };
  const double a = share(result.from), b = share(result.to);
  const auto part = [](double of, const Summary& side) { return of * of / static_cast<double>(side.n - 1); };
  result.standard_error = unit * std::sqrt(a + b);
  result.degrees = (a + b) * (a + b) / (part(a, result.from) + part(b, result.to));
  result.t = result.difference / result.standard_error;
  const auto count = static_cast<double>(rows);
  result.p = std::min(1.0, count * two_sided_t_p(result.t, result.degrees));
  const double reach =
      t_quantile_above((1.0 - confidence) / (2.0 * count), result.degrees) * result.standard_error;
  result.interval = {result.difference - reach, result.difference + reach};
  return result;
}

}  // namespace ablate
