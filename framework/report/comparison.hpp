#pragma once
/// All that a report says of a study, as one plain value. Tables, figures and sentences are pure functions of
/// it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/value.hpp"
#include "config/contrast_settings.hpp"
#include "config/seeds.hpp"
#include "config/settings.hpp"
#include "metrics/metric_table.hpp"
#include "report/answer.hpp"
#include "report/factor_title.hpp"
#include "report/image_views.hpp"
#include "report/report_metric.hpp"
#include "report/tuning.hpp"
#include "stats/anova.hpp"
#include "stats/convergence.hpp"
#include "stats/factorial.hpp"
#include "stats/family.hpp"
#include "stats/friedman.hpp"
#include "stats/paired.hpp"
#include "stats/pairing.hpp"
#include "stats/summary.hpp"
#include "store/looks_elsewhere.hpp"
#include "store/records.hpp"
#include "store/repeats.hpp"

namespace ablate {

/// Runs of a study, or of a variant, by status.
struct RunCounts {
  std::size_t planned = 0;  ///< all runs: the sum of the others
  std::size_t done = 0, diverged = 0, failed = 0, interrupted = 0, running = 0;
  std::size_t stopped = 0, waiting = 0;  ///< by the study's stop rule; at one of its rungs
  std::size_t missing = 0;               ///< never begun
  std::size_t archived = 0;              ///< of all: lists leave them out, a report does not
};

/// A variant minus the baseline in the primary metric, seed by seed.
struct Difference {
  std::vector<std::int64_t> seeds;     ///< in which both have a value, rising
  std::vector<double> differences;     ///< as many
  std::vector<std::int64_t> left_out;  ///< planned for one of them, without a value on both sides; rising
  PairedDifference paired;
  Member member;  ///< judged with all other variants as one family: interval and p belong together
  /// Unpaired, over all finished runs of both: the chance that one of the variant does better than one of the
  /// baseline, in the metric's direction; and P(higher) - P(lower), whichever is better.
  double probability_of_improvement = undefined, cliffs_delta = undefined;

  bool has_p() const { return member.judged != Judged::not_at_all; }

