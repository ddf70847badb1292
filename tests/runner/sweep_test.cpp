#include "runner/sweep.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "runner/sweep_support.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("a sweep trains every variant under every seed and leaves every epoch and split in the file") {
  const TemporaryFolder folder;
  Silent listener;
  const SweepResult result = sweep(study_of(two_skips), folder / "a.db", listener);
  CHECK(result.counts.done == 4);
  CHECK(result.counts.left == 0);
  CHECK(listener.endings == std::vector<std::string>{"skip=none 1 done", "skip=projection 1 done",
                                                     "skip=none 2 done", "skip=projection 2 done"});
  CHECK(ask(folder / "a.db", "SELECT count(*) FROM epoch") == std::vector<std::string>{"8"});
  CHECK(ask(folder / "a.db",
            "SELECT count(*), count(accuracy), count(auc_roc), count(log_loss) FROM epoch_metric") ==
        std::vector<std::string>{"24|24|24|24"});
  CHECK(ask(folder / "a.db", "SELECT count(*) FROM run_metric") == std::vector<std::string>{"12"});
  CHECK(ask(folder / "a.db",
            "SELECT sum(support) FROM class_metric WHERE split = 'test' GROUP BY run_id")[0] == "30");
  CHECK(ask(folder / "a.db", "SELECT sum(count) FROM confusion WHERE split = 'test' GROUP BY run_id")[0] ==
        "30");
}

TEST_CASE("a second sweep of the same study trains nothing") {
  const TemporaryFolder folder;
  Silent first, second;
  const Study study = study_of(two_skips);
  CHECK_FALSE(nothing_left(study, folder / "a.db", false));
  sweep(study, folder / "a.db", first);
  CHECK(nothing_left(study, folder / "a.db", false));
  CHECK(sweep(study, folder / "a.db", second).trained == 0);
  CHECK(second.endings.empty());
}

TEST_CASE("the same study in two files gives the same bits in every stored number") {
  const TemporaryFolder folder;
  Silent listener;
  sweep(study_of(two_skips), folder / "a.db", listener);
  sweep(study_of(two_skips), folder / "b.db", listener);
  for (const char* sql :
       {"SELECT run_id, epoch, learning_rate, gradient_norm FROM epoch", "SELECT * FROM epoch_metric",
        "SELECT * FROM run_metric", "SELECT * FROM class_metric", "SELECT * FROM confusion",
        "SELECT variant_id, seed, best_epoch FROM run"}) {
    CAPTURE(sql);
    CHECK(ask(folder / "a.db", sql) == ask(folder / "b.db", sql));
  }
}

TEST_CASE("a run that diverges keeps its epochs and the study goes on") {
  const TemporaryFolder folder;
  Silent listener;
  const SweepResult result = sweep(
      study_of("{list: {wild: {training.learning_rate: {schedule: one_cycle, initial: 0.0001, peak: 1000}, "
               "training.optimizer: {type: sgd, weight_decay: 1000}, training.epochs: 6}, tame: {}}}"),
      folder / "a.db", listener);
  CHECK(result.counts.diverged == 2);
  CHECK(result.counts.done == 2);
  CHECK(listener.endings[0] == "wild 1 diverged!");
  CHECK(ask(folder / "a.db",
            "SELECT count(*) > 0 FROM epoch e JOIN run r ON r.id = e.run_id WHERE r.status = 'diverged'") ==
        std::vector<std::string>{"1"});
}

TEST_CASE("a run that fails is recorded with its reason, the study goes on, and it can be tried again") {
  const TemporaryFolder folder;
  Silent listener, again;
  const Study study = study_of("{list: {small: {}, large: {data.train_images: 50}}}");
  const std::atomic<bool> never = false;
  bool broken = true;
  int loads = 0;
  const auto loader = [&](const DataSettings& settings) {
    // The first load is the plan's; what a run then trains on is broken.
    if (settings.train_images && broken && ++loads > 0) {
      Dataset dataset = small_dataset();
      dataset.labels = SharedBytes(std::vector<std::uint8_t>(120, 7));
      return dataset;
    }
    return small_dataset();
  };
  {
    DatasetCache datasets(loader);
    const SweepResult result = run_sweep(study, folder / "a.db", datasets, in_process(), listener, never);
    CHECK(result.counts.failed == 2);
    CHECK(result.counts.done == 2);
  }
  CHECK(ask(folder / "a.db",
            "SELECT count(*) FROM run WHERE status = 'failed' AND error LIKE 'label 7 of image 0 is none of "
            "the 3 classes%'")[0] == "2");
  broken = false;
  DatasetCache datasets(loader);
  SweepOptions retry = in_process();
  CHECK(run_sweep(study, folder / "a.db", datasets, retry, again, never).trained == 0);
  retry.retry_failed = true;
  CHECK(run_sweep(study, folder / "a.db", datasets, retry, again, never).counts.done == 4);
}

