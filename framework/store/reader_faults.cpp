#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include "base/error.hpp"
#include "metrics/metric_table.hpp"
#include "store/connection.hpp"
#include "store/reader.hpp"
#include "store/row_checks.hpp"
#include "store/run_sql.hpp"
#include "store/schema_check.hpp"
#include "store/store_rows.hpp"

namespace ablate {
namespace {

void check_pages(Connection& connection, std::vector<std::string>& faults) {
  Query query(connection, "PRAGMA integrity_check");
  while (query.next()) {
    std::string found;
    query >> found;
    if (found != "ok") faults.push_back(found);
  }
}

void check_rows(Connection& connection, std::vector<std::string>& faults) {
  for (const auto& [table, text] : our_tables()) {
    for (std::string& fault : broken_rows(connection, table, text)) faults.push_back(std::move(fault));
  }
}

void check_references(Connection& connection, std::vector<std::string>& faults) {
  Query query(connection,
              "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2");
  while (query.next()) {
    std::string table, parent;
    std::int64_t rows = 0;
    query >> table >> parent >> rows;
    faults.push_back(
        fmt::format("table {}: the {} of {} row{} is not there", table, parent, rows, rows == 1 ? "" : "s"));
  }
}

void check_weights(Connection& connection, std::vector<std::string>& faults) {
  Query query(connection,
              "SELECT model.run_id, model.weights, model.sha256 FROM model JOIN run ON run.id = model.run_id "
              "WHERE model.sha256 IS NOT NULL ORDER BY 1");
  while (query.next()) {
    std::int64_t id = 0;
    std::vector<float> weights;
    std::string sha256;
    query >> id >> weights >> sha256;
    if (weights_sha256(weights) == sha256) continue;
    faults.push_back(
        fmt::format("the weights of run {0} are damaged; `ablate export predictions {0} --retrain` does "
                    "without them",
                    id));
  }
}

void check_predictions(Connection& connection, std::vector<std::string>& faults) {
  Query query(connection, "SELECT run_id, classes, sha256 FROM prediction ORDER BY 1");
  while (query.next()) {
    std::int64_t id = 0;
    std::vector<std::uint8_t> classes;
    std::string sha256;
    query >> id >> classes >> sha256;
    if (bytes_sha256(classes) == sha256) continue;
    faults.push_back(fmt::format("the predictions of run {} are damaged; reports leave them out", id));
  }
}

void check_leases(Connection& connection, std::vector<std::string>& faults) {
  Query query(
      connection,
      fmt::format("SELECT run.id, study.name, variant.name, run.seed, run.worker, run.started_at FROM run "
                  "JOIN variant ON variant.id = run.variant_id JOIN study ON study.id = run.study_id "
                  "WHERE {} ORDER BY run.id",
                  run_is_left));
  while (query.next()) {
    std::int64_t id = 0, seed = 0;
    std::string study, variant, worker, started_at;
    query >> id >> study >> variant >> seed >> worker >> started_at;
    faults.push_back(
        fmt::format("run {} ({}/{}/{}) was left by worker {}, which began it at {}; `ablate run` takes it up",
                    id, study, variant, seed, worker, started_at));
  }
}

void check_values(Connection& connection, std::vector<std::string>& faults) {
  for (std::string& fault : impossible_values(connection, "main")) faults.push_back(std::move(fault));
}

}  // namespace

std::vector<std::string> Reader::faults() const {
  return connection_->guard([&] {
    std::vector<std::string> faults;
    for (const auto check : {check_pages, check_rows, check_references, check_values, check_weights,
                             check_predictions, check_leases}) {
      try {
        check(*connection_, faults);
      } catch (const SQLite::Exception& error) {
        if (error.getErrorCode() != SQLITE_CORRUPT && error.getErrorCode() != SQLITE_ERROR) throw;
        faults.emplace_back(error.what());
      } catch (const RequestError& error) {
        faults.emplace_back(error.what());
      }
    }
    return faults;
  });
}

int Reader::schema_version() const {
  return connection_->guard([&] {
    Query query(*connection_, "PRAGMA user_version");
    int version = 0;
    if (query.next()) query >> version;
    return version;
  });
}

}  // namespace ablate
