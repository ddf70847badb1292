#include <stdexcept>

#include <fmt/format.h>

#include "base/time.hpp"
#include "store/store_rows.hpp"
#include "store/store_state.hpp"

namespace ablate {
namespace {

/// Calls `visit(split, value)` for each split that has one.
template <class T, class Visit>
void each_split(const BySplit<T>& values, Visit&& visit) {
  if (values.train) visit(SplitName::train, *values.train);
  if (values.validation) visit(SplitName::validation, *values.validation);
  if (values.test) visit(SplitName::test, *values.test);
}

std::string insert_metrics(const char* verb) {
  std::string places = "?, ?, ?";
  for (std::size_t i = 0; i < metric_table().size(); ++i) places += ", ?";
  return fmt::format("{}(run_id, split, epoch, {}) VALUES ({})", verb, metric_columns(), places);
}

void put_metrics(Connection& connection, const std::string& sql, std::int64_t run_id,
                 const EpochRecord& epoch) {
  each_split(epoch.metrics, [&](SplitName split, const MetricSuite& suite) {
    Query put(connection, sql);
    (put << run_id << split << epoch.epoch << suite).run();
  });
}

void put_values(Connection& connection, const char* sql, std::int64_t run_id, int epoch,
                std::span<const FreeValue> values) {
  Query put(connection, sql);
  for (const FreeValue& value : values)
    (put << run_id << value.split << value.metric << epoch << value.value).run();
}

void put_selected(Connection& connection, std::int64_t run_id, const EpochRecord& epoch,
                  std::span<const FreeValue> values) {
  static const std::string insert = insert_metrics("INSERT INTO run_metric");
  Query clear(connection, "DELETE FROM run_metric WHERE run_id = ?");
  (clear << run_id).run();
  put_metrics(connection, insert, run_id, epoch);
  Query forget(connection, "DELETE FROM run_value WHERE run_id = ?");
  (forget << run_id).run();
  put_values(connection, "INSERT INTO run_value(run_id, split, metric, epoch, value) VALUES (?, ?, ?, ?, ?)",
             run_id, epoch.epoch, values);
  Query best(connection, "UPDATE run SET best_epoch = ? WHERE id = ?");
  (best << epoch.epoch << run_id).run();
  if (epoch.weights.empty()) return;
  Query model(connection, "REPLACE INTO model(run_id, epoch, weights, sha256) VALUES (?, ?, ?, ?)");
  (model << run_id << epoch.epoch << epoch.weights << weights_sha256(epoch.weights)).run();
}

void put_classes(Connection& connection, std::int64_t run_id, SplitName split, const Evaluation& evaluation) {
  Query put(
      connection,
      "INSERT INTO class_metric(run_id, split, class, precision, recall, f1, specificity, auc_roc, support) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < evaluation.classes.size(); ++i) {
    const ClassMetrics& metrics = evaluation.classes[i];
    put << run_id << split << static_cast<std::int64_t>(i) << metrics.precision << metrics.recall
        << metrics.f1 << metrics.specificity << metrics.auc_roc << static_cast<std::int64_t>(metrics.support);
    put.run();
  }
}

void put_confusion(Connection& connection, std::int64_t run_id, SplitName split,
                   const Evaluation& evaluation) {
  const std::size_t classes = evaluation.classes.size();
  if (evaluation.confusion.size() != classes * classes) {
    throw std::invalid_argument("the confusion matrix is not classes x classes");
  }
  Query put(connection,
            "INSERT INTO confusion(run_id, split, truth, predicted, count) VALUES (?, ?, ?, ?, ?)");
  for (std::size_t entry = 0; entry < evaluation.confusion.size(); ++entry) {
    const std::int64_t count = evaluation.confusion[entry];
    if (count == 0) continue;
    put << run_id << split << static_cast<std::int64_t>(entry / classes)
        << static_cast<std::int64_t>(entry % classes);
    (put << count).run();
  }
}

void put_predictions(Connection& connection, std::int64_t run_id, const Evaluation& test) {
  if (test.predicted.empty()) return;
  const std::span<const std::uint8_t> classes = test.predicted;
  Query put(connection, "INSERT INTO prediction(run_id, classes, sha256) VALUES (?, ?, ?)");
  (put << run_id << classes << bytes_sha256(classes)).run();
}

/// Metrics at the selected epoch that whoever trained the run did not report itself.
void fill_selected(Connection& connection, std::int64_t run_id, SplitName split, const MetricSuite& suite) {
  Query add(
      connection,
      "INSERT OR IGNORE INTO run_metric(run_id, split, epoch) SELECT id, ?2, best_epoch FROM run WHERE id = ?1 "
      "AND best_epoch IS NOT NULL");
  (add << run_id << split).run();
  std::string columns;
  for (const Metric& metric : metric_table())
    columns += fmt::format("{0}{1} = coalesce({1}, ?)", columns.empty() ? "" : ", ", metric.name);
  Query fill(connection, fmt::format("UPDATE run_metric SET {} WHERE run_id = ? AND split = ?", columns));
  (fill << suite << run_id << split).run();
}

/// What the run goes on from after its last epoch.
void put_checkpoint(Connection& connection, std::int64_t run_id, std::span<const std::uint8_t> state) {
  if (state.empty()) return;
  Query put(connection,
            "REPLACE INTO checkpoint(run_id, epoch, state, sha256) SELECT id, epochs_done, ?2, ?3 FROM run "
            "WHERE id = ?1");
  (put << run_id << state << bytes_sha256(state)).run();
}

/// Drops what only a run that goes on needs, and the weights, unless they are kept.
void drop_state(Connection& connection, std::int64_t run_id, const Outcome& outcome) {
  const bool is_done = outcome.status == RunStatus::done;
  if (is_done && outcome.keep_checkpoint) return;
  Query checkpoint(connection, "DELETE FROM checkpoint WHERE run_id = ?");
  (checkpoint << run_id).run();
  if (is_done && outcome.keep_weights) return;
  Query model(connection, "DELETE FROM model WHERE run_id = ?");
  (model << run_id).run();
}

}  // namespace

void Store::add_epoch(std::int64_t run_id, const EpochRecord& epoch, double lease_seconds,
                      std::span<const FreeValue> values) {
  static const std::string insert = insert_metrics("INSERT INTO epoch_metric");
  const double store_seconds = state_->last_commit.first == run_id ? state_->last_commit.second : 0.0;
  const Stopwatch watch;
  Connection& connection = state_->connection;
  connection.transaction([&] {
    state_->check_claim(run_id);
    Query put(
        connection,
        "INSERT INTO epoch(run_id, epoch, learning_rate, gradient_norm, train_seconds, evaluate_seconds, "
        "metric_seconds, store_seconds, samples_per_second) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    put << run_id << epoch.epoch << epoch.learning_rate << epoch.gradient_norm << epoch.train_seconds
        << epoch.evaluate_seconds << epoch.metric_seconds << store_seconds << epoch.samples_per_second;
    put.run();
    put_metrics(connection, insert, run_id, epoch);
    put_values(connection,
               "INSERT INTO epoch_value(run_id, split, metric, epoch, value) VALUES (?, ?, ?, ?, ?)", run_id,
               epoch.epoch, values);
    if (epoch.selected) put_selected(connection, run_id, epoch, values);
    Query renew(
        connection,
        "UPDATE run SET epochs_done = max(epochs_done, ?), lease_until = ?, crashes = 0 WHERE id = ?");
    (renew << epoch.epoch << state_->clock() + lease_seconds << run_id).run();
    state_->add_seconds(run_id);
    put_checkpoint(connection, run_id, epoch.checkpoint);
  });
  state_->last_commit = {run_id, watch.seconds()};
}

void Store::finish(std::int64_t run_id, const Outcome& outcome) {
  if (outcome.status == RunStatus::planned || outcome.status == RunStatus::running) {
    throw std::invalid_argument(fmt::format("a run does not end as {}", to_string(outcome.status)));
  }
  Connection& connection = state_->connection;
  connection.transaction([&] {
    state_->check_claim(run_id);
    Query end(
        connection,
        "UPDATE run SET status = ?, error = ?, exit_reason = coalesce(?, exit_reason), peak_memory_bytes = ?, ended_at = ?, "
        "lease_until = NULL WHERE id = ?");
    (end << outcome.status).text_or_null(outcome.error).text_or_null(outcome.reason);
    (end.id_or_null(outcome.peak_memory_bytes) << state_->now() << run_id).run();
    state_->add_seconds(run_id);
    const bool goes_on = outcome.status == RunStatus::interrupted || outcome.status == RunStatus::waiting;
    if (goes_on) return;  // from its checkpoint
    drop_state(connection, run_id, outcome);
    if (outcome.status != RunStatus::done) return;
    each_split(outcome.at_selected, [&](SplitName split, const Evaluation& evaluation) {
      fill_selected(connection, run_id, split, evaluation.suite);
      put_classes(connection, run_id, split, evaluation);
      put_confusion(connection, run_id, split, evaluation);
    });
    if (outcome.at_selected.test) put_predictions(connection, run_id, *outcome.at_selected.test);
  });
  state_->claimed.erase(run_id);
}

}  // namespace ablate
