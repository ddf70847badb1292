#include "cli/foreign_metrics.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "base/text_value.hpp"
#include "metrics/metric_name.hpp"
#include "metrics/metric_table.hpp"
#include "text/escape.hpp"

namespace ablate {

std::pair<std::string, std::string> option_pair(const std::string& text, const char* option) {
  const std::size_t equals = text.rfind('=');
  if (equals != std::string::npos && equals > 0 && equals + 1 < text.size())
    return {text.substr(0, equals), text.substr(equals + 1)};
  throw RequestError(fmt::format("{} {}: expected name=value", option, text));
}

std::map<std::string, std::string> metric_map(const ImportOptions& options) {
  std::map<std::string, std::string> names;
  for (const std::string& given : options.names) {
    const auto [theirs, ours] = option_pair(given, "--map");
    for (const auto& [known, name] : names) {
      if (known == theirs)
        throw RequestError(fmt::format("--map: {} is called both {} and {}", theirs, name, ours),
                           "one --map for each of their names");
      if (name == ours)
        throw RequestError(fmt::format("--map: both {} and {} would be {}", known, theirs, ours),
                           "another name for one of them");
    }
    names[theirs] = ours;
  }
  return names;
}

namespace {

/// Of trackers only runs with metrics come here.
[[noreturn]] void refuse_without_metrics(const ForeignRun& run) {
  std::vector<std::string> columns;
  for (const auto& [key, value] : run.params) columns.push_back(key);
  throw RequestError(
      "no column is a metric: none begins with train., validation. or test., and no --map names one",
      fmt::format("--map COLUMN=test.NAME --metric test.NAME=up, or =down; there are {}",
                  fmt::join(columns, ", ")));
}

}  // namespace

ForeignMetrics::ForeignMetrics(const std::vector<ForeignRun>& runs, const ImportOptions& options)
    : asked_(options.primary) {
  std::set<std::string> reported;
  for (const ForeignRun& run : runs) {
    for (const ForeignPoint& point : run.points) reported.insert(point.metric);
  }
  reported_.assign(reported.begin(), reported.end());
  if (reported_.empty() && !runs.empty()) refuse_without_metrics(runs.front());
  for (const std::string& given : options.directions) {
    const auto [name, way] = option_pair(given, "--metric");
    if (way != "up" && way != "down")
      throw RequestError(fmt::format("--metric {}: expected {}=up or {}=down", given, name, name));
    if (!reported.contains(name))
      throw RequestError(fmt::format("--metric: the runs have no metric '{}'", name),
                         suggestion(name, reported_));
    declare(name, way == "up");
  }
  for (const std::string& name : reported_) {
    const MetricName parts = metric_name(name);
    for (const Metric& metric : metric_table()) {
      if (!parts.split.empty() && metric.name == parts.metric) declare(name, metric.better == Better::up);
    }
  }
}

void ForeignMetrics::declare(const std::string& name, bool up) {
  const bool is_known =
      std::any_of(declared_.begin(), declared_.end(), [&](const auto& one) { return one.first == name; });
  if (!is_known) declared_.push_back({name, up});
}

std::string ForeignMetrics::directions() const {
  std::vector<std::string> texts;
  for (const auto& [name, up] : declared_)
    texts.push_back(fmt::format("{}: {}", json_text(name), up ? "up" : "down"));
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string ForeignMetrics::primary() const {
  if (!asked_.empty()) return asked_;
  for (const auto& [name, up] : declared_) {
    if (metric_name(name).split == "test") return name;
  }
  if (!declared_.empty() && !metric_name(declared_.front().first).split.empty())
    return declared_.front().first;
  throw RequestError("which metric is the report about, and which way is better?",
                     fmt::format("{}; there are {}", primary_hint(), fmt::join(reported_, ", ")));
}

/// How to name a metric to report on: one of test, else of validation, as it is, another one with a split.
std::string ForeignMetrics::primary_hint() const {
  for (const char* split : {"test", "validation"}) {
    const auto found = std::find_if(reported_.rbegin(), reported_.rend(), [&](const std::string& name) {
      return metric_name(name).split == split;
    });
    if (found != reported_.rend()) return fmt::format("--metric {}=up, or =down", *found);
  }
  const auto plain = std::find_if(reported_.begin(), reported_.end(),
                                  [](const std::string& name) { return metric_name(name).split.empty(); });
  return fmt::format("--map {0}=test.{0} --metric test.{0}=up",
                     plain == reported_.end() ? "accuracy" : *plain);
}

}  // namespace ablate
