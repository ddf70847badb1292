#include <cmath>
#include <limits>

#include <catch2/catch.hpp>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/reader.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

struct Begun {
  Folder folder;
  std::filesystem::path file = folder / "a.db";
  Store store{file};
  std::int64_t study_id = store.plan(study_named("s"), {variant_named("a")}, {1});
  std::int64_t run_id = claim(store, study_id)->id;
};

Evaluation two_classes() {
  Evaluation evaluation;
  evaluation.classes = {{0.5, 1.0, 2.0 / 3.0, 0.75, MetricSuite::none, 3}, {0.0, 0.0, 0.0, 1.0, 0.5, 0}};
  evaluation.confusion = {2, 1, 0, 0};
  return evaluation;
}

}  // namespace

TEST_CASE("an epoch comes back as it was written", "[store]") {
  Begun run;
  EpochRecord epoch = epoch_of(1, 0.1);
  epoch.gradient_norm = 1.0 / 3.0;
  epoch.train_seconds = 1.5;
  epoch.evaluate_seconds = 0.25;
  epoch.metric_seconds = 0.125;
  epoch.samples_per_second = 1e5;
  epoch.metrics.validation.reset();
  run.store.add_epoch(run.run_id, epoch, 60.0);

  const Reader reader(run.file);
  const auto curves = reader.run_curves(run.run_id);
  REQUIRE(curves.size() == 2);
  CHECK(curves[0].split == SplitName::train);
  CHECK(curves[1].split == SplitName::test);
  for (const Metric& metric : metric_table())
    CHECK(curves[1].suite.*metric.value == (*epoch.metrics.test).*metric.value);
  const auto epochs = reader.run_epochs(run.run_id);
  REQUIRE(epochs.size() == 1);
  CHECK(epochs[0].learning_rate == 0.01);
  CHECK(epochs[0].gradient_norm == 1.0 / 3.0);
  CHECK(epochs[0].train_seconds == 1.5);
  CHECK(epochs[0].evaluate_seconds == 0.25);
  CHECK(epochs[0].metric_seconds == 0.125);
  CHECK(epochs[0].samples_per_second == 1e5);
}

TEST_CASE("NaN is stored as NULL and read as NaN; infinity and the smallest number are kept", "[store]") {
  Begun run;
  EpochRecord epoch = epoch_of(1, 0.5);
  epoch.metrics.test->log_loss = std::numeric_limits<double>::infinity();
  epoch.metrics.test->mcc = -0.0;
  epoch.metrics.test->kappa = std::numeric_limits<double>::denorm_min();
  epoch.metrics.test->auc_roc = MetricSuite::none;
  epoch.gradient_norm = MetricSuite::none;
  run.store.add_epoch(run.run_id, epoch, 60.0);
  CHECK(row(run.file,
            "SELECT auc_roc IS NULL, gradient_norm IS NULL, log_loss = 9e999 "
            "FROM epoch_metric JOIN epoch USING (run_id, epoch) WHERE split = 'test'") == "1|1|1");
  const Reader reader(run.file);
  const MetricSuite suite = reader.run_curves(run.run_id).back().suite;
  CHECK(std::isnan(suite.auc_roc));
  CHECK(std::isinf(suite.log_loss));
  CHECK(suite.mcc == 0.0);
  CHECK(suite.kappa == std::numeric_limits<double>::denorm_min());
  CHECK(std::isnan(reader.run_epochs(run.run_id).front().gradient_norm));
}

TEST_CASE("the selected epoch's metrics follow the last epoch that was selected", "[store]") {
  Begun run;
  run.store.add_epoch(run.run_id, epoch_of(1, 0.5), 60.0);
  EpochRecord best = epoch_of(2, 0.7);
  best.metrics.validation.reset();
  run.store.add_epoch(run.run_id, best, 60.0);
  run.store.add_epoch(run.run_id, epoch_of(3, 0.9, false), 60.0);

  const Reader reader(run.file);
  const auto selected = reader.selected(run.study_id);
  REQUIRE(selected.size() == 2);  // the validation row of epoch 1 is gone
  for (const SplitMetrics& row : selected) {
    CHECK(row.epoch == 2);
    CHECK(row.suite.accuracy == 0.7);
  }
  const RunRecord record = reader.runs(run.study_id).front();
  CHECK(record.best_epoch == 2);
  CHECK(record.epochs_done == 3);
  CHECK(row(run.file, "SELECT test_accuracy, best_epoch, epochs_done FROM results") == "0.7|2|3");
  CHECK(row(run.file, "SELECT count(*), max(epoch) FROM curves WHERE split = 'test'") == "3|3");
}

