#pragma once
/// "test.bleu": a metric of a split.

#include <string>
#include <string_view>

namespace ablate {

struct MetricName {
  std::string split;   ///< "train", "validation", "test"; empty: of the run as a whole
  std::string metric;  ///< never empty
};

/// What is before the first dot is a split where it is one of the three.
MetricName metric_name(std::string_view name);
/// Back again.
std::string to_string(const MetricName& name);

}  // namespace ablate
