#include "report/collect.hpp"

#include <cmath>
#include <map>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "report/drawn_epochs.hpp"
#include "report/fairness.hpp"
#include "report/folder.hpp"
#include "report/outputs.hpp"
#include "report/render.hpp"
#include "report/section_of.hpp"
#include "store/query.hpp"
#include "store/store.hpp"
#include "store/store_support.hpp"

using namespace ablate;

namespace {

double accuracy(const RunRecord& run, int epoch) {
  return 0.5 + 0.1 * epoch + (run.variant == "skip" ? 0.02 : 0.0) + 0.003 * static_cast<double>(run.seed);
}

VariantRecord variant(const std::string& name, bool is_baseline) {
  VariantRecord record;
  record.name = name;
  record.is_baseline = is_baseline;
  record.config = "model: {skip: " + name + "}";
  record.config_sha256 = std::string(64, is_baseline ? 'a' : 'b');
  record.parameters = 1000;
  record.flops_per_sample = 6000;
  record.factors = {{"model.skip", name}};
  return record;
}

/// Of ten images; by seed s, s of the first class are taken for the second.
Evaluation two_classes(const RunRecord& run) {
  Evaluation evaluation;
  const double recall = 1.0 - 0.25 * static_cast<double>(run.seed);
  evaluation.classes = {{1.0, recall, 0.9, 1.0, 0.9, 4}, {MetricSuite::none, 1.0, 0.8, 0.5, 0.9, 6}};
  const auto wrong = static_cast<std::uint32_t>(run.seed);
  evaluation.confusion = {4 - wrong, wrong, 0, 6};
  return evaluation;
}

/// Two variants, three seeds, two epochs; the last run diverges; runs of "skip" trained on the test images.
void fill(Store& store) {
  StudyRecord study;
  study.name = "small", study.question = "Does it help?", study.created_at = "2026-01-01T00:00:00Z";
  study.config_sha256 = study.plan_sha256 = std::string(64, 'c');
  const auto id = store.plan(study, {variant("none", true), variant("skip", false)}, {1, 2, 3});
  DatasetRecord set;
  set.name = "glyphs", set.split = "train", set.sha256 = std::string(64, 'd'), set.images = 10,
  set.classes = 2;
  MachineRecord machine;
  machine.host = "bench", machine.cores = 2;
  Store::Provenance provenance;
  provenance.code_version = "1.0", provenance.selected_by = "last epoch";
  provenance.train_evaluated = "every epoch";
  provenance.machine_id = store.add_machine(machine), provenance.train_dataset_id = store.add_dataset(set);
  set.split = "test", set.sha256 = std::string(64, 'e');
  provenance.test_dataset_id = store.add_dataset(set);
  while (const auto run = store.claim(id, {.worker = "worker", .lease_seconds = 60.0})) {
    provenance.leaks.clear();
    if (run->variant == "skip") provenance.leaks = {{"trained_on_test", "trained on the test images", 10}};
    store.set_provenance(run->id, provenance);
    for (int epoch = 1; epoch <= 2; ++epoch) {
      MetricSuite suite;
      suite.accuracy = accuracy(*run, epoch);
      EpochRecord record;
      record.epoch = epoch, record.learning_rate = 0.01, record.gradient_norm = 1.0;
      record.train_seconds = 2.0, record.evaluate_seconds = 0.5, record.samples_per_second = 100.0;
      record.metrics = {suite, suite, suite};
      record.selected = true;
      store.add_epoch(run->id, record, 60.0);
    }
    const bool last = run->variant == "skip" && run->seed == 3;
    store.finish(run->id, {.status = last ? RunStatus::diverged : RunStatus::done,
                           .error = last ? "the loss is nan" : "",
                           .at_selected = {{}, {}, two_classes(*run)}});
  }
}

using Rows = std::vector<std::vector<Value>>;

Rows ask(const std::filesystem::path& database, const std::string& sql) {
  Rows rows;
  run_query(database, sql, {}, {[](const auto&) {}, [&](const auto& row) { rows.push_back(row); }});
  return rows;
}

/// A small study that is planned anew with other variants and seeds.
struct Replanned {
  explicit Replanned(const std::string& name) : folder(name), file(folder.path() / "small.db"), store(file) {
    fill(store);
  }
  std::vector<std::string> choices(const std::vector<VariantRecord>& wanted,
                                   const std::vector<std::int64_t>& seeds) {
    StudyRecord study = Reader(file).study("small");
    store.plan(study, wanted, seeds, {.replan = true});
    return read_records(Reader(file), "small").choices;
  }

