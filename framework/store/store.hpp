#pragma once
/// Writes runs to one SQLite file. Schema and meaning of every column: framework/store/README.md.

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "store/free_values.hpp"
#include "store/records.hpp"

namespace ablate {

/// How the file is opened; the clock, the wait and the log are what tests replace.
struct StoreOptions {
  std::function<double()> clock;   ///< seconds since 1970; empty: the system's
  std::function<double()> steady;  ///< seconds since any moment, which never go back; empty: the system's
  int busy_milliseconds = 30'000;  ///< how long to wait for another writer before the file counts as locked
  int log_pages = 4096;            ///< of SQLite's log, from which a commit copies it into the file: 16 MiB
  bool must_exist = false;         ///< a file that is not there is refused, not made
};

/// Who claims a run, and what it may go on with.
struct Claimant {
  std::string worker = {};
  double lease_seconds = 300.0;  ///< a worker that has said nothing for so long is taken for dead
  /// A run resumes from its checkpoint, on whatever machine, only where the same program made it, with the same
  /// numbers version; empty is that of no program: the run starts over.
  std::string program_sha256 = {};
};

/// A run as it was begun for the nth time.
struct RunAttempt {
  std::int64_t run_id = 0;
  int attempt = 0;
  RunStatus status = RunStatus::failed;  ///< as it ended
};

/// A run is no longer this Store's: its lease ran out and another worker took it.
class ClaimLost : public RequestError {
 public:
  using RequestError::RequestError;
};

/// A plan would set results aside, and was not asked to.
class PlanRefused : public RequestError {
 public:
  using RequestError::RequestError;
};

/// The results file, open for writing: WAL, foreign keys on, a busy timeout. Move-only; one thread at a time.
/// Every method is one transaction: it happens wholly or not at all. Errors of SQLite (a full disk, a
/// read-only or locked file) throw RequestError that names the file and what to try.
class Store {
 public:
  /// Opens `path`, makes it where it is missing, brings an older schema up to date. Refuses, with
  /// RequestError, a file that is not a database, that is another program's (application id), or whose schema is
  /// newer than this program.
  /// ":memory:" is a store of its own, for tests.
  explicit Store(const std::filesystem::path& path, const StoreOptions& options = {});
  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;

  /// What may happen to a study that has results.
  struct PlanOptions {
    bool replan = false;  ///< results that the new plan lacks may be set aside
    /// Variants, by name, that get only these of the seeds; others get all.
    std::map<std::string, std::vector<std::int64_t>> only_seeds = {};
    /// A stored plan of the same file stays where it has the same variants and these seeds among more.
    bool keep_larger = false;
    std::string metric = {};             ///< the study's primary, for the record of looks
    std::optional<int> first_rung = {};  ///< of a stop rule: new runs train so many epochs, then wait
    std::function<bool()> stopped = {};  ///< once it says so, nothing is written and Interrupted is thrown
  };

  /// Writes the study, its variants and a planned run for each (variant, seed) that is not there yet; returns
  /// the study's id. New variants and seeds join a study that has results. Where the plan lacks a run that was
  /// begun, or a variant that was begun has other settings, throws PlanRefused that says what changed, unless
  /// `replan`: then what the plan lacks is marked obsolete and keeps its results, and a variant of the same
  /// name with other settings is renamed "name (before 1)". What the study says of itself, and the variants' order, factors and costs,
  /// become those of this plan.
  std::int64_t plan(const StudyRecord& study, const std::vector<VariantRecord>& variants,
                    const std::vector<std::int64_t>& seeds, const PlanOptions& options);
  std::int64_t plan(const StudyRecord& study, const std::vector<VariantRecord>& variants,
                    const std::vector<std::int64_t>& seeds) {
    return plan(study, variants, seeds, PlanOptions{});
  }

  /// A run at a rung of a stop rule, with what is monitored there.
  struct RungRun {
    std::int64_t run_id = 0, variant_id = 0;
    bool is_baseline = false;
    RunStatus status = RunStatus::planned;
    int epochs_done = 0;
    std::optional<int> until_epoch;
    double value = 0.0;  ///< the monitored metric after until_epoch; not a number: it has none
  };
  struct RungDecision {
    std::vector<std::pair<std::int64_t, std::string>> stop;  ///< runs, and why
    std::vector<std::pair<std::int64_t, int>> go_on;         ///< runs, and the epoch up to which they may
  };

  /// Lets a stop rule decide on the runs of the newest plan; all in one transaction, so that several workers
  /// may ask at once. Stopped runs lose their checkpoint and weights and keep their epochs. True where the
  /// decision changed anything.
  bool settle_rung(std::int64_t study_id, const Monitor& monitor,
                   const std::function<RungDecision(const std::vector<RungRun>&)>& decide);

  /// Fills a claimed run whose provenance is set from a run that is done with the same configuration, data
  /// and seed by the same program, in whatever study: epochs, metrics, classes,
  /// confusion, predictions, weights. Ends it as done and returns the other run's id; nothing where there is no such run.
  std::optional<std::int64_t> copy_twin(std::int64_t run_id);

  /// A done run that a claimed one resumes from.
  struct Beginning {
    std::int64_t run_id = 0;
    int epochs = 0;
    std::string text = {};  ///< says so; the claimed run's exit_reason from then on
  };