  /// The interval has a width; a point, or none at all (one seed), says nothing of chance.
  bool has_interval() const { return has_p() && member.interval.has_width(); }
};

/// A run as the tables count it.
struct RunSummary {
  std::int64_t run_id = 0;
  std::int64_t seed = 0;
  RunStatus status = RunStatus::planned;
  int epochs_done = 0;
  std::string error;  ///< or why it was stopped, or what contradicts its metrics
  bool leaked = false;
  std::size_t findings = 0;                    ///< of the audit, leaks among them
  std::string program = {};                    ///< SHA-256 of what trained it; empty: unknown
  std::int64_t trained_on = 0, tested_on = 0;  ///< places its data in Comparison::datasets, by id; 0: unknown
  int selected_epoch = 0;                      ///< whose numbers count; 0: none yet
  BySplit<double> selected = {};               ///< the primary metric there, of a finished run
  int best_epoch = 0;                          ///< that validation chose; 0: the last counts by rule
  EpochCurve curve = {};    ///< the primary metric of a finished run, over the epochs that are drawn
  EpochCurve watched = {};  ///< the same on validation, where there is any
  std::vector<RepeatOf> repeats = {};  ///< epochs that came again with other numbers
};

/// One epoch of a curve: one summary per metric, in the order of Comparison::metrics, over the runs that got that far.
struct CurvePoint {
  int epoch = 0;
  std::vector<Summary> metrics;
};

struct RatePoint {
  int epoch = 0;
  Summary learning_rate;
};

/// Everything is over finished runs alone; a value that is not a number is left out, and n tells.
struct VariantSummary {
  std::int64_t id = 0;
  std::string name;
  bool is_baseline = false;
  std::vector<Value> factors;  ///< in the order of Comparison::factor_keys; NULL where it changes nothing
  std::int64_t parameters = 0;
  std::int64_t flops_per_sample = 0;
  /// Of a program of the user's own; 0: unknown, or of a network of ours, which a stop rule may end.
  int planned_epochs = 0;
  std::vector<RunSummary> runs;  ///< by seed
  RunCounts counts;
  BySplit<std::vector<Summary>> selected;  ///< at the selected epoch; one summary per metric
  std::vector<SeedValue> values;           ///< the primary metric's at the selected epoch, by seed
  double interquartile_mean = undefined;   ///< of those
  Summary train_seconds;                   ///< of a run, its epochs added up
  /// From the baseline; empty for it, where no seed is shared, where their images differ, and where a stop rule cut the
  /// variant.
  std::optional<Difference> difference;
  BySplit<std::vector<CurvePoint>> curves;
  std::vector<RatePoint> rates;
  bool leaked = false;  ///< one of its finished runs has a finding that is a leak
};

/// "test.accuracy", understood.
struct Primary {
  SplitName split = SplitName::test;
  std::size_t metric = 0;  ///< place in Comparison::metrics
  std::string name;        ///< "test.accuracy"
};

/// A finding, and the variants whose runs it concerns, in the order of the plan.
struct AuditFinding : LeakRecord {
  std::vector<std::string> variants;
};

/// How many runs an audit vouches for. A run counts once its data are on record.
struct AuditCounts {
  std::size_t begun = 0;
  std::size_t near = 0;     ///< of the audited, near-duplicates were looked for too
  std::size_t audited = 0;  ///< of those, compared image by image before they were trained
  std::size_t apart =
      0;  ///< of those, with no test image, and no exact copy of one, among what they trained on
};

/// How a variant does class by class on the test images, over its finished runs at their selected epochs.
struct ClassView {
  std::size_t variant = 0;  ///< place in Comparison::variants
  std::size_t runs = 0;
  std::vector<double> precision, recall, f1;  ///< means over the runs; not a number where none has a value
  std::vector<std::int64_t> support;          ///< images, added up over the runs
  /// Images, added up: [truth * classes + predicted]; empty where there are over `most_confused_classes`.
  std::vector<std::int64_t> confusion;
};
inline constexpr std::size_t most_confused_classes = 100;

/// Effects of the factors on the primary metric, paired by seed.
struct FactorAnalysis {
  std::vector<JointFactor> factors;  ///< those that vary; level 0 is the baseline's, or the first in the plan
  std::vector<FactorialEffect> main, interactions;  ///< their factors are places in `factors`
  Anova anova;                                      ///< so are its terms'
};

/// Mean ranks of the variants in the primary metric.
struct RankAnalysis {
  std::vector<std::size_t> variants;  ///< places in Comparison::variants
  FriedmanTest test;                  ///< in that order
};

struct Comparison {
  bool is_pair = false;  ///< of two that somebody named: the first is no baseline, but is in its place
  std::int64_t study_id = 0;
  std::string study, question;
  std::string stop_rules;  ///< YAML; empty: none
  bool paired = true;      ///< false: seeds only number the runs, and no difference is made seed by seed
  ReportMetrics metrics;
  Primary primary;
  double confidence = 0.95;
  RunCounts counts;
  std::vector<std::string> factor_keys;
  std::vector<Value>
      unchanged;  ///< of each factor: what variants have that do not change it; NULL: not known
  std::vector<FactorTitle> factor_titles;  ///< of some of them
  std::vector<VariantSummary> variants;    ///< in the order of the plan
  bool names_say_factors = false;          ///< each is called after them, as grids do: "skip=none,hidden=64"
  std::size_t left_out = 0;                ///< variants of the study that the report was not asked for
  std::vector<std::vector<FactorRecord>> left_out_factors;  ///< what each of them changes
  std::size_t family = 0;  ///< comparisons with the baseline that p and intervals are corrected for
  /// Where two factors and more vary and one of them alone was changed under two settings of the others.
  std::optional<FactorAnalysis> factor_analysis;
  std::vector<std::string> afterthoughts;  ///< what was asked for that is another than the study declared
  std::vector<std::string> choices;  ///< what was chosen once runs were done, and after how many: sentences
  bool is_baseline_afterthought = false;           ///< not the study's
  std::vector<LookRecord> looks;                   ///< on record, in the order of their times
  std::vector<LookElsewhere> looks_elsewhere;      ///< at studies whose runs it has
  std::optional<SeedsUntilSettled> until_settled;  ///< planned looks
  std::vector<std::int64_t> seed_order;            ///< seeds in the order in which they were first begun
  std::optional<Tuning> tuning;                    ///< what each variant was given before it was compared
  ContrastSettings question_asked;                 ///< what the study file declares; factors by their keys
  std::optional<StudyAnswer> answer;
  std::optional<RankAnalysis>
      ranks;  ///< of three variants and more beside the baseline, where no factor is asked about
  std::vector<AuditFinding>
      leaks;  ///< all findings of its runs, each once: leaks first, then warnings, then notes
  AuditCounts audit;
  std::vector<DatasetRecord> datasets;
  std::vector<MachineRecord> machines;
  std::vector<std::string> code_versions, selected_by;
  std::vector<int> numbers_versions;  ///< of runs with results, ascending
  std::vector<std::string>
      train_evaluated;                 ///< when the training set was, one text per way; empty: not on record
  std::vector<ClassView> class_views;  ///< of the variants that a page shows; empty: none on record
  std::optional<ImageViews> images;    ///< of the question's first contrast
  std::string fingerprint;             ///< Reader::fingerprint; empty: not asked for
};

/// The variant that is the baseline; nothing where none is named.
const VariantSummary* baseline(const Comparison& comparison);

/// The sizes of its networks are known: those of another program are not.
bool has_sizes(const Comparison& comparison);

/// A finished run of some variant has a finding that is a leak.
bool any_leaked(const Comparison& comparison);

/// Summary of one metric of one split at the selected epoch; n = 0 where there is none.
Summary selected(const VariantSummary& variant, SplitName split, std::size_t metric);
Summary primary(const Comparison& comparison, const VariantSummary& variant);
/// What a report takes for a value: a number of at most 1e150, so that squares of many are finite.
bool is_value(double number);
/// A finished run whose primary metric is not a value.
bool ended_without_number(const Comparison& comparison, const RunSummary& run);
/// A finished run that did not report the primary metric, not even as NaN, at its selected epoch.
bool ended_without_report(const Comparison& comparison, const RunSummary& run);

/// Points of one split's curves; empty where there are none.
const std::vector<CurvePoint>& curve(const VariantSummary& variant, SplitName split);

/// Variants with a value in this metric, the best first, ties in the order of the plan.
std::vector<const VariantSummary*> ranked(const Comparison& comparison, SplitName split, std::size_t metric);

/// The variant that validation would choose by the primary metric's kind; nothing where no run has validation.
const VariantSummary* best_by_validation(const Comparison& comparison);

/// The metric of `primary`, whatever the split.
ReportMetric primary_metric(const Comparison& comparison);

/// The metrics of the notebook, as places in metric_table(), and by name.
std::vector<std::size_t> seven_metrics();
std::vector<std::string> seven_metric_names();

}  // namespace ablate
