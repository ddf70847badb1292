#include "big_database.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <ctime>
#include <map>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/random.hpp"
#include "base/time.hpp"
#include "config/study.hpp"
#include "made_up_curves.hpp"
#include "metrics/metric_table.hpp"
#include "nn/network.hpp"
#include "rows_insert.hpp"
#include "store/store.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t pixels = 784;
constexpr std::array<SplitName, 3> splits = {SplitName::test, SplitName::train,
                                             SplitName::validation};  // in the order of their keys
constexpr std::array<const char*, 4> optimizers = {"{type: sgd}", "{type: sgd, momentum: 0.9}",
                                                   "{type: adam}", "{type: rmsprop}"};
constexpr std::array<const char*, 5> activations = {"relu", "gelu", "tanh", "leaky_relu", "sigmoid"};
constexpr std::array<const char*, 3> schedules = {"step, factor: 0.5, every: 10", "cosine", "constant"};

/// A time of day, counted from the first study's day.
std::string day(double seconds) {
  using namespace std::chrono;
  const auto first = sys_days(2024y / January / 8);
  return utc_text(time_point_cast<system_clock::duration>(first) +
                  duration_cast<system_clock::duration>(duration<double>(seconds)));
}

constexpr double week = 7.0 * 86400.0;

std::string study_text(int index, const BigShape& shape) {
  const auto i = static_cast<std::size_t>(index);
  return fmt::format(R"(# Which of the four matters with {2} and {3}?
study: sweep_{0:03}
data: {{source: glyphs, train_on: [{1}]}}
model: {{activation: {3}}}
training:
  epochs: {4}
  batch_size: {5}
  optimizer: {2}
  learning_rate: {{schedule: {6}}}
variants:
  baseline: {{model.skip: none, model.hidden: [64], model.dropout: 0, training.learning_rate.initial: 0.01}}
  grid:
    model.skip: [none, projection]
    model.hidden: [[64], [128], [256], [512], [1024]]
    model.dropout: [0, 0.1, 0.2, 0.3, 0.5]
    training.learning_rate.initial: [0.003, 0.01, 0.03, 0.1]
seeds: 5
)",
                     index, index % 10 == 9 ? "train, test" : "train", optimizers[i % optimizers.size()],
                     activations[i % activations.size()], shape.epochs, 16 << (i % 4),
                     schedules[i % schedules.size()]);
}

/// What the store writes of a study, and the configurations that its runs' numbers follow.
struct PlannedStudy {
  Study study;
  std::int64_t id = 0;
};

class Planner {
 public:
  explicit Planner(Store& store) : store_(store) {}

  PlannedStudy plan(int index, const BigShape& shape) {
    PlannedStudy planned{parse_study(study_text(index, shape), "study", {}, metric_names())};
    const Study& study = planned.study;
    StudyRecord record;
    record.name = study.name, record.question = study.question;
    record.config = study.yaml, record.config_sha256 = study.sha256, record.plan_sha256 = study.plan_sha256;
    record.created_at = day(week * index);
    std::vector<VariantRecord> variants;
    for (const Variant& variant : study.variants) variants.push_back(variant_record(variant));
    const std::vector<std::int64_t> seeds(study.seeds.begin(), study.seeds.end());
    planned.id = store_.plan(record, variants, seeds);
    return planned;
  }

 private:
  VariantRecord variant_record(const Variant& variant) {
    VariantRecord record;
    record.name = variant.name, record.is_baseline = variant.is_baseline;
    record.config = variant.yaml, record.config_sha256 = variant.sha256;
    for (const Factor& factor : variant.factors) record.factors.push_back({factor.key, factor.value});
    const ModelSettings& model = variant.config.model;
    auto [cost, is_new] = costs_.try_emplace({model.skip, model.hidden.front()});
    if (is_new) {
      const Network network(pixels, model, 47);
      cost->second = {static_cast<std::int64_t>(network.weight_count()), network.flops_per_sample()};
    }
    std::tie(record.parameters, record.flops_per_sample) = cost->second;
    return record;
  }

  Store& store_;
  std::map<std::pair<Skip, int>, std::pair<std::int64_t, std::int64_t>> costs_;
};

std::string metric_columns() {
  std::string columns = "run_id, split, epoch";
  for (const Metric& metric : metric_table()) columns += fmt::format(", {}", metric.name);
  return columns;
}

