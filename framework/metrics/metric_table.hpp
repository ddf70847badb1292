#pragma once
/// The one table of metrics: names, directions, definitions. Database columns, reports and the reference page
/// follow it.

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ablate {

/// One value per metric; not a number where it is not defined (or was not computed).
struct MetricSuite {
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();
  double accuracy = none, top3_accuracy = none;
  double precision = none, recall = none, specificity = none, f1 = none, f1_of_means = none;
  double log_loss = none, auc_roc = none;
  double weighted_f1 = none, mcc = none, kappa = none;
  double brier = none, ece = none;
};

enum class Better { up, down };

struct Metric {
  std::string_view name;   ///< as in MetricSuite, in the database and in "test.<name>"
  std::string_view title;  ///< for axes and table heads: "Macro F1"
  Better better;
  std::string_view definition;  ///< one sentence
  double MetricSuite::*value;
  double lowest = 0.0, highest = 1.0;  ///< what it can be; most are shares
};

/// Every metric, in the order of the database's columns.
std::span<const Metric> metric_table();

/// Names alone, in the same order.
std::vector<std::string> metric_names();

/// The metric of that name; throws RequestError with the nearest name where there is none.
const Metric& find_metric(std::string_view name);

}  // namespace ablate
