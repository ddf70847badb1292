#include <fmt/format.h>

#include "ablate/base/error.hpp"
#include "ablate/base/time.hpp"
#include "ablate/store/store_rows.hpp"
#include "ablate/store/store_state.hpp"

namespace ablate {
namespace {

constexpr const char* next_run =
    "SELECT run.id FROM run JOIN variant ON variant.id = run.variant_id "
    "WHERE run.study_id = ?1 AND (run.status IN ('planned', 'interrupted') "
    "OR (run.status = 'running' AND run.lease_until < ?2) "
    "OR (?3 AND run.status IN ('failed', 'diverged') AND run.ended_at < ?4)) "
    "AND (?5 = '' OR run.variant_id IN (SELECT value FROM json_each(?5))) "
    "AND (?6 = '' OR run.seed IN (SELECT value FROM json_each(?6))) "
    "ORDER BY run.seed, variant.position LIMIT 1";

constexpr const char* begin_run =
    "UPDATE run SET status = 'running', attempt = attempt + 1, worker = ?, lease_until = ?, started_at = ?, "
    "ended_at = NULL, error = NULL, epochs_done = 0, best_epoch = NULL, selected_by = NULL, "
    "train_evaluated = NULL, code_version = NULL, "
    "machine_id = NULL, train_dataset_id = NULL, test_dataset_id = NULL WHERE id = ?";

/// Children first; a few rows each, found by the key's beginning.
void drop_results(Connection& connection, std::int64_t run_id) {
  for (const char* sql :
       {"DELETE FROM epoch WHERE run_id = ?", "DELETE FROM epoch_metric WHERE run_id = ?",
        "DELETE FROM run_metric WHERE run_id = ?", "DELETE FROM class_metric WHERE run_id = ?",
        "DELETE FROM confusion WHERE run_id = ?", "DELETE FROM leak WHERE run_id = ?",
        "DELETE FROM audit WHERE run_id = ?", "DELETE FROM checkpoint WHERE run_id = ?",
        "DELETE FROM model WHERE run_id = ?"}) {
    Query drop(connection, sql);
    (drop << run_id).run();
  }
}

RunRecord read_run(Connection& connection, std::int64_t run_id) {
  Query query(connection, select_runs + " WHERE run.id = ?");
  query << run_id;
  query.next();
  return run_of(query);
}

void put_audit(Connection& connection, std::int64_t run_id, const Store::Provenance& provenance) {
  for (const char* sql : {"DELETE FROM leak WHERE run_id = ?", "DELETE FROM audit WHERE run_id = ?"}) {
    Query clear(connection, sql);
    (clear << run_id).run();
  }
  Query leak(connection,
             "INSERT INTO leak(run_id, kind, detail, count) VALUES (?, ?, ?, ?) "
             "ON CONFLICT DO UPDATE SET count = count + excluded.count");
  for (const LeakRecord& found : provenance.leaks) {
    (leak << run_id << found.kind << found.detail << found.count).run();
  }
  if (!provenance.audit) return;
  const AuditRecord& audit = *provenance.audit;
  Query put(connection,
            "INSERT INTO audit(run_id, train_images, test_images, comparison) VALUES (?, ?, ?, ?)");
  (put << run_id << audit.train_images << audit.test_images << audit.comparison).run();
}

}  // namespace

void Store::State::check_claim(std::int64_t run_id) {
  Query query(connection, "SELECT status = 'running' AND attempt = ? FROM run WHERE id = ?");
  const auto claimed = attempts.find(run_id);
  query << (claimed == attempts.end() ? 0 : claimed->second) << run_id;
  bool ours = false;
  if (claimed != attempts.end() && query.next()) query >> ours;
  if (ours) return;
  throw ClaimLost(fmt::format("run {} in {} is not this worker's", run_id, connection.path().string()),
                  "its lease ran out and another worker took it, or it has ended: nothing needs doing");
}

std::optional<RunRecord> Store::claim(std::int64_t study_id, const std::string& worker, double lease_seconds,
                                      bool retry_failed) {
  Connection& connection = state_->connection;
  const State::Planned& planned = state_->planned[study_id];
  const auto run = connection.transaction([&]() -> std::optional<RunRecord> {
    const double now = state_->clock();
    std::int64_t run_id = 0;
    {
      Query candidate(connection, next_run);
      candidate << study_id << now << retry_failed << state_->opened_at << planned.variants << planned.seeds;
      if (!candidate.next()) return std::nullopt;
      candidate >> run_id;
    }
    drop_results(connection, run_id);
    Query begin(connection, begin_run);
    (begin << worker << now + lease_seconds << moment_text(now) << run_id).run();
    return read_run(connection, run_id);
  });
  if (run) state_->attempts[run->id] = run->attempt;
  return run;
}

void Store::release(std::int64_t study_id, const std::function<bool(const std::string&)>& is_dead) {
  Connection& connection = state_->connection;
  connection.transaction([&] {
    std::vector<std::string> dead;
    Query workers(connection, "SELECT DISTINCT worker FROM run WHERE study_id = ? AND status = 'running'");
    workers << study_id;
    while (workers.next()) {
      std::string worker;
      workers >> worker;
      if (is_dead(worker)) dead.push_back(worker);
    }
    Query free(connection,
               "UPDATE run SET lease_until = 0 WHERE study_id = ? AND status = 'running' AND worker = ?");
    for (const std::string& worker : dead) (free << study_id << worker).run();
  });
}

void Store::set_provenance(std::int64_t run_id, const Provenance& provenance) {
  Connection& connection = state_->connection;
  const Stopwatch watch;
  connection.transaction([&] {
    state_->check_claim(run_id);
    Query update(connection,
                 "UPDATE run SET code_version = ?, selected_by = ?, train_evaluated = ?, machine_id = ?, "
                 "train_dataset_id = ?, test_dataset_id = ? WHERE id = ?");
    update << provenance.code_version << provenance.selected_by << provenance.train_evaluated;
    update.id_or_null(provenance.machine_id).id_or_null(provenance.train_dataset_id);
    update.id_or_null(provenance.test_dataset_id) << run_id;
    update.run();
    put_audit(connection, run_id, provenance);
  });
  state_->last_commit = {run_id, watch.seconds()};
}

}  // namespace ablate
