#include "metrics/metric_range.hpp"

#include <limits>

namespace ablate {

MetricRange metric_range(std::string_view metric) {
  if (metric == "log_loss") return {0.0, std::numeric_limits<double>::infinity()};
  if (metric == "mcc" || metric == "kappa") return {-1.0, 1.0};
  if (metric == "brier") return {0.0, 2.0};
  return {};
}

}  // namespace ablate
