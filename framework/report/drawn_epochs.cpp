#include "report/drawn_epochs.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/error.hpp"

namespace ablate {
namespace {

DrawnEpochs drawn_up_to(int longest) {
  constexpr int enough = 2000;
  return {std::max(1, (longest + enough - 1) / enough), longest};
}

/// NULL is what was no number. What no metric can be is refused, as everywhere where results are read.
double metric_value(const Value& value, std::string_view metric) {
  constexpr double largest = 1e9;
  const auto* real = std::get_if<double>(&value);
  if (!real) return MetricSuite::none;
  if (std::abs(*real) > largest && !std::isinf(*real))
    throw RequestError(
        fmt::format("a row of the results file holds {} {}, which no metric can be", metric, *real),
        "was it changed by hand? `ablate doctor` checks it");
  return *real;
}

SplitName split_named(const Value& value) {
  for (const SplitName split : {SplitName::train, SplitName::validation}) {
    if (to_string(value) == to_string(split)) return split;
  }
  return SplitName::test;
}

}  // namespace

std::string DrawnEpochs::sql() const {
  return all() ? std::string() : fmt::format(" AND ((m.epoch - 1) % {} = 0 OR m.epoch = {})", step, last);
}

DrawnEpochs drawn_epochs(const std::vector<RunRecord>& runs) {
  int longest = 0;
  for (const RunRecord& run : runs) longest = std::max(longest, run.epochs_done);
  return drawn_up_to(longest);
}

DrawnEpochs drawn_epochs(const Comparison& comparison) {
  int longest = 0;
  for (const VariantSummary& variant : comparison.variants) {
    for (const RunSummary& run : variant.runs) longest = std::max(longest, run.epochs_done);
  }
  return drawn_up_to(longest);
}

std::vector<SplitMetrics> read_curves(const Reader& reader, std::int64_t run_id, const DrawnEpochs& drawn) {
  if (drawn.all()) return reader.run_curves(run_id);
  std::string metrics;
  for (const Metric& metric : metric_table()) metrics += fmt::format(", m.{}", metric.name);
  std::vector<SplitMetrics> rows;
  reader.select(fmt::format("SELECT m.split, m.epoch{} FROM epoch_metric m WHERE m.run_id = ?1{}", metrics,
                            drawn.sql()),
                {run_id}, [&](const std::vector<Value>& cells) {
                  SplitMetrics& row = rows.emplace_back();
                  row.run_id = run_id, row.split = split_named(cells[0]);
                  row.epoch = static_cast<int>(std::get<std::int64_t>(cells[1]));
                  for (std::size_t i = 0; i < metric_table().size(); ++i)
                    row.suite.*metric_table()[i].value = metric_value(cells[i + 2], metric_table()[i].name);
                });
  std::sort(rows.begin(), rows.end(), [](const SplitMetrics& a, const SplitMetrics& b) {
    return std::pair(a.split, a.epoch) < std::pair(b.split, b.epoch);
  });
  return rows;
}

}  // namespace ablate
