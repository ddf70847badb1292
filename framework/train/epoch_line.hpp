#pragma once
/// A line of `$ABLATE_METRICS`: one epoch of a run that another program trains.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ablate {

struct EpochLine {
  struct Value {
    std::string name;    ///< "validation.accuracy"
    double value = 0.0;  ///< NaN for null, NaN, the infinities and what overflows (`kept_value`)
  };
  int epoch = 0;              ///< from 0, which many programs report before they train
  std::vector<Value> values;  ///< in the order of the line; no name twice
  std::optional<double> learning_rate, seconds, samples;  ///< keys of these names
};

struct LineLimits {
  static constexpr std::size_t bytes = 4u << 20;
  static constexpr std::size_t values = 10'000;
  static constexpr std::size_t name = 200;  ///< bytes
  static constexpr int epoch = 1'000'000'000;
};

/// Reads one JSON object (RFC 8259) of names and numbers; NaN, Infinity and -Infinity count as numbers, since
/// Python writes them. Throws RequestError, without a place, for anything else: nested values, texts, names twice,
/// no "epoch", text that is not UTF-8, a metric of our suite that it cannot be.
EpochLine parse_epoch_line(std::string_view line);

}  // namespace ablate
