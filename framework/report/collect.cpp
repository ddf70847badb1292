#include "ablate/report/collect.hpp"

#include <set>
#include <utility>

namespace ablate {
StudyRecords read_records(const Reader& reader, const std::string& study) {
  StudyRecords records;
  records.study = reader.study(study);
  const std::int64_t id = records.study.id;
  records.variants = reader.variants(id);
  records.runs = reader.runs(id);
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
  return compare(read_records(reader, study), options);
}

}  // namespace ablate