  /// Gives a claimed run whose provenance is set the epochs, metrics, weights and checkpoint of a done one with the
  /// same data and seed by the same program, whose configuration is that which `shorter` gives for its epochs,
  /// which trained all of them, and which has fewer than the claimed run's `epochs`: the claimed run then resumes from
  /// `checkpoint`. Of several the longest; nothing where none kept its checkpoint. `shorter`: the digest of the claimed
  /// run's configuration with fewer epochs.
  std::optional<Beginning> copy_beginning(std::int64_t run_id, int epochs,
                                          const std::function<std::string(int epochs)>& shorter);

  /// Once a study is done: of these variants, all but the baseline and that whose done runs have the best mean of
  /// `monitor` at their selected epochs lose the weights of their done runs, save those that kept their checkpoint and
  /// need them to go on. Returns how many runs did; the file
  /// becomes smaller where most of it is free then and nobody else has it open.
  int keep_best_weights(std::int64_t study_id, const std::vector<std::int64_t>& variants,
                        const Monitor& monitor);

  /// The same split (by sha256, name and split), machine (by all its fields) is stored once; returns its id.
  std::int64_t add_dataset(const DatasetRecord& dataset);
  std::int64_t add_machine(const MachineRecord& machine);

  /// The runs of the newest plan that failed or diverged, in the order in which they would be claimed.
  std::vector<RunAttempt> failed_runs(std::int64_t study_id);

  /// From now on `claim` also takes these, each once: where it has not been begun again since.
  void allow_retry(const std::vector<RunAttempt>& runs);

  /// For so many seconds `claim` leaves the run to other workers.
  void put_off(std::int64_t run_id, double seconds);
  /// Whether one that is still put off waits for somebody to claim it.
  bool is_any_put_off();

  /// Takes the next run of the study that is planned, interrupted, waiting and allowed to go on, or running
  /// under a lease that ran out, or that `allow_retry` named; in the order of seeds, then variants; no obsolete
  /// one, and none that was asked to stop. Marks it running, counts the attempt, stamps worker, lease and start. A
  /// run with a sound checkpoint of the same program keeps its epochs (epochs_done > 0) and resumes from
  /// `checkpoint`; any other loses the epochs and metrics of earlier attempts. Nothing: no run is left. BEGIN
  /// IMMEDIATE: two workers never get the same run. Takes the same time whatever the plan's length.
  std::optional<RunRecord> claim(std::int64_t study_id, const Claimant& claimant);

  /// After so many deaths of its worker without a whole epoch in between, a run counts as failed.
  static constexpr int most_crashes = 3;

  /// The worker that had begun a run for the nth time died of `reason`: the run goes back to the queue, or has
  /// failed, which is reported. Nothing happens where that attempt has ended, or another one has begun.
  bool crashed(std::int64_t run_id, int attempt, const std::string& reason);

  /// Keeps a claimed run from being taken for left; throws ClaimLost.
  void renew(std::int64_t run_id, double lease_seconds);

  /// What add_epoch kept last; empty where there is none.
  std::vector<std::uint8_t> checkpoint(std::int64_t run_id);

  /// Somebody asked for the run to stop; until its study is planned again nobody claims it.
  bool is_asked_to_stop(std::int64_t run_id);

  /// What the worker printed last ("stdout" or "stderr") in that attempt; nothing where another one has begun.
  void set_output(std::int64_t run_id, int attempt, const std::string& stream, const std::string& text);

  /// Ends the leases of workers that `is_dead` says are gone, so that their runs can be claimed at
  /// once; true where there was one.
  bool release(std::int64_t study_id, const std::function<bool(const std::string& worker)>& is_dead);

  /// What a claimed run uses.
  struct Provenance {
    std::string code_version, build, code_diff_sha256, program_sha256, selected_by, train_evaluated;
    std::int64_t machine_id = 0, train_dataset_id = 0, test_dataset_id = 0;
    std::vector<LeakRecord> leaks;
    std::optional<AuditRecord> audit = {};  ///< its run_id is not read; nothing: the data were not audited
  };
  void set_provenance(std::int64_t run_id, const Provenance& provenance);

  /// One epoch with its metrics, `values` outside the suite among them, and the lease renewed. Throws ClaimLost when the run is no longer this
  /// Store's (so do set_provenance and finish). Its
  /// store_seconds is the time that the previous commit of this run took (the first epoch's:
  /// set_provenance's).
  void add_epoch(std::int64_t run_id, const EpochRecord& epoch, double lease_seconds,
                 std::span<const FreeValue> values = {});

  /// An epoch that the file has already, reported once more: compares it with the first time, which stays, notes
  /// what came of it, and keeps `epoch.checkpoint` in place of the last one. Throws ClaimLost as above.
  RepeatedEpoch repeat_epoch(std::int64_t run_id, const EpochRecord& epoch, double lease_seconds,
                             std::span<const FreeValue> values);

  /// Puts the study's runs that have no epoch back into the queue as if never begun.
  void withdraw_begun(std::int64_t study_id);

  /// Ends a run as done, diverged, failed or interrupted; done runs get their class metrics, confusion and predictions.
  void finish(std::int64_t run_id, const Outcome& outcome);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ablate
