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

  /// Whether it can be that, with a little left to rounding; not a number is no value.
  bool can_be(double number) const {
    return number >= lowest - rounding ? number <= highest + rounding || number == beyond()
                                       : number != number;
  }
  /// What else it can be: infinity, of a metric without an end.
  double beyond() const { return highest < endless ? highest : std::numeric_limits<double>::infinity(); }
  static constexpr double rounding = 1e-9;
  static constexpr double endless = 1e9;  ///< as the highest: what is greater cannot be drawn
};

/// Every metric, in the order of the database's columns.
std::span<const Metric> metric_table();

/// Names alone, in the same order.
std::vector<std::string> metric_names();

/// A number as it is kept under a name such as "test.accuracy", which need not be in the table: not a number of what
/// overflows, as the loss of a run that diverges.
double kept_value(std::string_view name, double value);
/// The size of numbers of any name: the squares of what is greater cannot be summed.
inline constexpr double largest_value = 1e100;

/// "test.accuracy is 91.2, which is not from 0 to 1" of "test.accuracy"; empty: it can be.
std::string impossible_text(std::string_view name, double value);

/// The metric of that name; throws RequestError with the nearest name where there is none.
const Metric& find_metric(std::string_view name);

}  // namespace ablate
