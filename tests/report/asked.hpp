#pragma once
/// Studies of six seeds, and what is said of them.

#include <string>
#include <vector>

#include "report/answer_words.hpp"
#include "report/collect.hpp"
#include "report/synthetic.hpp"

namespace ablate {

// With six seeds a refusal needs all differences on one side of the tested mean, of one row (2 of 64 signs), so
// the interval of a single row runs from the least to the greatest difference: counted by hand.

inline const std::vector<double> six = {0.80, 0.81, 0.79, 0.80, 0.82, 0.80};

/// As `six`, changed by one difference per seed.
inline std::vector<double> changed(const std::vector<double>& by) {
  std::vector<double> values = six;
  for (std::size_t i = 0; i < by.size(); ++i) values[i] += by[i];
  return values;
}

inline Comparison asked(const StudyRecords& records, const ContrastSettings& contrast = {}) {
  ReportOptions options;
  options.contrast = contrast;
  return compare(records, options);
}

inline std::string bullets(const Comparison& comparison) {
  std::string text;
  for (const auto& bullet : answer_bullets(comparison)) text += bullet + "\n";
  return text;
}

}  // namespace ablate
