#include "store/gc.hpp"

#include <fmt/format.h>

#include "store/connection.hpp"

namespace ablate {
namespace {

/// One kind of thing: the rows that are deleted; what belongs to them goes with them.
struct Kind {
  const char* what;
  std::string sql;
};

std::vector<Kind> kinds(const GcOptions& options) {
  constexpr const char* ended =
      "(SELECT id FROM run WHERE status IN ('done', 'stopped', 'diverged', 'failed'))";
  constexpr const char* without_results =
      "(SELECT id FROM run WHERE status IN ('stopped', 'diverged', 'failed'))";  // a done run's is kept on request
  std::vector<Kind> all = {
      {"checkpoints of runs that ended",
       fmt::format("DELETE FROM checkpoint WHERE run_id IN {}", options.weights ? ended : without_results)}};
  if (options.archived) {
    all.push_back(
        {"archived studies",
         "DELETE FROM study WHERE archived AND NOT EXISTS (SELECT 1 FROM run WHERE study_id = study.id "
         "AND status = 'running')"});
    all.push_back({"archived runs", "DELETE FROM run WHERE archived AND status <> 'running'"});
  }
  if (options.obsolete) {
    all.push_back({"obsolete runs", "DELETE FROM run WHERE obsolete AND status <> 'running'"});
    all.push_back({"variants without a run",
                   "DELETE FROM variant WHERE NOT EXISTS (SELECT 1 FROM run WHERE variant_id = variant.id)"});
  }
  if (options.weights)
    all.push_back({"weights of runs", fmt::format("DELETE FROM model WHERE run_id IN {}", ended)});
  if (options.predictions)
    all.push_back({"predictions of runs", fmt::format("DELETE FROM prediction WHERE run_id IN {}", ended)});
  all.push_back(
      {"data sets that no run used",
       "DELETE FROM dataset WHERE id NOT IN (SELECT train_dataset_id FROM run WHERE train_dataset_id IS "
       "NOT NULL UNION SELECT test_dataset_id FROM run WHERE test_dataset_id IS NOT NULL)"});
  all.push_back(
      {"machines that no run used",
       "DELETE FROM machine WHERE id NOT IN (SELECT machine_id FROM run WHERE machine_id IS NOT NULL)"});
  return all;
}

std::int64_t pragma_number(Connection& connection, const char* sql) {
  return connection.database().execAndGet(sql).getInt64();
}

std::int64_t free_bytes(Connection& connection) {
  return pragma_number(connection, "PRAGMA freelist_count") * pragma_number(connection, "PRAGMA page_size");
}

}  // namespace

GcReport collect_garbage(const std::filesystem::path& database, const GcOptions& options, bool apply) {
  Connection connection(open_existing(database), database);
  return connection.guard([&] {
    GcReport report;
    report.free_bytes = free_bytes(connection);
    {
      SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
      for (const Kind& kind : kinds(options)) {
        const std::int64_t free = free_bytes(connection), rows = connection.database().getTotalChanges();
        const int count = connection.database().exec(kind.sql);
        if (count == 0) continue;
        report.items.push_back({kind.what, count, connection.database().getTotalChanges() - rows,
                                free_bytes(connection) - free});
      }
      if (apply) transaction.commit();
    }
    if (apply) connection.database().exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    report.file_bytes = static_cast<std::uintmax_t>(pragma_number(connection, "PRAGMA page_count") *
                                                    pragma_number(connection, "PRAGMA page_size"));
    return report;
  });
}

}  // namespace ablate
