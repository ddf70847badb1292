#include "store/trained.hpp"

#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/digest.hpp"
#include "base/plan_digest.hpp"
#include "store/reader.hpp"
#include "store/store.hpp"
#include "store/store_support.hpp"

namespace ablate::test {
namespace {

EpochRecord epoch_of_run(const RunRecord& run, int epoch, double shift) {
  const double variant = run.variant.empty() ? 0.0 : 0.1 * (run.variant.front() - 'a');
  EpochRecord record =
      epoch_of(epoch, variant + 0.01 * static_cast<double>(run.seed) + 0.001 * epoch + shift);
  record.metrics.test->auc_roc = std::nan("");
  record.metrics.test->log_loss = HUGE_VAL;
  return record;
}

Evaluation evaluation_of(const RunRecord& run) {
  Evaluation evaluation;
  evaluation.classes.resize(2);
  evaluation.classes[0].support = 3;
  evaluation.classes[0].auc_roc = std::nan("");
  evaluation.confusion = {3, static_cast<std::uint32_t>(run.seed), 0, 1};
  evaluation.predicted = {0, static_cast<std::uint8_t>(run.seed % 2), 1, 0};
  return evaluation;
}

Store::Provenance provenance_of(Store& store, const Trained& trained) {
  Store::Provenance provenance;
  provenance.code_version = "0.1.0";
  provenance.selected_by = "last epoch";
  provenance.train_evaluated = "every epoch";
  provenance.machine_id = store.add_machine({0, "host", "Linux", "processor", 2, 1 << 30, "BLAS", "core"});
  DatasetRecord data;
  data.name = "glyphs";
  data.class_names = {"zero", "one"};
  data.split = "train";
  data.sha256 = trained.images + " train";
  provenance.train_dataset_id = store.add_dataset(data);
  data.split = "test";
  data.sha256 = trained.images + " test";
  data.images = 4;
  data.classes = 2;
  const std::vector<std::uint8_t> labels = {0, 0, 1, 1};
  data.labels = labels;
  provenance.test_dataset_id = store.add_dataset(data);
  provenance.leaks = {{"duplicates_in_test", "image 3 repeats image 1", 1}};
  provenance.audit = AuditRecord{0, 10, 5, "exact"};
  return provenance;
}

}  // namespace

void train(const std::filesystem::path& file, const Trained& trained) {
  Store store(file);
  StudyRecord study = study_named(trained.study);
  study.config =
      fmt::format("study: {}\nseeds: [{}]\nreport: {{}}\n", trained.study, fmt::join(trained.seeds, ", "));
  study.config_sha256 = sha256_hex(study.config);
  study.stop_rules = trained.rules;
  std::vector<VariantRecord> variants;
  std::vector<PlannedVariant> planned;
  for (const std::string& name : trained.variants) {
    variants.push_back(variant_named(name, fmt::format("data:\n  {}\n# {}", trained.settings, name)));
    variants.back().is_baseline = variants.size() == 1;
    variants.back().factors = {{"data.x", std::int64_t{1}}, {"model.skip", name}};
    planned.push_back({name, variants.back().config_sha256});
  }
  study.plan_sha256 = plan_digest(planned, trained.seeds, trained.rules);
  const std::int64_t id = store.plan(study, variants, trained.seeds);
  const Store::Provenance provenance = provenance_of(store, trained);
  const std::vector<float> weights = {0.5f, -1.0f};
  const std::vector<std::uint8_t> checkpoint = {1, 0, 255};
  if (trained.epochs == 0) return;
  while (const auto run = claim(store, id)) {
    store.set_provenance(run->id, provenance);
    for (int epoch = 1; epoch <= trained.epochs; ++epoch) {
      EpochRecord record = epoch_of_run(*run, epoch, trained.shift);
      record.weights = weights;
      record.checkpoint = checkpoint;
      store.add_epoch(run->id, record, 60.0);
    }
    store.set_output(run->id, run->attempt, "stderr", "a warning\n");
    if (!trained.done) continue;  // under a lease, so that claim does not give it again
    Outcome outcome;
    outcome.reason = "all epochs";
    outcome.at_selected.test = evaluation_of(*run);
    store.finish(run->id, outcome);
  }
  if (!trained.done) execute(file, "UPDATE run SET status = 'interrupted', lease_until = NULL");
}

std::vector<std::string> contents(const std::filesystem::path& file) {
  std::vector<std::string> all;
  for (const std::string& table :
       rows(file,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'migration' ORDER BY name")) {
    std::string columns;
    for (const std::string& column :
         rows(file, fmt::format("SELECT name FROM pragma_table_info('{}') ORDER BY cid", table))) {
      const bool moment = column == "uuid" || column.ends_with("_at") || column == "store_seconds";
      if (!moment) columns += fmt::format("{}quote({})", columns.empty() ? "" : ", ", column);
    }
    for (const std::string& row :
         rows(file, fmt::format("SELECT {} FROM {} ORDER BY {}", columns, table, columns)))
      all.push_back(table + ": " + row);
  }
  return all;
}

std::string fingerprint(const std::filesystem::path& file, const std::string& study) {
  const Reader reader(file);
  return reader.fingerprint(reader.study(study).id);
}

}  // namespace ablate::test
