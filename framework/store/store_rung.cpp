#include <cmath>

#include <fmt/format.h>

#include "store/store_state.hpp"

namespace ablate {
namespace {

std::vector<Store::RungRun> runs_at_rung(Connection& connection, std::int64_t study_id,
                                         const Monitor& monitor) {
  find_metric(monitor.metric);  // it becomes a column's name
  Query query(connection,
              fmt::format("SELECT run.id, run.variant_id, variant.is_baseline, run.status, run.epochs_done, "
                          "run.until_epoch, m.{} FROM run JOIN variant ON variant.id = run.variant_id "
                          "LEFT JOIN epoch_metric AS m ON m.run_id = run.id AND m.split = ? "
                          "AND m.epoch = run.until_epoch "
                          "WHERE run.study_id = ? AND NOT run.obsolete ORDER BY variant.position, run.seed",
                          monitor.metric));
  query << monitor.split << study_id;
  std::vector<Store::RungRun> runs;
  while (query.next()) {
    Store::RungRun& run = runs.emplace_back();
    query >> run.run_id >> run.variant_id >> run.is_baseline >> run.status >> run.epochs_done >>
        run.until_epoch >> run.value;
  }
  return runs;
}

/// Tables that hold a run's results, with the columns that follow run_id.
std::vector<std::pair<std::string, std::string>> result_tables() {
  const std::string metrics = metric_columns();
  return {{"epoch",
           "epoch, learning_rate, gradient_norm, train_seconds, evaluate_seconds, store_seconds, "
           "samples_per_second, metric_seconds"},
          {"epoch_metric", fmt::format("split, epoch, {}", metrics)},
          {"run_metric", fmt::format("split, epoch, {}", metrics)},
          {"class_metric", "split, class, precision, recall, f1, specificity, auc_roc, support"},
          {"confusion", "split, truth, predicted, count"},
          {"model", "epoch, weights, sha256"}};
}

constexpr const char* twin_of =
    "SELECT other.id FROM run JOIN variant ON variant.id = run.variant_id JOIN run AS other "
    "ON other.seed = run.seed AND other.train_dataset_id = run.train_dataset_id "
    "AND other.test_dataset_id = run.test_dataset_id AND other.program_sha256 = run.program_sha256 "
    "AND other.numbers = run.numbers AND other.status = 'done' AND other.id <> run.id "
    "JOIN variant AS same ON same.id = other.variant_id AND same.config_sha256 = variant.config_sha256 "
    "WHERE run.id = ? ORDER BY other.id LIMIT 1";

}  // namespace

bool Store::settle_rung(std::int64_t study_id, const Monitor& monitor,
                        const std::function<RungDecision(const std::vector<RungRun>&)>& decide) {
  Connection& connection = state_->connection;
  return connection.transaction([&] {
    const RungDecision decision = decide(runs_at_rung(connection, study_id, monitor));
    Query stop(connection,
               "UPDATE run SET status = 'stopped', exit_reason = ?, ended_at = ? WHERE id = ? AND status = "
               "'waiting'");
    Query forget(connection, "DELETE FROM checkpoint WHERE run_id = ?");
    Query weights(connection, "DELETE FROM model WHERE run_id = ?");
    for (const auto& [run_id, why] : decision.stop) {
      (stop << why << state_->now() << run_id).run();
      (forget << run_id).run();
      (weights << run_id).run();
    }
    Query go_on(connection, "UPDATE run SET until_epoch = ? WHERE id = ?");
    for (const auto& [run_id, until] : decision.go_on) (go_on << until << run_id).run();
    return !decision.stop.empty() || !decision.go_on.empty();
  });
}

std::optional<std::int64_t> Store::copy_twin(std::int64_t run_id) {
  Connection& connection = state_->connection;
  return connection.transaction([&]() -> std::optional<std::int64_t> {
    state_->check_claim(run_id);
    Query twin(connection, twin_of);
    twin << run_id;
    if (!twin.next()) return std::nullopt;
    std::int64_t other = 0;
    twin >> other;
    for (const auto& [table, columns] : result_tables()) {
      Query copy(connection,
                 fmt::format("INSERT INTO {0}(run_id, {1}) SELECT ?, {1} FROM {0} WHERE run_id = ?", table,
                             columns));
      (copy << run_id << other).run();
    }
    Query end(
        connection,
        "UPDATE run SET status = 'done', exit_reason = ?, ended_at = ?, lease_until = NULL, "
        "(epochs_done, best_epoch) = (SELECT epochs_done, best_epoch FROM run WHERE id = ?) WHERE id = ?");
    (end << fmt::format("copied from run {}: the same configuration, data and seed", other) << state_->now()
         << other << run_id)
        .run();
    state_->add_seconds(run_id);
    state_->claimed.erase(run_id);
    return other;
  });
}

}  // namespace ablate
