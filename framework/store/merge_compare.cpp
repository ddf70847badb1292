#include "store/merge_compare.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "store/merge_tables.hpp"

namespace ablate {
namespace {

/// A table of a run's results: what names a row in the run, and what must be equal.
struct Compared {
  std::string table;
  std::vector<std::string> keys, values;
};

std::vector<std::string> metric_names_here() {
  std::vector<std::string> names;
  for (const Metric& metric : metric_table()) names.emplace_back(metric.name);
  return names;
}

/// "s.split = d.split AND s.epoch = d.epoch".
std::string same_keys(const Compared& compared) {
  std::string text;
  for (const std::string& key : compared.keys) text += fmt::format(" AND s.{0} = d.{0}", key);
  return text;
}

/// Whether both runs have the same rows up to that epoch; tables without epochs are compared whole.
bool equal_rows(const MergeContext& context, const Compared& compared, std::int64_t theirs, std::int64_t ours,
                int epochs) {
  const bool by_epoch = std::find(compared.keys.begin(), compared.keys.end(), "epoch") != compared.keys.end();
  const auto within = [&](const char* prefix) {
    return by_epoch ? fmt::format(" AND {}epoch <= ?3", prefix) : std::string(" AND ?3 IS NOT NULL");
  };
  Query query(
      context.into,
      fmt::format("SELECT (SELECT count(*) FROM {0}.{1} AS s CROSS JOIN main.{1} AS d ON d.run_id = ?2{2} "
                  "WHERE s.run_id = ?1{3} AND ({4}) IS ({5})), "
                  "(SELECT count(*) FROM {0}.{1} AS s WHERE run_id = ?1{3}), "
                  "(SELECT count(*) FROM main.{1} AS d WHERE run_id = ?2{6})",
                  context.from, compared.table, same_keys(compared), within("s."),
                  listed(compared.values, "s."), listed(compared.values, "d."), within("d.")));
  query << theirs << ours << epochs;
  std::int64_t equal = 0, of_theirs = 0, of_ours = 0;
  if (query.next()) query >> equal >> of_theirs >> of_ours;
  return equal == of_theirs && equal == of_ours;
}

/// Two runs may have kept predictions or only one of them; what both have must be equal.
bool equal_predictions(const MergeContext& context, std::int64_t theirs, std::int64_t ours) {
  Query query(context.into,
              fmt::format("SELECT 1 FROM {}.prediction AS s JOIN main.prediction AS d ON d.run_id = ?2 "
                          "WHERE s.run_id = ?1 AND s.classes <> d.classes",
                          context.from));
  query << theirs << ours;
  return !query.next();
}

/// "0.5 and 0.25, 0.25 apart".
std::string two_values(const Value& first, const Value& second) {
  const auto shown = [](const Value& value) { return to_string(value).empty() ? "NULL" : to_string(value); };
  const auto* a = std::get_if<double>(&first);
  const auto* b = std::get_if<double>(&second);
  return fmt::format("{} and {}{}", shown(first), shown(second),
                     a && b ? fmt::format(", {:.3g} apart", std::abs(*a - *b)) : "");
}

/// The first metric that differs; empty where a row is missing on one side.
std::string first_difference(const MergeContext& context, const Compared& metrics, std::int64_t theirs,
                             std::int64_t ours) {
  Query query(
      context.into,
      fmt::format("SELECT s.epoch, s.split, {0}, {1} FROM {2}.epoch_metric AS s JOIN main.epoch_metric "
                  "AS d ON d.run_id = ?2{3} WHERE s.run_id = ?1 AND ({0}) IS NOT ({1}) "
                  "ORDER BY s.epoch, s.split LIMIT 1",
                  listed(metrics.values, "s."), listed(metrics.values, "d."), context.from,
                  same_keys(metrics)));
  query << theirs << ours;
  if (!query.next()) return {};
  int epoch = 0;
  std::string split;
  query >> epoch >> split;
  std::vector<Value> first(metrics.values.size()), second(first.size());
  for (Value& value : first) query >> value;
  for (Value& value : second) query >> value;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i] == second[i]) continue;
    return fmt::format("{}.{} after epoch {} is {}", split, metrics.values[i], epoch,
                       two_values(first[i], second[i]));
  }
  return {};
}

