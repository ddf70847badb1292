#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "store/connection.hpp"
#include "store/reader.hpp"
#include "store/store_rows.hpp"

namespace ablate {
namespace {

constexpr const char* of_study = "JOIN run ON run.id = m.run_id WHERE run.study_id = ?";
constexpr const char* of_run = "WHERE m.run_id = ?";

/// Rows of epoch_metric or run_metric, by run, split (train, validation, test) and epoch.
std::vector<SplitMetrics> split_metrics(Connection& connection, const char* table, const std::string& whose,
                                        std::int64_t id) {
  return connection.guard([&] {
    Query query(connection, fmt::format("SELECT m.run_id, m.split, m.epoch, {} FROM {} AS m {}",
                                        metric_columns("m."), table, whose));
    query << id;
    std::vector<SplitMetrics> rows;
    while (query.next()) {
      SplitMetrics& row = rows.emplace_back();
      query >> row.run_id >> row.split;
      query.count(row.epoch, row.run_id) >> row.suite;
      check_metrics(row.run_id, row.epoch, row.split, row.suite);
    }
    std::sort(rows.begin(), rows.end(), [](const SplitMetrics& a, const SplitMetrics& b) {
      return std::tie(a.run_id, a.split, a.epoch) < std::tie(b.run_id, b.split, b.epoch);
    });
    return rows;
  });
}

std::vector<EpochRow> epoch_rows(Connection& connection, const char* whose, std::int64_t id) {
  return connection.guard([&] {
    Query query(connection,
                fmt::format("SELECT m.run_id, m.epoch, m.learning_rate, m.gradient_norm, m.train_seconds, "
                            "m.evaluate_seconds, m.store_seconds, m.samples_per_second, m.metric_seconds "
                            "FROM epoch AS m {} "
                            "ORDER BY m.run_id, m.epoch",
                            whose));
    query << id;
    std::vector<EpochRow> rows;
    while (query.next()) {
      EpochRow& row = rows.emplace_back();
      query >> row.run_id;
      query.count(row.epoch, row.run_id) >> row.learning_rate >> row.gradient_norm >> row.train_seconds >>
          row.evaluate_seconds >> row.store_seconds >> row.samples_per_second >> row.metric_seconds;
    }
    return rows;
  });
}

}  // namespace

std::vector<SplitMetrics> Reader::curves(std::int64_t study_id) const {
  return split_metrics(*connection_, "epoch_metric", of_study, study_id);
}

std::vector<SplitMetrics> Reader::run_curves(std::int64_t run_id, const std::string& condition) const {
  return split_metrics(*connection_, "epoch_metric", of_run + condition, run_id);
}

std::vector<SplitMetrics> Reader::selected(std::int64_t study_id) const {
  return split_metrics(*connection_, "run_metric", of_study, study_id);
}

std::vector<SplitMetrics> Reader::run_selected(std::int64_t run_id) const {
  return split_metrics(*connection_, "run_metric", of_run, run_id);
}

std::vector<EpochRow> Reader::epochs(std::int64_t study_id) const {
  return epoch_rows(*connection_, of_study, study_id);
}

std::vector<EpochRow> Reader::run_epochs(std::int64_t run_id) const {
  return epoch_rows(*connection_, of_run, run_id);
}

std::optional<ModelRecord> Reader::run_model(std::int64_t run_id) const {
  return connection_->guard([&]() -> std::optional<ModelRecord> {
    Query query(*connection_, "SELECT epoch, weights, sha256 FROM model WHERE run_id = ?");
    query << run_id;
    if (!query.next()) return std::nullopt;
    ModelRecord model;
    std::string sha256;
    query >> model.epoch >> model.weights >> sha256;
    model.is_sound = sha256.empty() || sha256 == weights_sha256(model.weights);
    return model;
  });
}

std::vector<ClassMetrics> Reader::classes(std::int64_t run_id, SplitName split) const {
  return connection_->guard([&] {
    Query query(*connection_,
                "SELECT precision, recall, f1, specificity, auc_roc, support FROM class_metric "
                "WHERE run_id = ? AND split = ? ORDER BY class");
    query << run_id << split;
    std::vector<ClassMetrics> rows;
    while (query.next()) {
      ClassMetrics row{};
      std::int64_t support = 0;
      query >> row.precision >> row.recall >> row.f1 >> row.specificity >> row.auc_roc;
      query.count(support, run_id);
      row.support = static_cast<std::size_t>(support);
      rows.push_back(row);
    }
    return rows;
  });
}

std::vector<ConfusionEntry> Reader::confusion(std::int64_t run_id, SplitName split) const {
  return connection_->guard([&] {
    Query query(*connection_,
                "SELECT truth, predicted, count FROM confusion WHERE run_id = ? AND split = ? "
                "ORDER BY truth, predicted");
    query << run_id << split;
    std::vector<ConfusionEntry> entries;
    while (query.next()) {
      ConfusionEntry entry{};
      query.count(entry.truth, run_id).count(entry.predicted, run_id).count(entry.count, run_id);
      entries.push_back(entry);
    }
    return entries;
  });
}

}  // namespace ablate
