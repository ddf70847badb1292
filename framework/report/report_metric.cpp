#include "report/report_metric.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/suggest.hpp"

namespace ablate {

ReportMetric ReportMetrics::at(std::size_t place) const {
  const auto suite = metric_table();
  if (place >= suite.size()) return own.at(place - suite.size());
  const Metric& metric = suite[place];
  return {std::string(metric.name), std::string(metric.title), metric.better, metric.value, true};
}

std::size_t ReportMetrics::place_of(const std::string& name) const {
  std::vector<std::string> names;
  for (std::size_t place = 0; place < size(); ++place) {
    names.push_back(at(place).name);
    if (names.back() == name) return place;
  }
  throw RequestError(fmt::format("there is no metric '{}'", name), suggestion(name, names));
}

}  // namespace ablate
