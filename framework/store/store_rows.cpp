#include "store/store_rows.hpp"

#include "base/digest.hpp"

namespace ablate {

const std::string select_runs =
    "SELECT run.id, run.uuid, run.variant_id, variant.name, run.seed, run.status, run.attempt, "
    "run.epochs_done, run.best_epoch, run.selected_by, run.train_evaluated, run.started_at, run.ended_at, "
    "run.error, run.code_version, coalesce(run.numbers, run.code_version IS NOT NULL), run.machine_id, "
    "run.train_dataset_id, run.test_dataset_id, run.obsolete, "
    "run.until_epoch, run.crashes, run.resumed, run.exit_reason, run.peak_memory_bytes, run.build, "
    "run.code_diff_sha256, run.program_sha256, run.archived FROM run JOIN variant ON variant.id = run.variant_id";

RunRecord run_of(Query& row) {
  RunRecord run;
  row >> run.id >> run.uuid >> run.variant_id >> run.variant >> run.seed >> run.status >> run.attempt;
  row >> run.epochs_done >> run.best_epoch >> run.selected_by >> run.train_evaluated >> run.started_at;
  row >> run.ended_at >> run.error >> run.code_version >> run.numbers >> run.machine_id;
  row >> run.train_dataset_id;
  row >> run.test_dataset_id >> run.obsolete >> run.until_epoch >> run.crashes >> run.resumed;
  row >> run.exit_reason >> run.peak_memory_bytes >> run.build >> run.code_diff_sha256;
  row >> run.program_sha256 >> run.archived;
  return run;
}

std::string weights_sha256(std::span<const float> weights) {
  const auto* first = reinterpret_cast<const std::uint8_t*>(weights.data());
  return hex(Sha256().update(std::span(first, weights.size_bytes())).finish());
}

}  // namespace ablate