/// Writes runs in bulk, in one transaction.
class BulkWriter {
 public:
  BulkWriter(const fs::path& path, const BigShape& shape)
      : shape_(shape), database_(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX) {
    // The file is new and bears another name until it is whole: nothing need be brought back.
    database_.exec("PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    database_.exec("BEGIN; UPDATE migration SET applied_at = '2024-01-08T00:00:00.000Z'");
  }

  void add_study(const PlannedStudy& planned, int index) {
    SQLite::Statement runs(database_,
                           "SELECT run.id, run.seed, position FROM run JOIN variant ON variant.id = "
                           "variant_id WHERE run.study_id = ? ORDER BY run.id");
    runs.bind(1, planned.id);
    for (int number = 0; runs.executeStep(); ++number) {
      const auto position = static_cast<std::size_t>(runs.getColumn(2).getInt64());
      const Variant& variant = planned.study.variants[position];
      Run run{runs.getColumn(0).getInt64(), status_of(number)};
      Stream chance(static_cast<std::uint64_t>(run.id), "big database");
      run.start = week * index + 300.0 * number;
      add_run(run, variant.config, index % 10 == 9, chance);
    }
  }

  BigCount finish() {
    database_.exec("COMMIT");
    count_.seconds = watch_.seconds();
    count_.processor_seconds = static_cast<double>(std::clock() - began_) / CLOCKS_PER_SEC;
    return count_;
  }

 private:
  struct Run {
    std::int64_t id = 0;
    RunStatus status = RunStatus::done;
    double start = 0.0, seconds = 0.0;
    int epochs = 0, best = 0;
  };

  template <class... Values>
  void put(SQLite::Statement& statement, const Values&... values) {
    int place = 0;
    (statement.bind(++place, values), ...);
    statement.exec();
    statement.reset();
    ++count_.rows;
  }

  void add_run(Run& run, const Config& config, bool leaks, Stream& chance) {
    ++count_.runs;
    run.epochs = run.status == RunStatus::done      ? shape_.epochs
                 : run.status == RunStatus::planned ? 0
                                                    : shape_.epochs / 2;
    if (run.epochs > 0) {
      const Course course = course_of(config, chance);
      add_curves(run, course, chance);
      add_epochs(run, config, chance);
      if (run.status == RunStatus::done) add_classes(run, course, chance);
      if (run.status == RunStatus::done && shape_.confusion) add_confusion(run);
      put(audit_, run.id);
      if (leaks) put(leak_, run.id);
    }
    end(run, chance);
  }

  void add_curves(Run& run, const Course& course, Stream& chance) {
    std::array<std::vector<MetricSuite>, 3> suites;
    double best = 1e9;
    for (std::size_t s = 0; s < splits.size(); ++s) {
      for (int epoch = 1; epoch <= run.epochs; ++epoch) {
        suites[s].push_back(suite_of(course, splits[s], epoch, chance));
        const double loss = suites[s].back().log_loss;
        if (splits[s] == SplitName::validation && loss < best) best = loss, run.best = epoch;
      }
      epoch_metric_.expect(run.epochs);
      for (int i = 0; i < run.epochs; ++i) {
        epoch_metric_.put(run.id, text_of(splits[s]), i + 1, suites[s][static_cast<std::size_t>(i)]);
      }
      count_.metric_rows += run.epochs;
    }
    run_metric_.expect(3);
    for (std::size_t s = 0; s < splits.size(); ++s)
      run_metric_.put(run.id, text_of(splits[s]), run.best,
                      suites[s][static_cast<std::size_t>(run.best) - 1]);
    count_.rows += 3 * (run.epochs + 1);
  }

  static const std::string& text_of(SplitName split) {
    static const std::array<std::string, 3> texts = {to_string(SplitName{0}), to_string(SplitName{1}),
                                                     to_string(SplitName{2})};
    return texts[static_cast<std::size_t>(split)];
  }

  void add_epochs(Run& run, const Config& config, Stream& chance) {
    const double images = 18'000.0, each = 2e-6 * config.model.hidden.front();
    epoch_.expect(run.epochs);
    for (int epoch = 1; epoch <= run.epochs; ++epoch) {
      const double train = images * each * (1.0 + 0.1 * chance.uniform());
      const double evaluate = 0.3 * train * (1.0 + 0.1 * chance.uniform());
      epoch_.put(run.id, epoch, config.training.learning_rate.initial * std::exp(-0.05 * epoch),
                 2.0 + chance.uniform(), train, evaluate, 1e-3 * chance.uniform(), images / train,
                 0.1 * evaluate);
      run.seconds += train + evaluate;
    }
    count_.rows += run.epochs;
  }

  void add_classes(const Run& run, const Course& course, Stream& chance) {
    class_.expect(3 * shape_.classes);
    for (const SplitName split : splits) {
      for (int i = 0; i < shape_.classes; ++i) {
        const double found = course.level - 0.05 * i * chance.uniform();
        class_.put(run.id, text_of(split), i, found, found + 1e-3 * chance.uniform(),
                   found + 1e-3 * chance.uniform(), 1.0 - (1.0 - found) / 46.0, 1.0 - (1.0 - found) / 20.0,
                   400);
      }
    }
    count_.rows += 3 * shape_.classes;
  }

  void add_confusion(const Run& run) {
    for (int truth = 0; truth < shape_.classes; ++truth) {
      for (int predicted = 0; predicted < shape_.classes; ++predicted) {
        const int count =
            truth == predicted ? 380 : static_cast<int>((run.id + truth * 7 + predicted * 3) % 9);
        if (count > 0) put(confusion_, run.id, truth, predicted, count);
      }
    }
  }

  void end(const Run& run, Stream& chance) {
    const std::uint64_t half = chance.below(std::uint64_t{1} << 48);
    const std::string uuid = fmt::format("{:08x}-0000-4000-8000-{:012x}", run.id, half);
    if (run.epochs == 0) return put(name_, uuid, run.id);
    const bool failed = run.status == RunStatus::failed;
    put(run_, uuid, to_string(run.status), day(run.start), day(run.start + run.seconds), run.epochs, run.best,
        1 + run.id % 3, run.id);
    if (failed) put(error_, "out of memory: the worker was killed by signal 9", run.id);
    if (run.status == RunStatus::diverged) put(error_, "the loss is not a number after epoch 25", run.id);
  }

  BigShape shape_;
  SQLite::Database database_;
  BigCount count_;
  Stopwatch watch_;
  std::clock_t began_ = std::clock();
  RowsInsert epoch_metric_{database_, "epoch_metric", metric_columns()};
  RowsInsert run_metric_{database_, "run_metric", metric_columns()};
  RowsInsert epoch_{database_, "epoch",
                    "run_id, epoch, learning_rate, gradient_norm, train_seconds, evaluate_seconds, "
                    "store_seconds, samples_per_second, metric_seconds"};
  RowsInsert class_{database_, "class_metric",
                    "run_id, split, class, precision, recall, f1, specificity, auc_roc, support"};
  SQLite::Statement confusion_{
      database_, "INSERT INTO confusion(run_id, split, truth, predicted, count) VALUES (?, 'test', ?, ?, ?)"};
  SQLite::Statement audit_{database_, "INSERT INTO audit VALUES (?, 20000, 4000, 'exact')"};
  SQLite::Statement leak_{
      database_,
      "INSERT INTO leak VALUES (?, 'trained_on_test', 'data.train_on holds test: every test "
      "image was trained on', 4000)"};
  SQLite::Statement name_{database_, "UPDATE run SET uuid = ? WHERE id = ?"};
  SQLite::Statement error_{database_, "UPDATE run SET error = ? WHERE id = ?"};
  SQLite::Statement run_{
      database_,
      "UPDATE run SET uuid = ?, status = ?, attempt = 1, worker = 'bench:1:1', started_at = ?, "
      "ended_at = ?, epochs_done = ?, best_epoch = ?, selected_by = 'validation.log_loss', "
      "train_dataset_id = 1, test_dataset_id = 2, code_version = '0.1.0+0123456789', "
      "machine_id = ?, train_evaluated = 'every epoch', exit_reason = 'all epochs', "
      "peak_memory_bytes = 122724352, build = 'GNU 12.2.0 Release -O3' WHERE id = ?"};
};

void add_provenance(Store& store, const BigShape& shape) {
  for (const char* split : {"train", "test"}) {
    DatasetRecord set;
    set.name = "glyphs", set.split = split, set.origin = "drawn from seed 1";
    set.sha256 = std::string(64, split[1] == 'r' ? 'a' : 'b');
    set.images = split[1] == 'r' ? 20'000 : 4'000, set.classes = shape.classes, set.rows = set.columns = 28;
    for (int i = 0; i < shape.classes; ++i)
      set.class_names.push_back(std::string(1, static_cast<char>('a' + i)));
    store.add_dataset(set);
  }
  for (const char* host : {"anna", "bert", "carl"}) {
    store.add_machine(
        {0, host, "Linux 6.1", "a processor", 16, std::int64_t{64} << 30, "OpenBLAS 0.3.21", "Haswell"});
  }
}

/// Copies the database to a new file in full pages; `from` goes.
void pack(const fs::path& from, const fs::path& to) {
  {
    SQLite::Database database(from.string(), SQLite::OPEN_READWRITE);
    SQLite::Statement copy(database, "VACUUM INTO ?");
    copy.bind(1, to.string());
    copy.exec();
  }
  SQLite::Database(to.string(), SQLite::OPEN_READWRITE).exec("PRAGMA journal_mode = WAL");
  fs::remove(from);
}

}  // namespace

BigCount make_big_database(const fs::path& path, const BigShape& shape) {
  if (fs::exists(path))
    throw RequestError(fmt::format("{} is there already", path.string()), "name a new file");
  const fs::path part = path.string() + ".part";
  fs::remove(part);
  std::vector<PlannedStudy> planned;
  {
    Store store(part);
    add_provenance(store, shape);
    Planner planner(store);
    for (int i = 0; i < shape.studies; ++i) planned.push_back(planner.plan(i, shape));
  }
  BigCount count;
  {
    BulkWriter writer(part, shape);
    for (int i = 0; i < shape.studies; ++i) writer.add_study(planned[static_cast<std::size_t>(i)], i);
    count = writer.finish();
  }
  count.bytes_as_written = static_cast<std::int64_t>(fs::file_size(part));
  const Stopwatch watch;
  pack(part, path);
  count.packing_seconds = watch.seconds();
  return count;
}

}  // namespace ablate
