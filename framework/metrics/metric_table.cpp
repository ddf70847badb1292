#include "metrics/metric_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "metrics/metric_name.hpp"

namespace ablate {

namespace {

using Suite = MetricSuite;

constexpr std::array<Metric, 14> table{{
    {"accuracy", "Accuracy", Better::up, "Share of images whose predicted class is the true one.",
     &Suite::accuracy},
    {"top3_accuracy", "Top-3 accuracy", Better::up,
     "Share of images whose true class is among the three most probable; of equals the lower class number "
     "comes first.",
     &Suite::top3_accuracy},
    {"precision", "Macro precision", Better::up,
     "Mean over classes of the share of a class's predictions that are right; 0 for a class never predicted.",
     &Suite::precision},
    {"recall", "Macro recall", Better::up,
     "Mean over classes of the share of a class's images that are found; 0 for a class without images.",
     &Suite::recall},
    {"specificity", "Macro specificity", Better::up,
     "Mean over classes of the share of the other classes' images that are not taken for the class; 0 where "
     "there are "
     "none.",
     &Suite::specificity},
    {"f1", "Macro F1", Better::up,
     "Mean over classes of the harmonic mean of a class's precision and recall; 0 where both are 0.",
     &Suite::f1},
    {"f1_of_means", "F1 of the means", Better::up,
     "Harmonic mean of macro precision and macro recall; 0 where both are 0.", &Suite::f1_of_means},
    {"log_loss", "Log loss", Better::down,
     "Mean of -ln p(truth), from the logits, with p clipped to [1e-15, 1]: never above 34.54.",
     &Suite::log_loss, 0.0, Metric::endless},
    {"auc_roc", "AUC-ROC", Better::up,
     "Mean one-vs-rest area under the ROC curve, ties at mid-rank, over the classes that are neither absent "
     "from the "
     "truth nor all of it.",
     &Suite::auc_roc},
    {"weighted_f1", "Weighted F1", Better::up, "Mean of the classes' F1, each weighted with its images.",
     &Suite::weighted_f1},
    {"mcc", "Matthews correlation", Better::up,
     "Multi-class Matthews correlation of truth and prediction (Gorodkin 2004); 0 where either is a single "
     "class.",
     &Suite::mcc, -1.0, 1.0},
    {"kappa", "Cohen's kappa", Better::up,
     "Agreement of truth and prediction beyond chance (Cohen 1960); undefined where both are one and the "
     "same class.",
     &Suite::kappa, -1.0, 1.0},
    {"brier", "Brier score", Better::down,
     "Mean over images of the squared differences of probability and truth, summed over classes: from 0 to "
     "2.",
     &Suite::brier, 0.0, 2.0},
    {"ece", "Calibration error", Better::down,
     "Gap between the top probability and the accuracy, over 15 equal-width bins of the top probability, "
     "weighted with "
     "their images.",
     &Suite::ece},
}};

/// Of "test.accuracy"; null where the table has none.
const Metric* suite_metric(std::string_view name) {
  const MetricName parts = metric_name(name);
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Metric& metric) { return metric.name == parts.metric; });
  return parts.split.empty() || found == table.end() ? nullptr : &*found;
}

}  // namespace

std::span<const Metric> metric_table() { return table; }

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  names.reserve(table.size());
  for (const Metric& metric : table) names.emplace_back(metric.name);
  return names;
}

double kept_value(std::string_view name, double value) {
  const Metric* metric = suite_metric(name);
  const bool is_endless = metric && metric->highest == Metric::endless;
  const bool overflows = std::abs(value) > largest_value || (is_endless && value > Metric::endless);
  return overflows ? MetricSuite::none : value;
}

std::string impossible_text(std::string_view name, double value) {
  const Metric* metric = suite_metric(name);
  const double lowest = metric ? metric->lowest : -largest_value;
  const double highest = metric ? metric->highest : largest_value;
  if (metric ? metric->can_be(value) : !(std::abs(value) > largest_value)) return {};
  return fmt::format("{} is {}, which is not from {} to {}", name, value, lowest, highest);
}

const Metric& find_metric(std::string_view name) {
  const auto found =
      std::find_if(table.begin(), table.end(), [name](const Metric& metric) { return metric.name == name; });
  if (found == table.end()) {
    throw RequestError(fmt::format("there is no metric '{}'", name), suggestion(name, metric_names()));
  }
  return *found;
}

}  // namespace ablate
