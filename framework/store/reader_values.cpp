#include <cmath>

#include "metrics/metric_table.hpp"
#include "store/connection.hpp"
#include "store/reader.hpp"
#include "store/row_checks.hpp"

namespace ablate {
namespace {

std::vector<FreeValueAt> rows_of(Connection& connection, const char* sql, std::int64_t run_id) {
  return connection.guard([&] {
    Query query(connection, sql);
    query << run_id;
    std::vector<FreeValueAt> rows;
    while (query.next()) {
      FreeValueAt& row = rows.emplace_back();
      query.count(row.epoch, run_id) >> row.value.split >> row.value.metric >> row.value.value;
      if (std::abs(row.value.value) > largest_value)
        check_value(run_id, row.epoch, row.value.split, row.value.metric, row.value.value);
    }
    return rows;
  });
}

}  // namespace

std::vector<FreeValueAt> Reader::run_values(std::int64_t run_id) const {
  return rows_of(*connection_,
                 "SELECT epoch, split, metric, value FROM epoch_value WHERE run_id = ? "
                 "ORDER BY split, metric, epoch",
                 run_id);
}

std::vector<FreeValueAt> Reader::run_selected_values(std::int64_t run_id) const {
  return rows_of(*connection_,
                 "SELECT epoch, split, metric, value FROM run_value WHERE run_id = ? ORDER BY split, metric",
                 run_id);
}

std::vector<RepeatedEpoch> Reader::run_repeats(std::int64_t run_id) const {
  return connection_->guard([&] {
    Query query(*connection_,
                "SELECT epoch, attempt, metric, first, again FROM repeated_epoch WHERE run_id = ? "
                "ORDER BY attempt, epoch");
    query << run_id;
    std::vector<RepeatedEpoch> rows;
    while (query.next()) {
      RepeatedEpoch& row = rows.emplace_back();
      query >> row.epoch >> row.attempt >> row.metric >> row.first >> row.again;
    }
    return rows;
  });
}

}  // namespace ablate