TEST_CASE("no two ends of runs are told with one number, however many runs end at once") {
  const TemporaryFolder folder;
  Silent together;
  SweepOptions options;
  options.jobs = 3;
  sweep(study_of(two_skips), folder / "a.db", together, options);
  CHECK(together.numbers == std::vector<int>{1, 2, 3, 4});
}

TEST_CASE("worker processes give the bits that one process gives") {
  const TemporaryFolder folder;
  Silent alone, together;
  const Study study = study_of(two_skips);
  sweep(study, folder / "alone.db", alone);
  SweepOptions options;
  options.jobs = 3;
  const SweepResult result = sweep(study, folder / "together.db", together, options);
  CHECK(result.counts.done == 4);
  CHECK(result.trained == 4);
  CHECK(together.endings.size() == 4);
  const Reader first(folder / "alone.db"), second(folder / "together.db");
  CHECK(first.fingerprint(1) == second.fingerprint(1));
  CHECK(ask(folder / "together.db",
            "SELECT count(DISTINCT worker) >= 1, min(peak_memory_bytes) > 0 FROM run")[0] == "1|1");
}

TEST_CASE("a run that equals one of another study by configuration, data and seed is copied, not trained") {
  const TemporaryFolder folder;
  Silent first, second;
  sweep(study_of(two_skips), folder / "a.db", first);
  const Study other = parse_study(
      "# Another?\nstudy: other\nmodel: {hidden: [4]}\ntraining: {epochs: 2, batch_size: 8, learning_rate: "
      "{schedule: constant, initial: 0.05}}\nvariants: {list: {same: {}, new: {model.hidden: [5]}}}\nseeds: "
      "2\n",
      "other.yaml", {}, metric_names());
  sweep(other, folder / "a.db", second);
  CHECK(second.endings ==
        std::vector<std::string>{"same 1 done!", "new 1 done", "same 2 done!", "new 2 done"});
  CHECK(ask(folder / "a.db",
            "SELECT a.test_log_loss = b.test_log_loss FROM results a JOIN results b ON a.seed = b.seed "
            "WHERE a.study = 'small' AND a.variant = 'skip=projection' AND b.variant = 'same'") ==
        std::vector<std::string>{"1", "1"});
}

TEST_CASE("successive halving stops the worse variants over all their seeds, says so, and loses no epoch") {
  const TemporaryFolder folder;
  Silent listener;
  const Study study = study_of(
      "{baseline: {training.learning_rate.initial: 0.0001}, grid: {training.learning_rate.initial: [0.0001, "
      "0.001, "
      "0.3, 0.1]}}",
      "stop_rules: {halving: {factor: 2, first: 1}}", 5);
  for (const int jobs : {0, 2}) {
    SweepOptions options;
    options.jobs = jobs;
    const fs::path file = folder / fmt::format("{}.db", jobs);
    const SweepResult result = sweep(study, file, listener, options);
    CHECK(result.counts.done == 4);
    CHECK(result.counts.stopped == 4);
    CHECK(result.counts.left == 0);
    CHECK(ask(file,
              "SELECT v.name, r.status, r.epochs_done FROM run r JOIN variant v ON v.id = r.variant_id "
              "WHERE seed = 1 ORDER BY v.position") ==
          std::vector<std::string>{"initial=0.0001|done|5", "initial=0.001|stopped|1", "initial=0.3|done|5",
                                   "initial=0.1|stopped|2"});
    CHECK(ask(file, "SELECT DISTINCT exit_reason FROM run WHERE epochs_done = 1")[0] ==
          "halving after epoch 1: place 3 of 3 by mean validation.log_loss, 2 went on");
    CHECK(ask(file, "SELECT count(*) FROM checkpoint")[0] == "0");
  }
  CHECK(Reader(folder / "0.db").fingerprint(1) == Reader(folder / "2.db").fingerprint(1));
}
