#pragma once
/// What a metric can be, for telling a file that was changed by hand.

#include <string_view>

namespace ablate {

struct MetricRange {
  double lowest = 0.0, highest = 1.0;
};

/// Of a metric of the table, by its definition: most are shares of 0 to 1.
MetricRange metric_range(std::string_view metric);

}  // namespace ablate
