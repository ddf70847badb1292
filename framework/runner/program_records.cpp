#include "runner/program_records.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include <fmt/format.h>

#include "metrics/metric_name.hpp"
#include "metrics/metric_table.hpp"
#include "metrics/split_value.hpp"
#include "store/contradiction.hpp"

namespace ablate {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::optional<MetricSuite>* suite_of(BySplit<MetricSuite>& suites, std::string_view split) {
  if (split == "train") return &suites.train;
  if (split == "validation") return &suites.validation;
  return split == "test" ? &suites.test : nullptr;
}

const Metric* metric_named(std::string_view name) {
  for (const Metric& metric : metric_table()) {
    if (metric.name == name) return &metric;
  }
  return nullptr;
}

/// The value of "validation.accuracy" in an epoch; NaN where it has none.
double value_in(const ReportedEpoch& reported, const std::string& name) {
  const MetricName parts = metric_name(name);
  BySplit<MetricSuite> suites = reported.record.metrics;
  const auto* suite = suite_of(suites, parts.split);
  if (const Metric* metric = suite && *suite ? metric_named(parts.metric) : nullptr)
    return (**suite).*metric->value;
  for (const FreeValue& value : reported.values) {
    if (value.split == parts.split && value.metric == parts.metric) return value.value;
  }
  return nan;
}

}  // namespace

ReportedEpoch reported_epoch(const EpochLine& line, double seconds) {
  ReportedEpoch reported;
  EpochRecord& record = reported.record;
  record.epoch = line.epoch;
  record.learning_rate = line.learning_rate.value_or(nan);
  record.gradient_norm = record.metric_seconds = nan;
  record.train_seconds = line.seconds.value_or(seconds);
  record.samples_per_second = line.samples ? *line.samples / record.train_seconds : nan;
  for (const EpochLine::Value& value : line.values) {
    const MetricName name = metric_name(value.name);
    auto* suite = suite_of(record.metrics, name.split);
    const Metric* metric = suite ? metric_named(name.metric) : nullptr;
    if (metric) {
      if (!*suite) suite->emplace();
      (**suite).*metric->value = value.value;
    } else {
      reported.values.push_back({name.split, name.metric, value.value});
    }
  }
  return reported;
}

EpochProgress progress_of(const ReportedEpoch& reported, int epochs) {
  const EpochRecord& record = reported.record;
  EpochProgress progress;
  progress.epoch = record.epoch;
  progress.epochs = std::max(epochs, record.epoch);
  progress.loss = value_in(reported, "train.loss");
  if (std::isnan(progress.loss)) progress.loss = value_in(reported, "train.log_loss");
  progress.validation_accuracy = value_in(reported, "validation.accuracy");
  progress.test_accuracy = value_in(reported, "test.accuracy");
  progress.samples_per_second = record.samples_per_second;
  progress.selected = record.selected;
  return progress;
}

std::string difference_text(const RepeatedEpoch& again) {
  if (again.metric.empty()) return {};
  if (std::isnan(again.first) || std::isnan(again.again)) {
    const auto value = [](double number) {
      return std::isnan(number) ? std::string("no number") : fmt::format("{}", number);
    };
    return fmt::format("epoch {} was repeated (attempt {}) with other numbers: {} was {} and is {}",
                       again.epoch, again.attempt, again.metric, value(again.first), value(again.again));
  }
  return fmt::format(
      "epoch {} was repeated (attempt {}) with other numbers: {} was {} and is {}, {:.3g} apart", again.epoch,
      again.attempt, again.metric, again.first, again.again, std::abs(again.first - again.again));
}

std::string lone_epoch_text(const std::set<int>& epochs) {
  if (epochs.size() != 1 || *epochs.begin() == 1) return {};
  return fmt::format(
      "it reported no epoch but {}; a program that writes $ABLATE_METRICS anew each time leaves one: let it append (>> in a "
      "shell, open(path, \"a\") in Python)",
      *epochs.begin());
}

std::string missing_text(const std::set<int>& epochs) {
  const auto positive = epochs.upper_bound(0);
  int step = positive == epochs.end() ? 1 : *positive;
  if (std::any_of(epochs.begin(), epochs.end(), [&](int epoch) { return epoch % step != 0; })) step = 1;
  int first = 0, missing = 0;
  for (auto epoch = epochs.begin(); epoch != epochs.end() && std::next(epoch) != epochs.end(); ++epoch) {
    const int between = (*std::next(epoch) - *epoch) / step - 1;
    if (between > 0 && missing == 0) first = *epoch + step;
    missing += between;
  }
  if (missing == 0) return {};
  return fmt::format("epoch {}{} is missing between those that it reported", first,
                     missing == 1 ? std::string() : fmt::format(" (the first of {})", missing));
}

std::string contradiction_text(const std::vector<SplitMetrics>& reported,
                               const BySplit<Evaluation>& predicted) {
  constexpr double rounding = 0.005;  // of what is reported with two digits
  for (const SplitMetrics& at : reported) {
    const auto& evaluation = value_of(predicted, at.split);
    if (!evaluation) continue;
    for (const Metric& metric : metric_table()) {
      const double said = at.suite.*metric.value, found = evaluation->suite.*metric.value;
      if (std::abs(said - found) > rounding * (1.0 + std::abs(found)))
        return fmt::format("{}.{} was reported as {:.4g}, {}{:.4g}", to_string(at.split), metric.name, said,
                           predictions_contradict, found);
    }
  }
  return {};
}

EpochSelection::EpochSelection(std::string metric, bool up) : metric_(std::move(metric)), up_(up) {}

void EpochSelection::resume(const Reader& reader, const RunRecord& run) {
  selected_ = run.best_epoch;
  if (!selected_ || metric_ == "last") return;
  ReportedEpoch best;
  for (const SplitMetrics& at : reader.run_selected(run.id)) {
    if (auto* suite = suite_of(best.record.metrics, to_string(at.split))) *suite = at.suite;
  }
  for (const FreeValueAt& row : reader.run_selected_values(run.id)) best.values.push_back(row.value);
  best_ = value_in(best, metric_);
}

bool EpochSelection::selects(const ReportedEpoch& reported, int latest) {
  if (metric_ == "last") {
    const bool is_latest = reported.record.epoch > latest;
    if (is_latest) selected_ = reported.record.epoch;
    return is_latest;
  }
  const double value = value_in(reported, metric_);
  if (std::isnan(value) || (best_ && (up_ ? value <= *best_ : value >= *best_))) return false;
  best_ = value;
  selected_ = reported.record.epoch;
  return true;
}

}  // namespace ablate
