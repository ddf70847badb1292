#include "report/synthetic.hpp"

#include <cmath>

#include <fmt/format.h>

namespace ablate::synthetic {
namespace {

constexpr SplitName splits[] = {SplitName::train, SplitName::validation, SplitName::test};

/// Between 0 and 1, smooth in the epoch, a little apart by seed.
double accuracy(std::size_t variant, int seed, SplitName split, int epoch) {
  const double learned = 1.0 - std::exp(-0.8 * epoch);
  const double level =
      0.80 + 0.01 * static_cast<double>(variant % 7) + (split == SplitName::train ? 0.05 : 0.0);
  const double by_seed = 0.002 * seed + 0.001 * static_cast<double>((variant + 1) % 3) * seed * seed / 9.0;
  return std::round(1e6 * (level * learned + by_seed)) / 1e6;
}

MetricSuite suite(double accuracy) {
  MetricSuite s;
  s.accuracy = accuracy;
  s.precision = accuracy - 0.001;
  s.recall = accuracy;
  s.f1 = accuracy - 0.002;
  s.log_loss = 2.0 * (1.0 - accuracy);
  s.specificity = 1.0 - (1.0 - accuracy) / 46.0;
  s.auc_roc = 1.0 - (1.0 - accuracy) / 20.0;
  return s;
}

VariantRecord variant(std::size_t index, const std::string& name) {
  VariantRecord record;
  record.id = static_cast<std::int64_t>(index) + 1;
  record.name = name;
  record.is_baseline = index == 0;
  record.parameters = 200'000 + static_cast<std::int64_t>(index) * 15'343;
  record.flops_per_sample = 6 * record.parameters;
  record.factors = {{"model.skip", std::string(index % 2 ? "projection" : "none")},
                    {"model.hidden", std::int64_t{64} << (index / 2 % 4)}};
  return record;
}

void add_run(StudyRecords& records, const Shape& shape, std::size_t variant_index, int seed) {
  RunRecord run;
  run.id = static_cast<std::int64_t>(records.runs.size()) + 1;
  run.uuid = fmt::format("00000000-0000-4000-8000-{:012}", run.id);
  run.variant_id = records.variants[variant_index].id;
  run.variant = records.variants[variant_index].name;
  run.seed = seed;
  run.status = RunStatus::done;
  run.epochs_done = shape.epochs;
  run.best_epoch = shape.epochs;
  run.origin.selected_by = shape.validation ? "validation.log_loss" : "last epoch";
  run.origin.train_evaluated = "every epoch";
  run.origin.code_version = "0.1.0-4f2a9c1";
  run.origin.machine_id = 1, run.origin.train_dataset_id = 1, run.origin.test_dataset_id = 2;
  for (const SplitName split : splits) {
    if (split == SplitName::validation && !shape.validation) continue;
    for (int epoch = 1; epoch <= shape.epochs; ++epoch) {
      const MetricSuite metrics = suite(accuracy(variant_index, seed, split, epoch));
      records.curves.push_back({run.id, split, epoch, metrics});
      if (epoch == shape.epochs) records.selected.push_back({run.id, split, epoch, metrics});
    }
  }
  for (int epoch = 1; epoch <= shape.epochs; ++epoch) {
    const double rate = variant_index % 2 ? 0.01 / epoch : 0.01;
    records.epochs.push_back({run.id, epoch, rate, 1.0, 2.5 + 0.1 * seed, 0.4, 0.01, 44'000.0, 0.1});
  }
  records.audits.push_back({run.id, 20'000, 4'000, "exact"});
  records.runs.push_back(std::move(run));
}

}  // namespace

StudyRecords records(const Shape& shape) {
  StudyRecords records;
  records.study.id = 1;
  records.study.name = "synthetic";
  records.study.question = "Does the skip connection help?";
  for (std::size_t i = 0; i < shape.variants.size(); ++i)
    records.variants.push_back(variant(i, shape.variants[i]));
  for (std::size_t i = 0; i < shape.variants.size(); ++i) {
    for (int seed = 1; seed <= shape.seeds; ++seed) add_run(records, shape, i, seed);
  }
  for (const char* split : {"train", "test"}) {
    DatasetRecord set;
    set.id = static_cast<std::int64_t>(records.datasets.size()) + 1;
    set.name = "glyphs", set.split = split, set.origin = "drawn from seed 1";
    set.sha256 = std::string(64, split[0] == 't' && split[1] == 'r' ? 'a' : 'b');
    set.images = split[1] == 'r' ? 20'000 : 4'000, set.classes = 47, set.rows = set.columns = 28;
    records.datasets.push_back(std::move(set));
  }
  records.machines.push_back(
      {1, "bench", "Linux 6.1", "a processor", 2, std::int64_t{8} << 30, "OpenBLAS 0.3.21", "Haswell"});
  return records;
}

StudyRecords with_accuracies(const std::vector<std::vector<double>>& accuracies) {
  Shape shape;
  shape.variants.clear();
  for (std::size_t i = 0; i < accuracies.size(); ++i)
    shape.variants.push_back(std::string(1, static_cast<char>('A' + i)));
  shape.seeds = static_cast<int>(accuracies.front().size());
  auto study = records(shape);
  for (auto& row : study.selected) {
    const auto run = static_cast<std::size_t>(row.run_id - 1);
    const auto seeds = static_cast<std::size_t>(shape.seeds);
    row.suite.accuracy = accuracies[run / seeds][run % seeds];
  }
  return study;
}

void end(StudyRecords& records, std::int64_t run_id, RunStatus status, const std::string& error) {
  for (auto& run : records.runs) {
    if (run.id == run_id) run.status = status, run.error = error;
  }
}

}  // namespace ablate::synthetic
