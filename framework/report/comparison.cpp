#include "report/comparison.hpp"

#include <algorithm>
#include <cmath>

#include "metrics/split_value.hpp"

namespace ablate {
const VariantSummary* baseline(const Comparison& comparison) {
  const auto& variants = comparison.variants;
  const auto found =
      std::find_if(variants.begin(), variants.end(), [](const auto& variant) { return variant.is_baseline; });
  return found == variants.end() ? nullptr : &*found;
}

bool has_sizes(const Comparison& comparison) {
  return std::any_of(comparison.variants.begin(), comparison.variants.end(),
                     [](const VariantSummary& variant) { return variant.parameters > 0; });
}

bool any_leaked(const Comparison& comparison) {
  return std::any_of(comparison.variants.begin(), comparison.variants.end(),
                     [](const auto& variant) { return variant.leaked; });
}

Summary selected(const VariantSummary& variant, SplitName split, std::size_t metric) {
  const auto& summaries = value_of(variant.selected, split);
  return summaries ? summaries->at(metric) : summarize({});
}

bool is_value(double number) {
  constexpr double largest = 1e150;
  return std::abs(number) <= largest;
}

bool ended_without_number(const Comparison& comparison, const RunSummary& run) {
  const std::optional<double>& value = value_of(run.selected, comparison.primary.split);
  return run.status == RunStatus::done && value && !is_value(*value);
}

bool ended_without_report(const Comparison& comparison, const RunSummary& run) {
  return run.status == RunStatus::done && !value_of(run.selected, comparison.primary.split);
}

Summary primary(const Comparison& comparison, const VariantSummary& variant) {
  return selected(variant, comparison.primary.split, comparison.primary.metric);
}

const std::vector<CurvePoint>& curve(const VariantSummary& variant, SplitName split) {
  static const std::vector<CurvePoint> none;
  const auto& points = value_of(variant.curves, split);
  return points ? *points : none;
}

std::vector<const VariantSummary*> ranked(const Comparison& comparison, SplitName split, std::size_t metric) {
  std::vector<const VariantSummary*> order;
  for (const VariantSummary& variant : comparison.variants) {
    if (selected(variant, split, metric).n > 0) order.push_back(&variant);
  }
  const double sign = comparison.metrics.at(metric).better == Better::up ? -1.0 : 1.0;
  const auto badness = [&](const VariantSummary* v) { return sign * selected(*v, split, metric).mean; };
  std::stable_sort(order.begin(), order.end(),
                   [&](const auto* a, const auto* b) { return badness(a) < badness(b); });
  return order;
}

const VariantSummary* best_by_validation(const Comparison& comparison) {
  const auto order = ranked(comparison, SplitName::validation, comparison.primary.metric);
  return order.empty() ? nullptr : order.front();
}

ReportMetric primary_metric(const Comparison& comparison) {
  return comparison.metrics.at(comparison.primary.metric);
}

std::vector<std::size_t> seven_metrics() {
  std::vector<std::size_t> places;
  const auto table = metric_table();
  for (const char* name : {"accuracy", "precision", "recall", "f1", "log_loss", "specificity", "auc_roc"}) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const Metric& m) { return m.name == name; });
    if (found != table.end()) places.push_back(static_cast<std::size_t>(found - table.begin()));
  }
  return places;
}

std::vector<std::string> seven_metric_names() {
  std::vector<std::string> names;
  for (const std::size_t place : seven_metrics()) names.emplace_back(metric_table()[place].name);
  return names;
}

}  // namespace ablate
