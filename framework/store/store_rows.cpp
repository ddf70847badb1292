#include "store/store_rows.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/suggest.hpp"
#include "store/row_checks.hpp"

namespace ablate {

const std::string select_runs =
    "SELECT run.id, run.uuid, run.variant_id, variant.name, run.seed, "
    "iif(run.status = 'running' AND is_left(run.worker, run.lease_until), 'interrupted', run.status), run.attempt, "
    "run.epochs_done, run.best_epoch, run.until_epoch, run.error, run.exit_reason, run.obsolete, run.archived, "
    "run.code_version, coalesce(run.numbers, run.code_version IS NOT NULL), run.build, run.code_diff_sha256, "
    "run.program_sha256, run.machine_id, run.train_dataset_id, run.test_dataset_id, "
    "run.selected_by, run.train_evaluated, run.started_at, run.ended_at, run.seconds, run.crashes, run.resumed, "
    "run.peak_memory_bytes FROM run JOIN variant ON variant.id = run.variant_id";

RunRecord run_of(Query& row) {
  RunRecord run;
  row >> run.id >> run.uuid >> run.variant_id >> run.variant >> run.seed >> run.status;
  row.count(run.attempt, run.id).count(run.epochs_done, run.id).count(run.best_epoch, run.id);
  row.count(run.until_epoch, run.id) >> run.error >> run.exit_reason >> run.obsolete >> run.archived;
  RunOrigin& origin = run.origin;
  row >> origin.code_version >> origin.numbers >> origin.build >> origin.code_diff_sha256;
  row >> origin.program_sha256 >> origin.machine_id;
  row >> origin.train_dataset_id >> origin.test_dataset_id >> origin.selected_by >> origin.train_evaluated;
  RunCourse& course = run.course;
  row >> course.started_at >> course.ended_at >> course.seconds;
  row.count(course.crashes, run.id) >> course.resumed >> course.peak_memory_bytes;
  return run;
}

void check_metrics(std::int64_t run_id, int epoch, SplitName split, const MetricSuite& suite) {
  for (const Metric& metric : metric_table()) {
    const double value = suite.*metric.value;
    if (!metric.can_be(value)) check_value(run_id, epoch, to_string(split), metric.name, value);
  }
}

std::int64_t study_id_of(Connection& connection, const std::string& name) {
  Query query(connection, "SELECT id FROM main.study WHERE name = ?");
  query << name;
  std::int64_t id = 0;
  if (query.next()) {
    query >> id;
    return id;
  }
  Query names(connection, "SELECT name FROM main.study ORDER BY name");
  std::vector<std::string> choices;
  while (names.next()) names >> choices.emplace_back();
  throw RequestError(
      fmt::format("{} has no study '{}'", connection.path().string(), name),
      choices.empty() ? "it holds no study yet: `ablate run STUDY.yaml`" : suggestion(name, choices));
}

void place_runs(Connection& connection, std::int64_t study_id) {
  Query place(connection,
              "UPDATE main.run SET place = v.position FROM main.variant AS v WHERE v.id = run.variant_id AND "
              "run.study_id = ? AND run.place <> v.position");
  (place << study_id).run();
}

std::string bytes_sha256(std::span<const std::uint8_t> bytes) { return hex(Sha256().update(bytes).finish()); }

std::string weights_sha256(std::span<const float> weights) {
  const auto* first = reinterpret_cast<const std::uint8_t*>(weights.data());
  return bytes_sha256(std::span(first, weights.size_bytes()));
}

bool has_sound_state(Connection& connection, std::int64_t run_id, int epochs_done) {
  std::vector<std::uint8_t> bytes;
  std::string sha256;
  const auto is_sound = [&](Query& query) {
    query >> bytes >> sha256;  // none: by an older program
    return sha256.empty() || sha256 == bytes_sha256(bytes);
  };
  // A program keeps its weights to itself.
  Query selected(connection,
                 "SELECT 1 FROM run WHERE id = ? AND best_epoch IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
                 "setting WHERE variant_id = run.variant_id AND key >= 'trainer.' AND key < 'trainer/')");
  selected << run_id;
  Query model(connection,
              "SELECT weights, sha256 FROM run JOIN model ON model.run_id = run.id AND model.epoch = "
              "run.best_epoch WHERE run.id = ?");
  model << run_id;
  if (selected.next() && !(model.next() && is_sound(model))) return false;
  Query checkpoint(connection, "SELECT state, sha256 FROM checkpoint WHERE run_id = ? AND epoch = ?");
  checkpoint << run_id << epochs_done;
  return checkpoint.next() && is_sound(checkpoint);
}

}  // namespace ablate