TEST_CASE("the weights of the selected epoch are kept, bit for bit, and no others", "[store]") {
  Begun run;
  const std::vector<float> first = {1.0f, -0.1f, 1e-30f}, second = {0.5f, 0.25f, 3.0f},
                           third = {9.0f, 9.0f, 9.0f};
  const auto add = [&](int number, const std::vector<float>& weights, bool selected) {
    EpochRecord epoch = epoch_of(number, 0.5, selected);
    epoch.weights = weights;
    run.store.add_epoch(run.run_id, epoch, 60.0);
  };
  add(1, first, true);
  CHECK(Reader(run.file).run_model(run.run_id)->weights == first);
  add(2, second, true);
  add(3, third, false);
  run.store.finish(run.run_id, {});
  const auto model = Reader(run.file).run_model(run.run_id);
  REQUIRE(model);
  CHECK(model->epoch == 2);
  CHECK(model->weights == second);
}

TEST_CASE("a run that diverged keeps no weights, and one that asks for none has none", "[store]") {
  Begun run;
  run.store.add_epoch(run.run_id, epoch_of(1, 0.5), 60.0);
  CHECK_FALSE(Reader(run.file).run_model(run.run_id));
  const std::vector<float> weights = {1.0f};
  EpochRecord epoch = epoch_of(2, 0.5);
  epoch.weights = weights;
  run.store.add_epoch(run.run_id, epoch, 60.0);
  CHECK(Reader(run.file).run_model(run.run_id));
  run.store.finish(run.run_id, {.status = RunStatus::diverged, .error = "it did", .at_selected = {}});
  CHECK_FALSE(Reader(run.file).run_model(run.run_id));
}

TEST_CASE("a done run gets its classes and its confusion without the zeros", "[store]") {
  Begun run;
  run.store.add_epoch(run.run_id, epoch_of(1, 0.5), 60.0);
  Outcome outcome;
  outcome.at_selected.test = two_classes();
  run.store.finish(run.run_id, outcome);

  const Reader reader(run.file);
  const auto classes = reader.classes(run.run_id, SplitName::test);
  REQUIRE(classes.size() == 2);
  CHECK(classes[0].f1 == 2.0 / 3.0);
  CHECK(std::isnan(classes[0].auc_roc));
  CHECK(classes[0].support == 3);
  CHECK(classes[1].specificity == 1.0);
  const auto entries = reader.confusion(run.run_id, SplitName::test);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].count == 2);
  CHECK(entries[1].truth == 0);
  CHECK(entries[1].predicted == 1);
  CHECK(reader.classes(run.run_id, SplitName::train).empty());
  CHECK(reader.confusion(run.run_id, SplitName::train).empty());
}

TEST_CASE("a run ends with its status and its reason, and a lease no more", "[store]") {
  const RunStatus status =
      GENERATE(RunStatus::done, RunStatus::diverged, RunStatus::failed, RunStatus::interrupted);
  Begun run;
  execute(run.file, "INSERT INTO checkpoint(run_id, epoch, state) SELECT id, 1, x'00' FROM run");
  Outcome outcome;
  outcome.status = status;
  outcome.error = std::string("because");
  outcome.at_selected.test = two_classes();
  run.store.finish(run.run_id, outcome);
  const RunRecord record = Reader(run.file).run(std::to_string(run.run_id));
  CHECK(record.status == status);
  CHECK(record.error == "because");
  CHECK_FALSE(record.course.ended_at.empty());
  CHECK(row(run.file, "SELECT lease_until IS NULL FROM run") == "1");
  CHECK(row(run.file, "SELECT count(*) FROM class_metric") == (status == RunStatus::done ? "2" : "0"));
  CHECK(row(run.file, "SELECT count(*) FROM checkpoint") == (status == RunStatus::interrupted ? "1" : "0"));
}

