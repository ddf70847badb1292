#include "report/collect.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/shell_word.hpp"
#include "metrics/metric_name.hpp"
#include "report/choice.hpp"
#include "report/class_view.hpp"
#include "report/drawn_epochs.hpp"
#include "report/over_images.hpp"
#include "report/phrases.hpp"
#include "store/choice_note.hpp"
#include "store/epochs_by_variant.hpp"

namespace ablate {
namespace {

/// What a variant was called before a newer plan gave its name to another configuration: of "a (before 1)" "a".
std::string first_name(const std::string& name) { return name.substr(0, name.rfind(" (before ")); }

/// Names of variants that have finished runs and that the newest plan lacks, also in another configuration.
std::vector<std::string> dropped_variants(const StudyRecords& records,
                                          const std::set<std::int64_t>& planned) {
  std::set<std::string> kept;
  std::set<std::int64_t> finished;
  for (const VariantRecord& variant : records.variants) {
    if (planned.contains(variant.id)) kept.insert(variant.name);
  }
  for (const RunRecord& run : records.runs) {
    if (run.obsolete && run.status == RunStatus::done) finished.insert(run.variant_id);
  }
  std::vector<std::string> names;
  for (const VariantRecord& variant : records.variants) {
    const std::string name = first_name(variant.name);
    if (finished.contains(variant.id) && kept.insert(name).second) names.push_back(name);
  }
  return names;
}

/// Runs that the newest plan lacks, and variants of which it has none. Variants that were finished, and seeds of the
/// others, that are no longer asked for are a choice made once their results were known.
void leave_out_obsolete(StudyRecords& records) {
  std::set<std::int64_t> planned, seeds;
  for (const RunRecord& run : records.runs) {
    if (!run.obsolete) planned.insert(run.variant_id);
  }
  for (const RunRecord& run : records.runs) {
    const bool is_left_out = run.obsolete && run.status == RunStatus::done;
    if (is_left_out && planned.contains(run.variant_id)) seeds.insert(run.seed);
  }
  if (!seeds.empty())
    records.choices.push_back(fmt::format("finished runs of {} are left out by a newer plan",
                                          seeds_text({seeds.begin(), seeds.end()})));
  if (const auto dropped = dropped_variants(records, planned); !dropped.empty())
    records.choices.push_back(fmt::format("{} with finished runs {} left out by a newer plan: {}",
                                          counted(dropped.size(), "variant"),
                                          dropped.size() == 1 ? "is" : "are", names_text(dropped, 3)));
  std::erase_if(records.runs, [](const RunRecord& run) { return run.obsolete; });
  std::erase_if(records.variants,
                [&](const VariantRecord& variant) { return !planned.contains(variant.id); });
}

void leave_out_others(StudyRecords& records, const std::vector<std::string>& patterns) {
  std::vector<std::string> names;
  for (const VariantRecord& variant : records.variants) names.push_back(variant.name);
  const auto chosen = chosen_names(names, patterns);
  std::set<std::string> wanted(chosen.begin(), chosen.end());
  records.left_out = std::erase_if(records.variants, [&](const VariantRecord& variant) {
    const bool leaves = !variant.is_baseline && !wanted.contains(variant.name);
    if (leaves) records.left_out_factors.push_back(variant.factors);
    return leaves;
  });
  std::set<std::int64_t> kept;
  for (const VariantRecord& variant : records.variants) kept.insert(variant.id);
  std::erase_if(records.runs, [&](const RunRecord& run) { return !kept.contains(run.variant_id); });
}

/// By run, split and epoch; of long runs the epochs that are drawn.
std::vector<SplitMetrics> curves_of(const Reader& reader, std::int64_t study,
                                    const std::vector<RunRecord>& runs) {
  const DrawnEpochs drawn = drawn_epochs(runs);
  if (drawn.all()) return reader.curves(study);
  std::vector<SplitMetrics> curves;
  for (const RunRecord& run : runs) {
    const auto rows = reader.run_curves(run.id, drawn.sql());
    curves.insert(curves.end(), rows.begin(), rows.end());
  }
  return curves;
}

/// Of our own networks none: theirs is kept, or a stop rule of the study file ends it.
std::map<std::int64_t, int> epochs_of_programs(const Reader& reader, const StudyRecords& records) {
  std::map<std::int64_t, int> epochs = epochs_by_variant(reader, records.study.id);
  for (const VariantRecord& variant : records.variants) {
    if (!variant.is_of_program()) epochs.erase(variant.id);
  }
  return epochs;
}

}  // namespace

StudyRecords read_records(const Reader& reader, const std::string& study,
                          const std::vector<std::string>& variants) {
  StudyRecords records;
  records.study = reader.study(study);
  const std::int64_t id = records.study.id;
  records.variants = reader.variants(id);
  records.planned_epochs = epochs_of_programs(reader, records);
  records.runs = reader.runs(id);
  leave_out_obsolete(records);
  if (!variants.empty()) leave_out_others(records, variants);
  for (const NoteRecord& note : reader.study_notes(id)) {
    if (is_choice_note(note)) records.choices.push_back(note.text);
  }
  records.selected = reader.selected(id);
  records.curves = curves_of(reader, id, records.runs);
  records.epochs = reader.epochs(id);
  records.paired = is_paired(reader, id);
  records.free_metrics = free_metrics(reader, id);
  if (!records.free_metrics.empty()) {
    records.selected_values = study_selected_values(reader, id);
    records.values = study_values(reader, id, drawn_epochs(records.runs).sql());
  }
  records.repeats = study_repeats(reader, id);
  records.audits = reader.audits(id);
  records.looks = reader.looks(id);
  records.looks_elsewhere = looks_at_copied(reader, id);
  std::set<std::int64_t> datasets, machines;
  for (const RunRecord& run : records.runs) {
    for (LeakRecord& leak : reader.run_leaks(run.id)) records.leaks.push_back({run.id, std::move(leak)});
    datasets.insert({run.origin.train_dataset_id, run.origin.test_dataset_id});
    machines.insert(run.origin.machine_id);
  }
  datasets.erase(0);
  machines.erase(0);
  for (const std::int64_t dataset : datasets) records.datasets.push_back(reader.dataset(dataset));
  for (const std::int64_t machine : machines) records.machines.push_back(reader.machine(machine));
  return records;
}

void refuse_unselected(const Reader& reader, const StudyRecord& study, const StudyRecords& records,
                       const std::string& name) {
  const MetricName asked = metric_name(name);
  const auto same = [&](const auto& metric) { return metric.metric == asked.metric; };
  const auto suite = metric_table();
  const bool known = std::any_of(suite.begin(), suite.end(),
                                 [&](const Metric& metric) { return metric.name == asked.metric; }) ||
                     std::any_of(records.free_metrics.begin(), records.free_metrics.end(), same);
  if (known || !is_in_epochs(reader, study.id, name)) return;
  throw RequestError(
      fmt::format("{} stands in epochs, but in no run's selected one, of which a comparison is made", name),
      fmt::format(
          "have the program report it with the epoch that counts, and declare it in trainer.metrics; what there "
          "is: ablate runs {} --columns 'variant,seed,last(NAME)'",
          shell_word(study.name)));
}

namespace {

/// Of the runs of the first contrast, as far as they were kept.
KeptGuesses read_guesses(const Reader& reader, const Comparison& comparison) {
  KeptGuesses guesses;
  if (!comparison.answer) return guesses;
  const AnsweredContrast& of = comparison.answer->contrasts.front();
  std::vector<std::int64_t> runs;
  for (const auto* side : {&of.from_variants, &of.to_variants}) {
    for (const std::size_t place : *side) {
      for (const RunSummary& run : comparison.variants[place].runs) {
        if (run.status == RunStatus::done) runs.push_back(run.run_id);
      }
    }
  }
  for (PredictionRecord& kept : reader.predictions(runs)) {
    if (!guesses.dataset) guesses.truth = reader.truth(kept.dataset_id);
    if (guesses.dataset.value_or(kept.dataset_id) != kept.dataset_id) continue;
    guesses.dataset = kept.dataset_id;
    guesses.of_runs[kept.run_id] = std::move(kept.classes);
  }
  return guesses;
}

/// compare(), with what the variants were tuned to and what the differences are worth on other images.
Comparison judge_answer(const Reader& reader, const std::string& study, const ReportOptions& options,
                        KeptGuesses& guesses) {
  const StudyRecords records = read_records(reader, study, options.variants);
  refuse_unselected(reader, records.study, records, options.primary);
  Comparison comparison = compare(records, options);
  if (options.tuning) comparison.tuning = read_tuning(reader, *options.tuning);
  guesses = read_guesses(reader, comparison);
  add_image_levels(comparison, reader, guesses);
  return comparison;
}

}  // namespace

Comparison collect_answer(const Reader& reader, const std::string& study, const ReportOptions& options) {
  KeptGuesses guesses;
  return judge_answer(reader, study, options, guesses);
}

Comparison collect(const Reader& reader, const std::string& study, const ReportOptions& options) {
  KeptGuesses guesses;
  Comparison comparison = judge_answer(reader, study, options, guesses);
  comparison.class_views = read_class_views(reader, comparison);
  comparison.images =
      image_views(comparison, guesses.truth, guesses.of_runs, options.images ? &*options.images : nullptr);
  comparison.fingerprint = reader.fingerprint(comparison.study_id);
  return comparison;
}

}  // namespace ablate
