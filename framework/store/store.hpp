#pragma once
/// Writes runs to one SQLite file. Schema and meaning of every column: framework/store/README.md.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ablate/base/error.hpp"
#include "ablate/store/records.hpp"

namespace ablate {

/// What tests replace.
struct StoreOptions {
  std::function<double()> clock;   ///< seconds since 1970; empty: the system's
  int busy_milliseconds = 30'000;  ///< how long to wait for another writer before the file counts as locked
};

/// A run is no longer this Store's: its lease ran out and another worker took it.
class ClaimLost : public RequestError {
 public:
  using RequestError::RequestError;
};

/// The results file, open for writing: WAL, foreign keys on, a busy timeout. Move-only; one thread at a time.
/// Every method is one transaction: it happens wholly or not at all. Errors of SQLite (a full disk, a
/// read-only or locked file) throw RequestError that names the file and what to try.
class Store {
 public:
  /// Opens `path`, makes it where it is missing, brings an older schema up to date. Refuses, with
  /// RequestError, a file that is no database, that is another program's (application id), or whose schema is
  /// newer than this program.
  /// ":memory:" is a store of its own, for tests.
  explicit Store(const std::filesystem::path& path, const StoreOptions& options = {});
  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;

  /// Writes the study, its variants and a planned run for each (variant, seed) that is not there yet; returns
  /// the study's id. A study of that name may grow by variants and seeds; where a variant of the same name
  /// has another config_sha256, throws RequestError that names the variants and says how to go on (another
  /// --db or study name). What the study says of itself, and the variants' order, factors and costs, become
  /// those of this plan. A cell that this plan lacks is dropped if it was never begun, and kept with its
  /// results otherwise.
  std::int64_t plan(const StudyRecord& study, const std::vector<VariantRecord>& variants,
                    const std::vector<std::int64_t>& seeds);

  /// The same split (by sha256, name and split), machine (by all its fields) is stored once; returns its id.
  std::int64_t add_dataset(const DatasetRecord& dataset);
  std::int64_t add_machine(const MachineRecord& machine);

  /// Takes the next run of the study that is planned, interrupted, or running under a lease that ran out
  /// (and, on `retry_failed`, one that failed or diverged before this Store was opened: once a sweep, not for
  /// ever), in the order of seeds, then variants; only cells of the plan that this Store was last given, if
  /// it was given one. Marks it running, drops the epochs and metrics of an earlier attempt, counts the
  /// attempt, stamps worker, lease and start. Nothing: no run is left. BEGIN IMMEDIATE: two workers never get
  /// the same run.
  std::optional<RunRecord> claim(std::int64_t study_id, const std::string& worker, double lease_seconds,
                                 bool retry_failed);

  /// Ends the leases of workers that `is_dead` says are gone, so that their runs can be claimed at once.
  void release(std::int64_t study_id, const std::function<bool(const std::string& worker)>& is_dead);

  /// What a claimed run uses.
  struct Provenance {
    std::string code_version, selected_by, train_evaluated;
    std::int64_t machine_id = 0, train_dataset_id = 0, test_dataset_id = 0;
    std::vector<LeakRecord> leaks;
    std::optional<AuditRecord> audit = {};  ///< its run_id is not read; nothing: the data were not audited
  };
  void set_provenance(std::int64_t run_id, const Provenance& provenance);

  /// One epoch with its metrics, and the lease renewed. Throws ClaimLost when the run is no longer this
  /// Store's (so do set_provenance and finish). Its
  /// store_seconds is the time that the previous commit of this run took (the first epoch's:
  /// set_provenance's).
  void add_epoch(std::int64_t run_id, const EpochRecord& epoch, double lease_seconds);

  /// Ends a run as done, diverged, failed or interrupted; done runs get their class metrics and confusion.
  void finish(std::int64_t run_id, const Outcome& outcome);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ablate
