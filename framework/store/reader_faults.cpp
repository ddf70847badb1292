#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <sqlite3.h>

#include "store/connection.hpp"
#include "store/reader.hpp"
#include "store/schema.hpp"
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

void check_references(Connection& connection, std::vector<std::string>& faults) {
  Query query(connection,
              "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2");
  while (query.next()) {
    std::string table, parent;
    std::int64_t rows = 0;
    query >> table >> parent >> rows;
    faults.push_back(fmt::format("table {}: {} rows point to a {} that is not there", table, rows, parent));
  }
}

std::vector<std::string> columns_of(Connection& connection) {
  Query query(connection,
              "SELECT t.name || '.' || c.name FROM pragma_table_list AS t, pragma_table_info(t.name) AS c "
              "WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%' ORDER BY 1");
  std::vector<std::string> columns;
  while (query.next()) query >> columns.emplace_back();
  return columns;
}

/// Every table and column that the schema's version promises.
void check_schema(Connection& connection, std::vector<std::string>& faults) {
  Connection fresh(open_for_writing(":memory:", 0), ":memory:");
  const std::vector<std::string> expected = columns_of(fresh), found = columns_of(connection);
  for (const std::string& column : expected) {
    if (!std::binary_search(found.begin(), found.end(), column)) {
      faults.push_back(fmt::format("column {} is not there: was the schema changed by hand?", column));
    }
  }
}

void check_weights(Connection& connection, std::vector<std::string>& faults) {
  Query query(connection,
              "SELECT model.run_id, model.weights, model.sha256 FROM model JOIN run ON run.id = model.run_id "
              "WHERE run.status = 'done' AND model.sha256 IS NOT NULL ORDER BY 1");
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

void check_leases(Connection& connection, std::vector<std::string>& faults) {
  const double now =
      std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  Query query(connection,
              "SELECT run.id, study.name, variant.name, run.seed, run.worker, run.started_at FROM run "
              "JOIN variant ON variant.id = run.variant_id JOIN study ON study.id = run.study_id "
              "WHERE run.status = 'running' AND run.lease_until < ? ORDER BY run.id");
  query << now;
  while (query.next()) {
    std::int64_t id = 0, seed = 0;
    std::string study, variant, worker, started_at;
    query >> id >> study >> variant >> seed >> worker >> started_at;
    faults.push_back(
        fmt::format("run {} ({}/{}/{}) was left by worker {}, which began it at {}; `ablate run` takes it up",
                    id, study, variant, seed, worker, started_at));
  }
}

}  // namespace

std::vector<std::string> Reader::faults() const {
  return connection_->guard([&] {
    std::vector<std::string> faults;
    for (const auto check : {check_pages, check_schema, check_references, check_weights, check_leases}) {
      try {
        check(*connection_, faults);
      } catch (const SQLite::Exception& error) {
        if (error.getErrorCode() != SQLITE_CORRUPT && error.getErrorCode() != SQLITE_ERROR) throw;
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
