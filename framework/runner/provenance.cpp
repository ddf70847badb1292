#include "runner/provenance.hpp"

#include <fmt/format.h>

#include "base/build_info.hpp"
#include "base/digest.hpp"
#include "train/judge.hpp"
#include "train/training.hpp"

namespace ablate {
namespace {

DatasetRecord describe(const Dataset& dataset, bool train) {
  DatasetRecord record;
  record.name = dataset.name;
  record.split = train ? "train" : "test";
  record.sha256 = train ? dataset.train_sha256 : dataset.test_sha256;
  record.origin = dataset.origin;
  record.images = static_cast<std::int64_t>(train ? dataset.train_images : dataset.test_images);
  record.classes = static_cast<int>(dataset.classes.size());
  record.rows = dataset.rows;
  record.columns = dataset.columns;
  record.channels = dataset.channels;
  record.class_names = dataset.classes;
  if (!train) record.labels = dataset.labels.span().subspan(dataset.train_images);
  return record;
}

}  // namespace

Store::Provenance program_provenance(const TrainerSettings& trainer, const std::string& code_sha256,
                                     std::int64_t machine_id) {
  Store::Provenance provenance;
  provenance.code_version = code_version();
  provenance.build = build_flavour();
  provenance.code_diff_sha256 = code_diff_sha256();
  provenance.program_sha256 = code_sha256;
  provenance.selected_by = trainer.select == "last" ? "last epoch" : trainer.select;
  provenance.machine_id = machine_id;
  return provenance;
}

DatasetRecord predicted_samples(std::span<const std::uint8_t> truth, int classes) {
  DatasetRecord record;
  record.name = "predictions_test";
  record.split = "test";
  record.sha256 = hex(Sha256().update(truth).finish());
  record.origin = "the labels in the programs' predictions";
  record.images = static_cast<std::int64_t>(truth.size());
  record.classes = classes;
  for (int label = 0; label < classes; ++label) record.class_names.push_back(fmt::format("{}", label));
  record.labels = truth;
  return record;
}

Store::Provenance provenance_of(const RunRecord& run, const Config& config, const Dataset& dataset,
                                const StudyAudit& audit, Store& store, std::int64_t machine_id) {
  Store::Provenance provenance;
  provenance.code_version = code_version();
  provenance.build = build_flavour();
  provenance.code_diff_sha256 = code_diff_sha256();
  provenance.program_sha256 = program_sha256();
  provenance.selected_by = selected_by(config);
  provenance.train_evaluated = train_evaluated(config.training);
  provenance.machine_id = machine_id;
  provenance.train_dataset_id = store.add_dataset(describe(dataset, true));
  provenance.test_dataset_id = store.add_dataset(describe(dataset, false));
  provenance.leaks = findings_of(audit, run.variant);
  provenance.audit = audit_record(audit, dataset);
  return provenance;
}

}  // namespace ablate