TEST_CASE("a run does not end as planned or running", "[store]") {
  Begun run;
  Outcome outcome;
  outcome.status = GENERATE(RunStatus::planned, RunStatus::running);
  CHECK_THROWS_AS(run.store.finish(run.run_id, outcome), std::invalid_argument);
}

TEST_CASE("a confusion matrix of the wrong size ends nothing", "[store]") {
  Begun run;
  Outcome outcome;
  outcome.at_selected.test = two_classes();
  outcome.at_selected.test->confusion.pop_back();
  CHECK_THROWS_AS(run.store.finish(run.run_id, outcome), std::invalid_argument);
  CHECK(row(run.file, "SELECT status, (SELECT count(*) FROM class_metric) FROM run") == "running|0");
}

TEST_CASE("an epoch that cannot be written wholly is not written at all", "[store]") {
  Begun run;
  run.store.add_epoch(run.run_id, epoch_of(1, 0.5), 60.0);
  // In the way of the last split's row.
  execute(run.file, "INSERT INTO epoch_metric(run_id, split, epoch) VALUES (1, 'test', 2)");
  CHECK_THROWS_WITH(run.store.add_epoch(run.run_id, epoch_of(2, 0.7), 60.0), Catch::Contains("UNIQUE"));
  CHECK(row(run.file,
            "SELECT epochs_done, best_epoch, (SELECT count(*) FROM epoch), (SELECT count(*) FROM "
            "epoch_metric), "
            "(SELECT count(*) FROM run_metric) FROM run") == "1|1|1|4|3");
  execute(run.file, "DELETE FROM epoch_metric WHERE epoch = 2");
  run.store.add_epoch(run.run_id, epoch_of(2, 0.7), 60.0);
  CHECK(row(run.file, "SELECT epochs_done, best_epoch FROM run") == "2|2");
}

TEST_CASE("the time of a commit stands in the next epoch's row", "[store]") {
  Begun run;
  run.store.add_epoch(run.run_id, epoch_of(1, 0.5), 60.0);  // no provenance was set: nothing to tell
  run.store.add_epoch(run.run_id, epoch_of(2, 0.5), 60.0);
  const auto epochs = Reader(run.file).epochs(run.study_id);
  CHECK(epochs.at(0).store_seconds == 0.0);
  CHECK(epochs.at(1).store_seconds > 0.0);
}

TEST_CASE("after a kill the file holds whole epochs and takes more", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  std::int64_t study_id = 0;
  { study_id = Store(file).plan(study_named("s"), {variant_named("a")}, {1}); }
  int pipe_ends[2];
  REQUIRE(::pipe(pipe_ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    Store store(file);
    const auto run = store.claim(study_id, {.worker = "child", .lease_seconds = 0.0});
    for (int epoch = 1;; ++epoch) {
      store.add_epoch(run->id, epoch_of(epoch, 0.5), 0.0);
      if (epoch == 20 && ::write(pipe_ends[1], "x", 1) != 1) ::_exit(1);
    }
  }
  char ready = 0;
  REQUIRE(::read(pipe_ends[0], &ready, 1) == 1);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(pipe_ends[0]);
  ::close(pipe_ends[1]);

  CHECK(row(file,
            "SELECT epochs_done >= 20 AND epochs_done = (SELECT count(*) FROM epoch) AND "
            "3 * epochs_done = (SELECT count(*) FROM epoch_metric) AND best_epoch = epochs_done FROM run") ==
        "1");
  Store store(file);
  const auto run = claim(store, study_id);
  REQUIRE(run);
  store.add_epoch(run->id, epoch_of(1, 0.5), 60.0);
  CHECK(row(file, "SELECT count(*) FROM epoch") == "1");
}
