/// Epochs that are reported twice.

#include <cmath>

#include "base/error.hpp"
#include "store/store_rows.hpp"
#include "store/store_state.hpp"

namespace ablate {
namespace {

/// SQLite keeps not a number as NULL, and minus zero as zero; all else is the same only with the same bits.
bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

void note(RepeatedEpoch& found, const std::string& metric, double first, double again) {
  if (!found.metric.empty() || same(first, again)) return;
  found.metric = metric;
  found.first = first;
  found.again = again;
}

void compare_suite(Connection& connection, std::int64_t run_id, SplitName split, int epoch,
                   const std::optional<MetricSuite>& again, RepeatedEpoch& found) {
  if (!again) return;
  Query query(connection, "SELECT " + metric_columns() +
                              " FROM epoch_metric WHERE run_id = ? AND split = ? AND epoch = ?");
  query << run_id << split << epoch;
  MetricSuite first;
  if (query.next()) query >> first;
  for (const Metric& metric : metric_table()) {
    note(found, to_string(split) + '.' + std::string(metric.name), first.*metric.value,
         (*again).*metric.value);
  }
}

void compare_values(Connection& connection, std::int64_t run_id, int epoch, std::span<const FreeValue> values,
                    RepeatedEpoch& found) {
  for (const FreeValue& again : values) {
    Query query(connection,
                "SELECT value FROM epoch_value WHERE run_id = ? AND split = ? AND metric = ? AND epoch = ?");
    query << run_id << again.split << again.metric << epoch;
    double first = std::nan("");
    if (query.next()) query >> first;
    note(found, again.split.empty() ? again.metric : again.split + '.' + again.metric, first, again.value);
  }
}

}  // namespace

RepeatedEpoch Store::repeat_epoch(std::int64_t run_id, const EpochRecord& epoch, double lease_seconds,
                                  std::span<const FreeValue> values) {
  Connection& connection = state_->connection;
  return connection.transaction([&] {
    state_->check_claim(run_id);
    RepeatedEpoch found;
    found.epoch = epoch.epoch;
    found.attempt = state_->claimed[run_id].attempt;
    compare_suite(connection, run_id, SplitName::train, epoch.epoch, epoch.metrics.train, found);
    compare_suite(connection, run_id, SplitName::validation, epoch.epoch, epoch.metrics.validation, found);
    compare_suite(connection, run_id, SplitName::test, epoch.epoch, epoch.metrics.test, found);
    compare_values(connection, run_id, epoch.epoch, values, found);
    Query put(
        connection,
        "INSERT INTO repeated_epoch(run_id, epoch, attempt, metric, first, again) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET metric = coalesce(metric, excluded.metric), "
        "first = iif(metric IS NULL, excluded.first, first), "
        "again = iif(metric IS NULL, excluded.again, again)");
    (put << run_id << found.epoch << found.attempt).text_or_null(found.metric);
    (put << found.first << found.again).run();
    Query state(connection, "UPDATE checkpoint SET state = ?, sha256 = ? WHERE run_id = ?");
    (state << epoch.checkpoint << bytes_sha256(epoch.checkpoint) << run_id).run();
    Query renew(connection, "UPDATE run SET lease_until = ? WHERE id = ?");
    (renew << state_->clock() + lease_seconds << run_id).run();
    state_->add_seconds(run_id);
    return found;
  });
}

void Store::withdraw_begun(std::int64_t study_id) {
  Connection& connection = state_->connection;
  connection.transaction([&] {
    Query withdraw(connection,
                   "UPDATE run SET status = 'planned', attempt = 0, crashes = 0, lease_until = NULL, "
                   "ended_at = NULL WHERE study_id = ? AND epochs_done = 0 AND NOT obsolete "
                   "AND status IN ('failed', 'running', 'interrupted')");
    (withdraw << study_id).run();
  });
}

}  // namespace ablate
