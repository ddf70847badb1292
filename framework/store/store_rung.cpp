#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "store/store_state.hpp"

namespace ablate {
namespace {

std::vector<Store::RungRun> runs_at_rung(Connection& connection, std::int64_t study_id,
                                         const Monitor& monitor) {
  const auto table = metric_table();
  const bool in_suite = std::any_of(table.begin(), table.end(),
                                    [&](const Metric& metric) { return metric.name == monitor.metric; });
  Query query(
      connection,
      fmt::format("SELECT run.id, run.variant_id, variant.is_baseline, run.status, run.epochs_done, "
                  "run.until_epoch, m.{} FROM run JOIN variant ON variant.id = run.variant_id "
                  "LEFT JOIN {} AS m ON m.run_id = run.id AND m.split = ?1 AND m.epoch = run.until_epoch "
                  "AND (?3 IS NULL OR {} = ?3) "
                  "WHERE run.study_id = ?2 AND NOT run.obsolete ORDER BY variant.position, run.seed",
                  in_suite ? monitor.metric : "value", in_suite ? "epoch_metric" : "epoch_value",
                  in_suite ? "?3" : "m.metric"));
  (query << monitor.split << study_id).text_or_null(in_suite ? "" : monitor.metric);
  std::vector<Store::RungRun> runs;
  while (query.next()) {
    Store::RungRun& run = runs.emplace_back();
    query >> run.run_id >> run.variant_id >> run.is_baseline >> run.status >> run.epochs_done >>
        run.until_epoch >> run.value;
  }
  return runs;
}

}  // namespace

bool Store::settle_rung(std::int64_t study_id, const Monitor& monitor,
                        const std::function<RungDecision(const std::vector<RungRun>&)>& decide) {
  Connection& connection = state_->connection;
  return connection.transaction([&] {
    const RungDecision decision = decide(runs_at_rung(connection, study_id, monitor));
    Query stop(connection,
               "UPDATE run SET status = 'stopped', exit_reason = ?, ended_at = ? WHERE id = ? AND status = "
               "'waiting'");
    Query forget(connection, "DELETE FROM checkpoint WHERE run_id = ?");
    Query weights(connection, "DELETE FROM model WHERE run_id = ?");
    for (const auto& [run_id, why] : decision.stop) {
      (stop << why << state_->now() << run_id).run();
      (forget << run_id).run();
      (weights << run_id).run();
    }
    Query go_on(connection, "UPDATE run SET until_epoch = ? WHERE id = ?");
    for (const auto& [run_id, until] : decision.go_on) (go_on << until << run_id).run();
    return !decision.stop.empty() || !decision.go_on.empty();
  });
}

}  // namespace ablate