/// The same of metrics outside the suite.
std::string first_value_difference(const MergeContext& context, std::int64_t theirs, std::int64_t ours) {
  Query query(
      context.into,
      fmt::format("SELECT s.epoch, iif(s.split = '', '', s.split || '.') || s.metric, s.value, d.value "
                  "FROM {}.epoch_value AS s JOIN main.epoch_value AS d ON d.run_id = ?2 AND "
                  "s.split = d.split AND s.metric = d.metric AND s.epoch = d.epoch "
                  "WHERE s.run_id = ?1 AND s.value IS NOT d.value ORDER BY 1, 2 LIMIT 1",
                  context.from));
  query << theirs << ours;
  if (!query.next()) return "one reports metrics outside the suite that the other does not";
  int epoch = 0;
  std::string metric;
  Value first, second;
  query >> epoch >> metric >> first >> second;
  return fmt::format("{} after epoch {} is {}", metric, epoch, two_values(first, second));
}

/// How far a status is; of a run that ended for good nothing more can come.
int rank(const std::string& status) {
  if (status == "planned") return 0;
  if (status == "failed") return 2;
  if (status == "stopped") return 3;
  return status == "done" || status == "diverged" ? 4 : 1;
}

RunComparison conflict(const std::string& difference) { return {Relation::conflict, difference}; }

RunComparison compare_ends(const MergeContext& context, const RunState& theirs, const RunState& ours) {
  const int first = rank(theirs.status), second = rank(ours.status);
  if (first != second) return {first > second ? Relation::ahead : Relation::behind};
  if (first == rank("done") && theirs.status != ours.status) {
    return conflict(fmt::format("one is {}, the other {}", theirs.status, ours.status));
  }
  if (theirs.status != "done") return {};
  if (theirs.best_epoch != ours.best_epoch) {
    return conflict(fmt::format("the selected epoch is {} and {}", theirs.best_epoch.value_or(0),
                                ours.best_epoch.value_or(0)));
  }
  const std::vector<Compared> tables = {{"run_metric", {"split", "epoch"}, metric_names_here()},
                                        {"class_metric",
                                         {"split", "class"},
                                         {"precision", "recall", "f1", "specificity", "auc_roc", "support"}},
                                        {"confusion", {"split", "truth", "predicted"}, {"count"}}};
  for (const Compared& compared : tables) {
    if (equal_rows(context, compared, theirs.id, ours.id, theirs.epochs_done)) continue;
    return conflict(fmt::format("their rows of {} differ", compared.table));
  }
  if (!equal_predictions(context, theirs.id, ours.id)) return conflict("their predictions differ");
  return {};
}

}  // namespace

RunComparison compare_runs(const MergeContext& context, const RunState& theirs, const RunState& ours) {
  const int common = std::min(theirs.epochs_done, ours.epochs_done);
  const Compared metrics{"epoch_metric", {"split", "epoch"}, metric_names_here()};
  if (!equal_rows(context, metrics, theirs.id, ours.id, common)) {
    const std::string found = first_difference(context, metrics, theirs.id, ours.id);
    return conflict(found.empty() ? "one lacks a split or an epoch that the other has" : found);
  }
  const Compared values{"epoch_value", {"split", "metric", "epoch"}, {"value"}};
  if (!equal_rows(context, values, theirs.id, ours.id, common))
    return conflict(first_value_difference(context, theirs.id, ours.id));
  const Compared epochs{"epoch", {"epoch"}, {"learning_rate", "gradient_norm"}};
  if (!equal_rows(context, epochs, theirs.id, ours.id, common)) {
    return conflict("learning rates or gradients differ");
  }
  if (theirs.epochs_done == ours.epochs_done) return compare_ends(context, theirs, ours);
  const bool ahead = theirs.epochs_done > ours.epochs_done;
  const RunState& shorter = ahead ? ours : theirs;
  if (rank(shorter.status) == rank("done")) {
    return conflict(fmt::format("{} epochs and {}, and the shorter one is {}", theirs.epochs_done,
                                ours.epochs_done, shorter.status));
  }
  return {ahead ? Relation::ahead : Relation::behind};
}

}  // namespace ablate
