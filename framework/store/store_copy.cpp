#include <fmt/format.h>

#include "store/store_rows.hpp"
#include "store/store_state.hpp"

namespace ablate {
namespace {

/// Tables that hold a run's results, with the columns that follow run_id.
using ResultTables = std::vector<std::pair<std::string, std::string>>;

/// Those that a run fills while it is trained.
ResultTables tables_of_epochs() {
  const std::string metrics = metric_columns();
  return {{"epoch",
           "epoch, learning_rate, gradient_norm, train_seconds, evaluate_seconds, store_seconds, "
           "samples_per_second, metric_seconds"},
          {"epoch_metric", fmt::format("split, epoch, {}", metrics)},
          {"run_metric", fmt::format("split, epoch, {}", metrics)},
          {"epoch_value", "split, metric, epoch, value"},
          {"run_value", "split, metric, epoch, value"},
          {"model", "epoch, weights, sha256"}};
}

ResultTables tables_of_done_runs() {
  ResultTables all = tables_of_epochs();
  all.emplace_back("class_metric", "split, class, precision, recall, f1, specificity, auc_roc, support");
  all.emplace_back("confusion", "split, truth, predicted, count");
  all.emplace_back("prediction", "classes, sha256");
  return all;
}

void copy_rows(Connection& connection, const ResultTables& tables, std::int64_t from, std::int64_t to) {
  for (const auto& [table, columns] : tables) {
    Query copy(connection, fmt::format("INSERT INTO {0}(run_id, {1}) SELECT ?, {1} FROM {0} WHERE run_id = ?",
                                       table, columns));
    (copy << to << from).run();
  }
}

/// Done runs with the data, the seed, the program and the arithmetic of run ?1.
const std::string like_this =
    "FROM run JOIN variant ON variant.id = run.variant_id JOIN run AS other "
    "ON other.seed = run.seed AND other.train_dataset_id = run.train_dataset_id "
    "AND other.test_dataset_id = run.test_dataset_id AND other.program_sha256 = run.program_sha256 "
    "AND other.numbers = run.numbers AND other.status = 'done' AND other.id <> run.id "
    "JOIN variant AS same ON same.id = other.variant_id ";

const std::string twin_of = "SELECT other.id " + like_this +
                            "WHERE run.id = ?1 AND same.config_sha256 = variant.config_sha256 "
                            "ORDER BY other.id LIMIT 1";

/// A run that early stopping ended trained fewer epochs than it might have.
const std::string may_go_on =
    "SELECT other.id, other.epochs_done, same.config_sha256 " + like_this +
    "JOIN checkpoint ON checkpoint.run_id = other.id AND checkpoint.epoch = other.epochs_done "
    "WHERE run.id = ?1 AND other.epochs_done < ?2 AND other.exit_reason LIKE 'all epochs%' "
    "ORDER BY other.epochs_done DESC, other.id";

}  // namespace

std::optional<std::int64_t> Store::copy_twin(std::int64_t run_id) {
  Connection& connection = state_->connection;
  return connection.transaction([&]() -> std::optional<std::int64_t> {
    state_->check_claim(run_id);
    Query twin(connection, twin_of);
    twin << run_id;
    if (!twin.next()) return std::nullopt;
    std::int64_t other = 0;
    twin >> other;
    copy_rows(connection, tables_of_done_runs(), other, run_id);
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

std::optional<Store::Beginning> Store::copy_beginning(std::int64_t run_id, int epochs,
                                                      const std::function<std::string(int epochs)>& shorter) {
  Connection& connection = state_->connection;
  return connection.transaction([&]() -> std::optional<Beginning> {
    state_->check_claim(run_id);
    Query candidates(connection, may_go_on);
    candidates << run_id << epochs;
    while (candidates.next()) {
      Beginning found;
      std::string config;
      candidates >> found.run_id >> found.epochs >> config;
      if (config != shorter(found.epochs) || !has_sound_state(connection, found.run_id, found.epochs))
        continue;
      copy_rows(connection, tables_of_epochs(), found.run_id, run_id);
      copy_rows(connection, {{"checkpoint", "epoch, state, sha256"}}, found.run_id, run_id);
      Query begun(connection,
                  "UPDATE run SET exit_reason = ?, (epochs_done, best_epoch) = "
                  "(SELECT epochs_done, best_epoch FROM run WHERE id = ?) WHERE id = ?");
      found.text = fmt::format("the first {} are those of run {}", found.epochs, found.run_id);
      (begun << found.text << found.run_id << run_id).run();
      return found;
    }
    return std::nullopt;
  });
}

}  // namespace ablate