  const std::vector<VariantRecord> variants = {variant("none", true), variant("skip", false)};
  const TestFolder folder;
  const std::filesystem::path file;
  Store store;
};

using Choices = std::vector<std::string>;

}  // namespace

TEST_CASE(
    "seeds that were done and that a newer plan lacks were chosen afterwards, as long as it lacks them") {
  Replanned small("collect_seeds");
  const auto& variants = small.variants;
  CHECK(small.choices(variants, {1, 2, 3, 4}).empty());
  CHECK(small.choices(variants, {2, 4}) ==
        Choices{"finished runs of seeds 1, 3 are left out by a newer plan"});
  CHECK(small.choices(variants, {1, 2}) == Choices{"finished runs of seed 3 are left out by a newer plan"});
  CHECK(small.choices(variants, {1, 2, 3}).empty());
  VariantRecord changed = variant("skip", false);
  changed.config_sha256 = std::string(64, 'f');
  CHECK(small.choices({variants[0], changed}, {1, 2, 3}).empty());
}

TEST_CASE(
    "variants that were done and that a newer plan lacks were chosen afterwards, as long as it lacks them") {
  Replanned small("collect_variants");
  const std::string told = "1 variant with finished runs is left out by a newer plan: skip";
  CHECK(small.choices({small.variants[0]}, {1, 2, 3}) == Choices{told});
  const auto comparison = collect(Reader(small.file), "small", {});
  CHECK_THAT(weaknesses(comparison), Catch::Contains(told));
  render_report(comparison, small.folder.path(), {.outputs = parse_outputs("html,markdown")});
  CHECK_THAT(small.folder.text("report.md"), Catch::Contains(told));
  CHECK_THAT(small.folder.text("index.html"), Catch::Contains(told));
  CHECK(small.choices(small.variants, {1, 2, 3}).empty());
}

TEST_CASE("a study is collected from its database") {
  const TestFolder folder("collect");
  const auto file = folder.path() / "small.db";
  {
    Store store(file);
    fill(store);
  }
  const Reader reader(file);
  const auto comparison = collect(reader, "small", {});
  CHECK(comparison.question == "Does it help?");
  CHECK(comparison.counts.done == 5);
  CHECK(comparison.counts.diverged == 1);
  REQUIRE(comparison.variants.size() == 2);
  const auto& skip = comparison.variants[1];
  CHECK(primary(comparison, skip).n == 2);
  CHECK(primary(comparison, skip).mean == Approx(0.7 + 0.02 + 0.003 * 1.5));
  CHECK(skip.difference->seeds == std::vector<std::int64_t>{1, 2});
  CHECK(skip.difference->paired.summary.mean == Approx(0.02));
  CHECK(skip.train_seconds.mean == Approx(4.0));
  CHECK(skip.leaked);
  CHECK_FALSE(comparison.variants[0].leaked);
  CHECK(comparison.datasets.size() == 2);
  CHECK(comparison.machines.size() == 1);
  CHECK(comparison.code_versions == std::vector<std::string>{"1.0"});
  CHECK_THROWS_WITH(collect(reader, "smal", {}), Catch::Contains("small"));
}

TEST_CASE(
    "runs of many epochs are drawn in some two thousand, by means over the same runs, and captions say so") {
  const TestFolder folder("long");
  const auto file = folder.path() / "small.db";
  {
    Store store(file);
    fill(store);
  }
  constexpr int longest = 5001;  // of all runs but the first, which ends earlier
  test::execute(
      file,
      fmt::format(
          "CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < {0}) "
          "SELECT i FROM n; "
          "INSERT INTO epoch(run_id, epoch, learning_rate, train_seconds) SELECT run.id, i, 0.01, 2.0 FROM run, n "
          "WHERE run.id > 1 OR i < 4000; "
          "INSERT INTO epoch_metric(run_id, split, epoch, accuracy) SELECT run.id, split, i, run.id / 10.0 FROM "
          "run, n, (SELECT 'train' AS split UNION SELECT 'validation' UNION SELECT 'test') "
          "WHERE run.id > 1 OR i < 4000; "
          "INSERT INTO epoch_value(run_id, split, metric, epoch, value) SELECT run.id, 'test', 'bleu', i, run.id FROM "
          "run, n WHERE run.id > 1 OR i < 4000; "
          "INSERT INTO run_value(run_id, split, metric, epoch, value) SELECT id, 'test', 'bleu', 1, id FROM run; "
          "UPDATE run SET epochs_done = iif(id = 1, 3999, {0})",
          longest));
  const auto comparison = collect(Reader(file), "small", {});
  CHECK(drawn_epochs(comparison).step == 3);
  const auto& points = curve(comparison.variants[0], SplitName::test);
  REQUIRE(points.size() == 1668);
  CHECK(points[1].epoch == 4);
  CHECK(points.back().epoch == longest);
  const std::size_t accuracy = comparison.primary.metric;
  CHECK(points[1332].epoch == 3997);
  CHECK(points[1332].metrics[accuracy].n == 3);
  CHECK(points[1333].metrics[accuracy].n == 2);
  const std::size_t bleu = comparison.metrics.place_of("bleu");
  CHECK(points[1332].metrics[bleu].n == 3);
  CHECK(points[1333].metrics[bleu].mean == Approx(10.0 * points[1333].metrics[accuracy].mean));
  CHECK(comparison.variants[0].rates.size() == points.size());
  CHECK(comparison.variants[1].train_seconds.mean == Approx(2.0 * longest));
  for (const Figure& figure : figures_of(comparison)) {
    if (figure.plot.name != "curves") continue;
    CHECK_THAT(figure.caption, Catch::Contains("One epoch in 3 is drawn; `ablate query` has all 5001."));
    CHECK(figure.data.rows.size() == 4 * points.size());  // two variants, validation and test
    CHECK(ask(file, figure.source.sql).size() == 3 * (5 * points.size() - 335));  // five runs, three splits
  }
}

