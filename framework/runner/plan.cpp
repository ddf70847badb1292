#include "runner/plan.hpp"

#include <algorithm>
#include <new>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/interrupted.hpp"
#include "base/time.hpp"
#include "config/config_writer.hpp"
#include "data/partition.hpp"
#include "nn/learning_rate.hpp"
#include "nn/network.hpp"
#include "runner/program_files.hpp"

namespace ablate {
namespace {

Network build(const Config& config, const Dataset& dataset) {
  try {
    return {dataset.pixels_per_image(), config.model, dataset.classes.size(), config.training.train_biases};
  } catch (const std::bad_alloc&) {
    throw RequestError("the network does not fit into this machine's memory", "fewer units in model.hidden");
  }
}

void add_costs(VariantRecord& record, const Config& config, std::uint64_t seed, DatasetCache& datasets) {
  const auto dataset = datasets.get(config.data);
  partition(*dataset, config.data, seed);
  const Network network = build(config, *dataset);
  record.parameters = static_cast<std::int64_t>(network.weight_count());
  record.flops_per_sample = network.flops_per_sample();
}

bool on_test(const Monitor& monitor) { return monitor.split == SplitName::test; }

}  // namespace

StudyRecord study_record(const Study& study) {
  StudyRecord record;
  record.name = study.name;
  record.question = study.question;
  record.config = study.yaml;
  record.config_sha256 = study.sha256;
  record.plan_sha256 = study.plan_sha256;
  record.stop_rules = study.stop_rules;
  record.created_at = utc_text();
  return record;
}

VariantRecord variant_record(const Variant& variant) {
  VariantRecord record;
  record.name = variant.name;
  record.is_baseline = variant.is_baseline;
  record.config = variant.yaml;
  record.config_sha256 = variant.sha256;
  for (const Factor& factor : variant.factors) record.factors.push_back({factor.key, factor.value});
  return record;
}

std::vector<std::int64_t> seeds_of(const Study& study) { return {study.seeds.begin(), study.seeds.end()}; }

Plan plan_study(const Study& study, DatasetCache& datasets, const std::function<bool()>& stopped) {
  Plan plan;
  plan.study = study_record(study);
  plan.seeds = seeds_of(study);
  if (study.trainer()) {
    check_program(study);
    for (const Variant& variant : study.variants) plan.variants.push_back(variant_record(variant));
    return plan;
  }
  for (const Variant& variant : study.variants) {
    if (stopped && stopped()) throw Interrupted();
    try {
      plan.variants.push_back(variant_record(variant));
      add_costs(plan.variants.back(), variant.config, study.seeds.front(), datasets);
    } catch (const RequestError& error) {
      if (study.variants.size() == 1) throw;
      throw RequestError(fmt::format("variant '{}': {}", variant.name, error.what()));
    }
  }
  return plan;
}

std::int64_t training_images(const Config& config, const Dataset& dataset) {
  return static_cast<std::int64_t>(partition(dataset, config.data, 1).train.size());
}

std::vector<LeakRecord> protocol_leaks(const Config& config, const Dataset& dataset) {
  std::vector<LeakRecord> leaks;
  const auto& train_on = config.data.train_on;
  if (std::find(train_on.begin(), train_on.end(), SplitName::test) != train_on.end()) {
    leaks.push_back({"trained_on_test", "data.train_on holds test: every test image was trained on",
                     static_cast<std::int64_t>(dataset.test_images)});
  }
  const TrainingSettings& training = config.training;
  if (training.early_stopping && on_test(training.early_stopping->monitor)) {
    leaks.push_back({"selected_on_test", "early stopping looks at test and chooses the epoch by it",
                     static_cast<std::int64_t>(dataset.test_images)});
  }
  if (training.learning_rate.schedule == ScheduleKind::plateau && on_test(training.learning_rate.monitor)) {
    leaks.push_back({"scheduled_on_test", "the learning rate's plateau looks at test",
                     static_cast<std::int64_t>(dataset.test_images)});
  }
  return leaks;
}

bool begins_as_shorter(const Config& config) {
  return !depends_on_epochs(config.training.learning_rate.schedule) &&
         config.training.evaluate_train.kind != TrainEvaluationKind::every;
}

std::string digest_with_epochs(Config config, int epochs) {
  config.training.epochs = epochs;
  return sha256_hex(identity_text(config));
}

}  // namespace ablate
