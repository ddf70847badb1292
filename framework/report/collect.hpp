#pragma once
/// From the records of a study to the value that a report is made of.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "report/report.hpp"
#include "store/free_metrics.hpp"
#include "store/reader.hpp"
#include "store/repeats.hpp"

namespace ablate {

struct RunLeak {
  std::int64_t run_id = 0;
  LeakRecord leak;
};

/// What the database holds of one study.
struct StudyRecords {
  StudyRecord study;
  std::vector<VariantRecord> variants;
  /// Of variants that a program of the user's own trains, by id.
  std::map<std::int64_t, int> planned_epochs = {};
  std::vector<RunRecord> runs;                    ///< by variant, then seed
  std::vector<SplitMetrics> selected;             ///< run_metric
  std::vector<SplitMetrics> curves;               ///< by run, split, epoch
  std::vector<EpochRow> epochs;                   ///< by run, epoch
  bool paired = true;                             ///< runs of one seed share their chance
  std::vector<FreeMetric> free_metrics = {};      ///< outside the suite
  std::vector<FreeValueOf> selected_values = {};  ///< of these, at the selected epoch
  std::vector<FreeValueOf> values = {};           ///< after every epoch
  std::vector<RepeatOf> repeats = {};             ///< epochs that came again with other numbers
  std::vector<RunLeak> leaks;                     ///< what the audit found, leak or not
  std::vector<LookRecord> looks;                  ///< by their times
  std::vector<LookElsewhere> looks_elsewhere;     ///< at studies whose runs it has
  std::vector<AuditRecord> audits;                ///< of the runs that were audited
  std::vector<DatasetRecord> datasets;            ///< that its runs used, by id
  std::vector<MachineRecord> machines;            ///< that its runs ran on, by id
  std::vector<std::string> choices;  ///< what was chosen once runs were done: is_choice_note, seeds, variants
  std::size_t left_out = 0;          ///< variants of the study that were not asked for
  std::vector<std::vector<FactorRecord>> left_out_factors = {};  ///< what each of them changes
};

/// The variants that the patterns ask for (`chosen_names`), and the baseline; all, where there is none.
/// Throws RequestError with the nearest name for a study or variant that is not there.
StudyRecords read_records(const Reader& reader, const std::string& study,
                          const std::vector<std::string>& variants = {});

/// Refuses a metric outside the suite to report on that stands in epochs, but in no run's selected one, and that no study
/// declares.
void refuse_unselected(const Reader& reader, const StudyRecord& study, const StudyRecords& records,
                       const std::string& name);

/// Pure. Throws RequestError for a primary metric that is no "split.metric", or a confidence outside (0, 1).
Comparison compare(const StudyRecords& records, const ReportOptions& options);

/// compare(read_records(...)), with what the variants were tuned to and what the differences are worth on other images: what a
/// page's first screen and its table of variants say.
Comparison collect_answer(const Reader& reader, const std::string& study, const ReportOptions& options);

/// The same, with the classes of the variants that a page shows, the images and the fingerprint.
Comparison collect(const Reader& reader, const std::string& study, const ReportOptions& options);

}  // namespace ablate
