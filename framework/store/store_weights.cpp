#include <algorithm>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "store/store_state.hpp"
#include "store/turns.hpp"

namespace ablate {
namespace {

std::vector<std::int64_t> losers(Connection& connection, std::int64_t study_id, const Monitor& monitor) {
  const Metric& metric = find_metric(monitor.metric);  // its name becomes a column's
  Query query(
      connection,
      fmt::format(
          "SELECT variant.id FROM variant JOIN run ON run.variant_id = variant.id AND run.status = 'done' "
          "AND NOT run.obsolete LEFT JOIN run_metric AS m ON m.run_id = run.id AND m.split = ? "
          "WHERE variant.study_id = ? GROUP BY variant.id ORDER BY avg(m.{}) {} NULLS LAST, "
          "variant.position LIMIT -1 OFFSET 1",
          metric.name, metric.better == Better::up ? "DESC" : "ASC"));
  query << monitor.split << study_id;
  std::vector<std::int64_t> ids;
  while (query.next()) query >> ids.emplace_back();
  return ids;
}

/// Gives free pages back where they are most of the file; not while somebody else has it open.
void shrink(Connection& connection) {
  SQLite::Database& database = connection.database();
  const auto number = [&](const char* sql) { return database.execAndGet(sql).getInt64(); };
  if (2 * number("PRAGMA freelist_count") < number("PRAGMA page_count")) return;
  database.setBusyTimeout(0);
  database.tryExec("VACUUM");
  wait_for_turns(database.getHandle(), writer_busy_milliseconds);
}

}  // namespace

int Store::keep_best_weights(std::int64_t study_id, const std::vector<std::int64_t>& variants,
                             const Monitor& monitor) {
  Connection& connection = state_->connection;
  const int dropped = connection.transaction([&] {
    int runs = 0;
    for (const std::int64_t id : losers(connection, study_id, monitor)) {
      if (std::find(variants.begin(), variants.end(), id) == variants.end()) continue;
      Query drop(
          connection,
          "DELETE FROM model WHERE run_id IN (SELECT run.id FROM run JOIN variant ON variant.id = run.variant_id "
          "WHERE variant.id = ? AND NOT variant.is_baseline AND run.status = 'done' "
          "AND NOT EXISTS (SELECT 1 FROM checkpoint WHERE checkpoint.run_id = run.id))");
      runs += (drop << id).run();
    }
    return runs;
  });
  if (dropped > 0) connection.guard([&] { shrink(connection); });
  return dropped;
}

}  // namespace ablate