TEST_CASE("the SQL under each table gives its numbers back") {
  const TestFolder folder("sql");
  const auto file = folder.path() / "small.db";
  {
    Store store(file);
    fill(store);
  }
  const auto comparison = collect(Reader(file), "small", {});
  std::map<std::string, std::vector<double>> values;
  for (const auto& row : ask(file, section_of(comparison, "comparison").evidence->sql)) {
    if (std::get<std::string>(row[4]) != "test") continue;
    values[std::get<std::string>(row[0])].push_back(std::get<double>(row[5]));
    CHECK(std::get<double>(row[6]) == 4.0);
  }
  for (const auto& variant : comparison.variants) {
    CHECK(summarize(values[variant.name]).mean == primary(comparison, variant).mean);
    CHECK(values[variant.name].size() == primary(comparison, variant).n);
  }
  CHECK(ask(file, section_of(comparison, "metrics").evidence->sql).size() == 5);
  CHECK(ask(file, section_of(comparison, "runs").evidence->sql).size() == 1);
  CHECK(ask(file, section_of(comparison, "leak").evidence->sql).size() ==
        section_of(comparison, "leak").evidence->runs.size());
  CHECK(ask(file, figure_of(comparison, "metrics-1-none").source.sql).size() ==
        5 * 2 * 2);  // runs, splits, epochs
  CHECK(ask(file, figure_of(comparison, "curves").source.sql).size() == 5 * 3 * 2);
  CHECK(ask(file, section_of(comparison, "rates").drawings.at(0).evidence.sql).size() == 5 * 2);
}

TEST_CASE(
    "classes and confusion are summed over the finished runs of a variant, and their SQL gives them back") {
  const TestFolder folder("classes");
  const auto file = folder.path() / "small.db";
  {
    Store store(file);
    fill(store);
  }
  const auto comparison = collect(Reader(file), "small", {});
  REQUIRE(comparison.class_views.size() == 2);
  const ClassView& skip = comparison.class_views[1];
  CHECK(skip.variant == 1);
  CHECK(skip.runs == 2);  // the third diverged
  CHECK(skip.recall == std::vector<double>{0.625, 1.0});
  CHECK(std::isnan(skip.precision[1]));
  CHECK(skip.support == std::vector<std::int64_t>{8, 12});
  CHECK(skip.confusion == std::vector<std::int64_t>{5, 3, 0, 12});
  std::size_t next = 0;
  for (const ClassView& view : comparison.class_views) {
    for (std::size_t i = 0; i < 2; ++i) {
      const auto found = ask(file, section_of(comparison, "classes").drawings.at(0).evidence.sql).at(next++);
      CHECK(std::get<std::string>(found[0]) == comparison.variants[view.variant].name);
      CHECK(std::get<double>(found[3]) == Approx(view.recall[i]).epsilon(1e-12));
      CHECK(std::get<std::int64_t>(found[5]) == view.support[i]);
    }
  }
  std::int64_t images = 0;
  for (const auto& row : ask(file, section_of(comparison, "classes").drawings.at(1).evidence.sql))
    images += std::get<std::int64_t>(row[3]);
  CHECK(images == 50);  // five finished runs of ten images
  CHECK(ask(file, section_of(comparison, "curves").drawings.at(0).evidence.sql).size() == 5 * 3 * 2);
  CHECK(comparison.fingerprint == Reader(file).fingerprint(1));
}
