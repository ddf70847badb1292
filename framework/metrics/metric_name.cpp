#include "metrics/metric_name.hpp"

namespace ablate {

MetricName metric_name(std::string_view name) {
  const std::size_t dot = name.find('.');
  const std::string_view split = name.substr(0, dot);
  const bool known = split == "train" || split == "validation" || split == "test";
  if (dot == std::string_view::npos || dot + 1 == name.size() || !known) return {{}, std::string(name)};
  return {std::string(split), std::string(name.substr(dot + 1))};
}

std::string to_string(const MetricName& name) {
  return name.split.empty() ? name.metric : name.split + '.' + name.metric;
}

}  // namespace ablate
