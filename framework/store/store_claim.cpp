#include <fmt/format.h>

#include "base/error.hpp"
#include "base/numbers_version.hpp"
#include "base/time.hpp"
#include "store/store_rows.hpp"
#include "store/store_state.hpp"

namespace ablate {

const char* const next_run =
    "SELECT id FROM ("
    "SELECT * FROM (SELECT id, seed, place FROM run WHERE study_id = ?1 AND NOT obsolete "
    "AND (status IN ('planned', 'interrupted') OR (status = 'waiting' AND until_epoch > epochs_done)) "
    "AND id NOT IN (SELECT run_id FROM stop_request) "
    "AND NOT EXISTS (SELECT 1 FROM temp.put_off WHERE run_id = run.id AND until > ?2) "
    "ORDER BY seed, place LIMIT 1) UNION ALL "
    "SELECT * FROM (SELECT id, seed, place FROM run WHERE study_id = ?1 AND status = 'running' "
    "AND NOT obsolete AND lease_until < ?2 AND id NOT IN (SELECT run_id FROM stop_request) "
    "ORDER BY seed, place LIMIT 1) UNION ALL "
    "SELECT * FROM (SELECT run.id, seed, place FROM temp.retry CROSS JOIN run ON run.id = retry.run_id "
    "WHERE study_id = ?1 AND run.attempt = retry.attempt AND status IN ('failed', 'diverged') AND NOT obsolete "
    "AND run.id NOT IN (SELECT run_id FROM stop_request) ORDER BY seed, place LIMIT 1)) "
    "ORDER BY seed, place, id LIMIT 1";

namespace {

constexpr const char* candidate_of =
    "SELECT status, epochs_done, crashes, worker, coalesce(program_sha256 = ?2 AND numbers = ?3, 0) "
    "FROM run WHERE id = ?1";

constexpr const char* begin_run =
    "UPDATE run SET status = 'running', attempt = attempt + 1, worker = ?, lease_until = ?, started_at = ?, "
    "ended_at = NULL, error = NULL, peak_memory_bytes = NULL, "
    "crashes = iif(status IN ('failed', 'diverged'), 0, crashes) WHERE id = ?";

constexpr const char* forget_run =
    "UPDATE run SET epochs_done = 0, best_epoch = NULL, selected_by = NULL, train_evaluated = NULL, "
    "code_version = NULL, numbers = NULL, build = NULL, code_diff_sha256 = NULL, program_sha256 = NULL, "
    "machine_id = NULL, train_dataset_id = NULL, test_dataset_id = NULL, resumed = 0, seconds = NULL, exit_reason = NULL WHERE id = ?";

/// A run that may be taken.
struct Candidate {
  std::int64_t id = 0;
  RunStatus status = RunStatus::planned;
  int epochs_done = 0, crashes = 0;
  std::string worker;
  bool resumable = false;
};

/// Children first; a few rows each, found by the key's beginning.
void drop_results(Connection& connection, std::int64_t run_id) {
  for (const char* sql :
       {"DELETE FROM epoch WHERE run_id = ?", "DELETE FROM epoch_metric WHERE run_id = ?",
        "DELETE FROM run_metric WHERE run_id = ?", "DELETE FROM class_metric WHERE run_id = ?",
        "DELETE FROM confusion WHERE run_id = ?", "DELETE FROM leak WHERE run_id = ?",
        "DELETE FROM audit WHERE run_id = ?", "DELETE FROM checkpoint WHERE run_id = ?",
        "DELETE FROM model WHERE run_id = ?", "DELETE FROM prediction WHERE run_id = ?",
        "DELETE FROM epoch_value WHERE run_id = ?", "DELETE FROM run_value WHERE run_id = ?",
        "DELETE FROM repeated_epoch WHERE run_id = ?", "DELETE FROM run_output WHERE run_id = ?"}) {
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

std::optional<Candidate> next_candidate(Connection& connection, std::int64_t study_id,
                                        const Claimant& claimant, double now) {
  Candidate candidate;
  {
    Query query(connection, next_run);
    query << study_id << now;
    if (!query.next()) return std::nullopt;
    query >> candidate.id;
  }
  bool same_program = false;
  Query query(connection, candidate_of);
  query << candidate.id;
  query.text_or_null(claimant.program_sha256) << numbers_version;
  if (!query.next()) return std::nullopt;
  query >> candidate.status >> candidate.epochs_done >> candidate.crashes >> candidate.worker >> same_program;
  candidate.resumable = same_program && candidate.epochs_done > 0 &&
                        has_sound_state(connection, candidate.id, candidate.epochs_done);
  return candidate;
}

/// Counts a death of the run's worker and frees the run; true where it was one too many and the run failed.
bool count_crash(Connection& connection, std::int64_t run_id, const std::string& reason,
                 const std::string& now) {
  Query count(
      connection,
      "UPDATE run SET crashes = crashes + 1, status = 'interrupted', lease_until = NULL, ended_at = ?, "
      "error = ? WHERE id = ?");
  (count << now << reason << run_id).run();
  Query fail(
      connection,
      "UPDATE run SET status = 'failed', error = 'crashed ' || crashes || ' times without a new epoch: ' || ? "
      "WHERE id = ? AND crashes >= ?");
  fail << reason << run_id << Store::most_crashes;
  return fail.run() > 0;
}

}  // namespace

void Store::State::check_claim(std::int64_t run_id) {
  Query query(connection, "SELECT status = 'running' AND attempt = ? FROM run WHERE id = ?");
  const auto ours = claimed.find(run_id);
  query << (ours == claimed.end() ? 0 : ours->second.attempt) << run_id;
  bool still = false;
  if (ours != claimed.end() && query.next()) query >> still;
  if (still) return;
  throw ClaimLost(fmt::format("run {} in {} is not this worker's", run_id, connection.path().string()),
                  "its lease ran out and another worker took it, or it has ended: nothing needs doing");
}

void Store::State::add_seconds(std::int64_t run_id) {
  Claimed& ours = claimed[run_id];
  const double moment = steady();
  Query add(connection, "UPDATE run SET seconds = coalesce(seconds, 0) + ? WHERE id = ?");
  (add << moment - ours.counted << run_id).run();
  ours.counted = moment;
}

std::vector<RunAttempt> Store::failed_runs(std::int64_t study_id) {
  Connection& connection = state_->connection;
  return connection.guard([&] {
    Query query(
        connection,
        "SELECT id, attempt, status FROM run WHERE study_id = ? AND NOT obsolete AND status IN ('failed', "
        "'diverged') ORDER BY seed, place");
    query << study_id;
    std::vector<RunAttempt> runs;
    while (query.next()) {
      RunAttempt& run = runs.emplace_back();
      query >> run.run_id >> run.attempt >> run.status;
    }
    return runs;
  });
}

void Store::allow_retry(const std::vector<RunAttempt>& runs) {
  Connection& connection = state_->connection;
  connection.transaction([&] {
    Query put(connection, "INSERT OR REPLACE INTO temp.retry(run_id, attempt) VALUES (?, ?)");
    for (const RunAttempt& run : runs) (put << run.run_id << run.attempt).run();
  });
}

void Store::put_off(std::int64_t run_id, double seconds) {
  Connection& connection = state_->connection;
  connection.guard([&] {
    Query put(connection, "INSERT OR REPLACE INTO temp.put_off(run_id, until) VALUES (?, ?)");
    (put << run_id << state_->clock() + seconds).run();
  });
}

bool Store::is_any_put_off() {
  Connection& connection = state_->connection;
  return connection.guard([&] {
    Query any(
        connection,
        "SELECT 1 FROM temp.put_off CROSS JOIN run ON run.id = put_off.run_id WHERE until > ? AND status = 'interrupted' "
        "AND NOT obsolete AND run.id NOT IN (SELECT run_id FROM stop_request) LIMIT 1");
    return (any << state_->clock()).next();
  });
}

std::optional<RunRecord> Store::claim(std::int64_t study_id, const Claimant& claimant) {
  Connection& connection = state_->connection;
  const auto run = connection.transaction([&]() -> std::optional<RunRecord> {
    const double now = state_->clock();
    std::optional<Candidate> candidate;
    while ((candidate = next_candidate(connection, study_id, claimant, now))) {
      if (candidate->status != RunStatus::running) break;
      // Its worker died, or said nothing for so long that it must be taken for dead.
      const auto reason = fmt::format("its worker {} was gone without a word", candidate->worker);
      if (!count_crash(connection, candidate->id, reason, moment_text(now))) break;
    }
    if (!candidate) return std::nullopt;
    if (candidate->resumable) {
      Query resumed(connection, "UPDATE run SET resumed = resumed + 1 WHERE id = ?");
      (resumed << candidate->id).run();
    } else {
      drop_results(connection, candidate->id);
      Query forget(connection, forget_run);
      (forget << candidate->id).run();
    }
    Query begin(connection, begin_run);
    begin << claimant.worker << now + claimant.lease_seconds << moment_text(now) << candidate->id;
    begin.run();
    RunRecord claimed = read_run(connection, candidate->id);
    claimed.status = RunStatus::running;  // by the clock of this Store, which may not be the system's
    return claimed;
  });
  if (run) state_->claimed[run->id] = {run->attempt, state_->steady()};
  return run;
}

bool Store::crashed(std::int64_t run_id, int attempt, const std::string& reason) {
  Connection& connection = state_->connection;
  return connection.transaction([&] {
    Query running(connection, "SELECT 1 FROM run WHERE id = ? AND attempt = ? AND status = 'running'");
    running << run_id << attempt;
    if (!running.next()) return false;
    return count_crash(connection, run_id, reason, state_->now());
  });
}

void Store::renew(std::int64_t run_id, double lease_seconds) {
  Connection& connection = state_->connection;
  connection.transaction([&] {
    state_->check_claim(run_id);
    Query renew(connection, "UPDATE run SET lease_until = ? WHERE id = ?");
    (renew << state_->clock() + lease_seconds << run_id).run();
  });
}

std::vector<std::uint8_t> Store::checkpoint(std::int64_t run_id) {
  Connection& connection = state_->connection;
  return connection.guard([&] {
    Query query(connection, "SELECT state FROM checkpoint WHERE run_id = ?");
    query << run_id;
    std::vector<std::uint8_t> state;
    if (query.next()) query >> state;
    return state;
  });
}

bool Store::is_asked_to_stop(std::int64_t run_id) {
  Connection& connection = state_->connection;
  return connection.guard([&] {
    Query asked(connection, "SELECT 1 FROM stop_request WHERE run_id = ?");
    asked << run_id;
    return asked.next();
  });
}

void Store::set_output(std::int64_t run_id, int attempt, const std::string& stream, const std::string& text) {
  Connection& connection = state_->connection;
  connection.transaction([&] {
    Query put(
        connection,
        "REPLACE INTO run_output(run_id, stream, text) SELECT id, ?, ? FROM run WHERE id = ? AND attempt = ?");
    (put << stream << text << run_id << attempt).run();
  });
}

bool Store::release(std::int64_t study_id, const std::function<bool(const std::string&)>& is_dead) {
  Connection& connection = state_->connection;
  return connection.transaction([&] {
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
    return !dead.empty();
  });
}

void Store::set_provenance(std::int64_t run_id, const Provenance& provenance) {
  Connection& connection = state_->connection;
  const Stopwatch watch;
  connection.transaction([&] {
    state_->check_claim(run_id);
    Query update(
        connection,
        "UPDATE run SET code_version = ?, numbers = ?, build = ?, code_diff_sha256 = ?, program_sha256 = ?, "
        "selected_by = ?, train_evaluated = ?, machine_id = ?, train_dataset_id = ?, test_dataset_id = ? WHERE id = ?");
    update << provenance.code_version << numbers_version;
    update.text_or_null(provenance.build).text_or_null(provenance.code_diff_sha256);
    update.text_or_null(provenance.program_sha256);
    update << provenance.selected_by << provenance.train_evaluated;
    update.id_or_null(provenance.machine_id).id_or_null(provenance.train_dataset_id);
    update.id_or_null(provenance.test_dataset_id) << run_id;
    update.run();
    put_audit(connection, run_id, provenance);
  });
  state_->last_commit = {run_id, watch.seconds()};
}

}  // namespace ablate
