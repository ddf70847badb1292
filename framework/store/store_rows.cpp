#include "ablate/store/store_rows.hpp"

namespace ablate {

const std::string select_runs =
    "SELECT run.id, run.uuid, run.variant_id, variant.name, run.seed, run.status, run.attempt, "
    "run.epochs_done, "
    "run.best_epoch, run.selected_by, run.train_evaluated, run.started_at, run.ended_at, run.error, "
    "run.code_version, "
    "run.machine_id, "
    "run.train_dataset_id, run.test_dataset_id FROM run JOIN variant ON variant.id = run.variant_id";

RunRecord run_of(Query& row) {
  RunRecord run;
  row >> run.id >> run.uuid >> run.variant_id >> run.variant >> run.seed >> run.status >> run.attempt >>
      run.epochs_done >> run.best_epoch >> run.selected_by >> run.train_evaluated >> run.started_at >>
      run.ended_at >> run.error >> run.code_version >> run.machine_id >> run.train_dataset_id >>
      run.test_dataset_id;
  return run;
}

}  // namespace ablate
