#pragma once
/// Reads results, while others may write.

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "store/free_values.hpp"
#include "store/records.hpp"

namespace ablate {

/// One row of epoch or run_metric.
struct SplitMetrics {
  std::int64_t run_id = 0;
  SplitName split = SplitName::test;
  int epoch = 0;
  MetricSuite suite;
};

struct EpochRow {
  std::int64_t run_id = 0;
  int epoch = 0;
  double learning_rate, gradient_norm, train_seconds, evaluate_seconds, store_seconds, samples_per_second;
  double metric_seconds;  ///< of evaluate_seconds; not a number: the run is older than this column
};

struct ConfusionEntry {
  int truth, predicted;
  std::int64_t count;
};

/// Row of a table of counts a study: for `ablate doctor` and lists. Obsolete runs are counted apart.
struct StudyCounts {
  StudyRecord study;
  std::int64_t variants = 0, planned = 0, running = 0, waiting = 0, done = 0, stopped = 0, diverged = 0,
               failed = 0, interrupted = 0, obsolete = 0;
};

class Connection;  // private to this folder

/// A file without a table: one that is empty, or is just being made.
class NoResultsYet : public RequestError {
 public:
  using RequestError::RequestError;
};

/// The results file, open for reading only.
class Reader {
 public:
  /// Refuses what Store refuses, and a file that is not there or of an older schema. Each method sees the file as it
  /// is at that moment.
  explicit Reader(const std::filesystem::path& path);
  /// All methods see the file as it was when the first of them was called, whatever others write meanwhile. They
  /// cannot shorten their log for as long.
  static Reader snapshot(const std::filesystem::path& path);
  ~Reader();
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;

  std::vector<StudyRecord> studies() const;  ///< by name
  std::vector<StudyCounts> counts() const;  ///< the same with their runs, which takes a moment in a long file
  /// Of one study alone; nothing: there is no such study.
  std::optional<StudyCounts> counts(const std::string& study) const;
  StudyRecord study(const std::string& name) const;  ///< a wrong name gets the nearest right one
  /// In the order they were planned, with factors.
  std::vector<VariantRecord> variants(std::int64_t study_id) const;
  std::vector<RunRecord> runs(std::int64_t study_id) const;  ///< by variant, then seed
  /// A run by its id, by the beginning of its uuid, or as study/variant/seed.
  RunRecord run(const std::string& reference) const;
  /// The same; nothing where there is no such run. Throws RequestError where several are meant.
  std::optional<RunRecord> find_run(const std::string& reference) const;
  std::vector<SplitMetrics> curves(std::int64_t study_id) const;  ///< every epoch; by run, split, epoch
  /// Metrics outside the suite after every epoch, and at the selected one; by split, metric and epoch.
  std::vector<FreeValueAt> run_values(std::int64_t run_id) const;
  std::vector<FreeValueAt> run_selected_values(std::int64_t run_id) const;
  /// Epochs that later attempts reported once more, in their order.
  std::vector<RepeatedEpoch> run_repeats(std::int64_t run_id) const;

  /// `condition`: " AND ..." over the epochs' rows, called m.
  std::vector<SplitMetrics> run_curves(std::int64_t run_id, const std::string& condition = {}) const;
  std::vector<EpochRow> epochs(std::int64_t study_id) const;  ///< by run, epoch
  std::vector<EpochRow> run_epochs(std::int64_t run_id) const;
  std::vector<SplitMetrics> selected(std::int64_t study_id) const;  ///< run_metric: at the selected epoch
  std::vector<SplitMetrics> run_selected(std::int64_t run_id) const;
  std::vector<ClassMetrics> classes(std::int64_t run_id, SplitName split) const;  ///< by class
  std::vector<ConfusionEntry> confusion(std::int64_t run_id,
                                        SplitName split) const;  ///< entries that are not 0
  std::vector<LeakRecord> leaks(std::int64_t study_id) const;    ///< of all its runs, equal ones counted once
  std::vector<LeakRecord> run_leaks(std::int64_t run_id) const;
  std::vector<AuditRecord> audits(
      std::int64_t study_id) const;  ///< by run; runs that were not audited have none
  std::optional<AuditRecord> run_audit(std::int64_t run_id) const;
  std::optional<ModelRecord> run_model(std::int64_t run_id) const;  ///< nothing: no weights were kept
  /// Of those of the runs that kept them sound, in the order in which they are asked for.
  std::vector<PredictionRecord> predictions(const std::vector<std::int64_t>& run_ids) const;
  /// The label of each image of a test split, in the data set's order; empty: they were not kept.
  std::vector<std::uint8_t> truth(std::int64_t dataset_id) const;
  /// What the worker printed last while it had the run, by stream ("stdout", "stderr"); empty ones are left
  /// out.
  std::map<std::string, std::string> run_output(std::int64_t run_id) const;
  std::vector<std::string> run_tags(std::int64_t run_id) const;      ///< by name
  std::vector<NoteRecord> run_notes(std::int64_t run_id) const;      ///< oldest first
  std::vector<NoteRecord> study_notes(std::int64_t study_id) const;  ///< of the study itself, oldest first
  /// Every tag of the file with the number of its runs, by name.
  std::vector<std::pair<std::string, std::int64_t>> tags() const;
  std::vector<LookRecord> looks(std::int64_t study_id) const;  ///< in the order of their times
  DatasetRecord dataset(std::int64_t id) const;
  MachineRecord machine(std::int64_t id) const;
  VariantRecord variant(std::int64_t id) const;
  std::string study_name_of_run(std::int64_t run_id) const;

  /// Every row of a statement that reads, its values bound: the first is ?1. Rows come as they are found. The
  /// SQL is the program's own; a stranger's is for run_query.
  void select(const std::string& sql, const std::vector<Value>& values,
              const std::function<void(const std::vector<Value>&)>& row) const;

  /// SHA-256 over (variant, seed, epoch, split, the bits of every metric) of all runs of the newest plan:
  /// equal for equal results, however the sweep came by them.
  std::string fingerprint(std::int64_t study_id) const;

  /// The done runs whose checkpoint was kept, each with its epochs: a run with more epochs may resume from it.
  std::map<std::int64_t, int> kept_checkpoints(std::int64_t study_id) const;

  /// Faults of the file: integrity_check, foreign_key_check, runs whose lease ran out. Empty: it is sound.
  std::vector<std::string> faults() const;
  int schema_version() const;

 private:
  std::unique_ptr<Connection> connection_;
};

}  // namespace ablate
