#include "ablate/report/collect.hpp"

#include <set>
#include <utility>

#include "ablate/report/class_view.hpp"

namespace ablate {
namespace {

/// Runs that the newest plan lacks, and variants of which it has none.
void leave_out_obsolete(StudyRecords& records) {
  std::erase_if(records.runs, [](const RunRecord& run) { return run.obsolete; });
  std::set<std::int64_t> planned;
  for (const RunRecord& run : records.runs) planned.insert(run.variant_id);
  std::erase_if(records.variants,
                [&](const VariantRecord& variant) { return !planned.contains(variant.id); });
}

}  // namespace

StudyRecords read_records(const Reader& reader, const std::string& study) {
  StudyRecords records;
  records.study = reader.study(study);
  const std::int64_t id = records.study.id;
  records.variants = reader.variants(id);
  records.runs = reader.runs(id);
  leave_out_obsolete(records);
  records.selected = reader.selected(id);
  records.curves = reader.curves(id);
  records.epochs = reader.epochs(id);
  records.audits = reader.audits(id);
  std::set<std::int64_t> datasets, machines;
  for (const RunRecord& run : records.runs) {
    for (LeakRecord& leak : reader.run_leaks(run.id)) records.leaks.push_back({run.id, std::move(leak)});
    datasets.insert({run.train_dataset_id, run.test_dataset_id});
    machines.insert(run.machine_id);
  }
  datasets.erase(0);
  machines.erase(0);
  for (const std::int64_t dataset : datasets) records.datasets.push_back(reader.dataset(dataset));
  for (const std::int64_t machine : machines) records.machines.push_back(reader.machine(machine));
  return records;
}

Comparison collect(const Reader& reader, const std::string& study, const ReportOptions& options) {
  const StudyRecords records = read_records(reader, study);
  Comparison comparison = compare(records, options);
  comparison.class_views = read_class_views(reader, comparison);
  comparison.fingerprint = reader.fingerprint(records.study.id);
  return comparison;
}

}  // namespace ablate
