#include "runner/sweep.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/worker_name.hpp"
#include "compute/dispatch.hpp"
#include "metrics/metric_table.hpp"
#include "runner/machine.hpp"
#include "runner/plan.hpp"
#include "store/query.hpp"
#include "support/file_size_limit.hpp"
#include "support/small_data.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

namespace fs = std::filesystem;

struct Silent : SweepListener {
  void audited(const StudyAudit& audit) override { audits.push_back(audit); }
  void planned(const SweepCounts& counts, int) override { at_start = counts; }
  void happened(const RunEvent& event) override {
    if (event.kind == RunEvent::Kind::epoch_ended && --epochs_until_stop == 0) *stop = true;
    if (event.kind != RunEvent::Kind::ended) return;
    endings.push_back(fmt::format("{} {} {}{}", event.run.variant, event.run.seed, to_string(event.status),
                                  event.text.empty() ? "" : "!"));
    numbers.push_back(event.counts.runs - event.counts.left);
  }
  SweepCounts at_start;
  std::vector<StudyAudit> audits;
  std::vector<std::string> endings;
  std::vector<int> numbers;  ///< that ends were told with: [3/8]
  int epochs_until_stop = -1;
  std::atomic<bool>* stop = nullptr;
};

Study study_of(const std::string& variants, const std::string& more = "", int epochs = 2) {
  return parse_study(fmt::format(R"(# Does it?
study: small
model: {{hidden: [4]}}
training: {{epochs: {}, batch_size: 8, learning_rate: {{schedule: constant, initial: 0.05}}}}
variants: {}
seeds: 2
{})",
                                 epochs, variants, more),
                     "small.yaml", {}, metric_names());
}

const char* const two_skips = "{baseline: {model.skip: none}, grid: {model.skip: [none, projection]}}";

/// In this process, so that a listener's stop comes at a known moment.
SweepOptions in_process() {
  SweepOptions options;
  options.jobs = 0;
  return options;
}

SweepOptions replanning() {
  SweepOptions options = in_process();
  options.replan = true;
  return options;
}

SweepResult sweep(const Study& study, const fs::path& database, Silent& listener,
                  const SweepOptions& options = in_process()) {
  static std::atomic<bool> stop;
  stop = false;
  listener.stop = &stop;
  DatasetCache datasets([](const DataSettings&) { return small_dataset(); });
  return run_sweep(study, database, datasets, options, listener, stop);
}

std::vector<std::string> ask(const fs::path& database, const std::string& sql) {
  std::vector<std::string> rows;
  run_query(database, sql, {},
            {[](const std::vector<std::string>&) {},
             [&](const std::vector<Value>& row) {
               std::vector<std::string> cells;
               for (const Value& value : row) cells.push_back(to_string(value));
               rows.push_back(fmt::format("{}", fmt::join(cells, "|")));
             }});
  return rows;
}

}  // namespace

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

TEST_CASE(
    "an interrupted sweep keeps what was committed, and the next one ends with the undisturbed numbers") {
  const TemporaryFolder folder;
  Silent listener, stopped, resumed;
  const Study study = study_of(two_skips);
  sweep(study, folder / "whole.db", listener);
  stopped.epochs_until_stop = 3;  // within the second run
  const SweepResult result = sweep(study, folder / "cut.db", stopped);
  CHECK(result.interrupted);
  CHECK(result.counts.done == 1);
  CHECK(ask(folder / "cut.db", "SELECT status, count(*) FROM run GROUP BY status ORDER BY status") ==
        std::vector<std::string>{"done|1", "interrupted|1", "planned|2"});
  CHECK(sweep(study, folder / "cut.db", resumed).counts.done == 4);
  CHECK(resumed.endings.size() == 3);
  CHECK(ask(folder / "cut.db", "SELECT * FROM epoch_metric") ==
        ask(folder / "whole.db", "SELECT * FROM epoch_metric"));
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
  CHECK(together.numbers == std::vector<int>{1, 2, 3, 4});  // none twice, however many end at once
  const Reader first(folder / "alone.db"), second(folder / "together.db");
  CHECK(first.fingerprint(1) == second.fingerprint(1));
  CHECK(ask(folder / "together.db",
            "SELECT count(DISTINCT worker) >= 1, min(peak_memory_bytes) > 0 FROM run")[0] == "1|1");
}

TEST_CASE(
    "a sweep that is stopped after every epoch and goes on each time ends with the undisturbed numbers") {
  const TemporaryFolder folder;
  Silent whole;
  const Study study = study_of(two_skips);
  sweep(study, folder / "whole.db", whole);
  int starts = 0;
  for (SweepCounts counts{.left = 1}; counts.left > 0; ++starts) {
    Silent stopped;
    stopped.epochs_until_stop = 1;
    counts = sweep(study, folder / "cut.db", stopped).counts;
    REQUIRE(starts < 20);
  }
  CHECK(starts > 4);
  const Reader first(folder / "whole.db"), second(folder / "cut.db");
  CHECK(first.fingerprint(1) == second.fingerprint(1));
  for (const char* sql :
       {"SELECT run_id, epoch, learning_rate, gradient_norm FROM epoch", "SELECT * FROM run_metric",
        "SELECT * FROM class_metric", "SELECT * FROM confusion", "SELECT run_id, epoch FROM model",
        "SELECT seed, best_epoch, epochs_done, exit_reason FROM run"}) {
    CAPTURE(sql);
    CHECK(ask(folder / "whole.db", sql) == ask(folder / "cut.db", sql));
  }
  CHECK(ask(folder / "cut.db", "SELECT count(*) FROM checkpoint")[0] == "0");
}

TEST_CASE("a disk that is full ends the sweep with what happened, and once there is room it goes on") {
  const TemporaryFolder folder;
  Silent whole, cut, rest;
  const Study study = study_of(two_skips, "", 30);
  SweepOptions options;
  options.jobs = 2;
  sweep(study, folder / "whole.db", whole, options);
  { const Store empty(folder / "cut.db"); }
  {
    const FileSizeLimit limit(400'000);
    CHECK_THROWS_WITH(sweep(study, folder / "cut.db", cut, options),
                      Catch::Contains("cut.db") && Catch::Contains("try:"));
  }
  CHECK(ask(folder / "cut.db", "SELECT count(*) > 0 FROM epoch")[0] == "1");
  CHECK(sweep(study, folder / "cut.db", rest, options).counts.done == 4);
  const Reader first(folder / "whole.db"), second(folder / "cut.db");
  CHECK(second.faults().empty());
  CHECK(first.fingerprint(1) == second.fingerprint(1));
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

TEST_CASE("a study may grow by seeds and variants, and only the new runs are trained") {
  const TemporaryFolder folder;
  Silent first, second;
  sweep(study_of("{list: {a: {}}}"), folder / "a.db", first);
  sweep(study_of("{list: {a: {}, b: {model.skip: none}}}"), folder / "a.db", second);
  CHECK(second.endings == std::vector<std::string>{"b 1 done", "b 2 done"});
}

TEST_CASE("runs of an earlier plan that the file no longer asks for are left alone") {
  const TemporaryFolder folder;
  Silent stopped, second;
  stopped.epochs_until_stop = 1;
  sweep(study_of("{list: {a: {}, b: {model.skip: none}}}"), folder / "a.db", stopped);
  CHECK(sweep(study_of("{list: {b: {model.skip: none}}}"), folder / "a.db", second, replanning()).trained ==
        2);
  CHECK(second.endings == std::vector<std::string>{"b 1 done", "b 2 done"});
}

TEST_CASE("the run of a worker whose process is gone is taken up at once") {
  const TemporaryFolder folder;
  Silent listener;
  const Study study = study_of("{list: {a: {}}}");
  const pid_t child = ::fork();
  if (child == 0) {
    // Claims a run as the sweep would, and is gone before it ends.
    Store store(folder / "a.db");
    DatasetCache datasets([](const DataSettings&) { return small_dataset(); });
    const Plan plan = plan_study(study, datasets);
    store.claim(store.plan(plan.study, plan.variants, plan.seeds),
                {.worker = worker_name(), .lease_seconds = 3600});
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
  REQUIRE(ask(folder / "a.db", "SELECT count(*) FROM run WHERE status = 'running'")[0] == "1");
  CHECK(sweep(study, folder / "a.db", listener).counts.done == 2);
}

TEST_CASE("a study that shrank is done when the runs that it still has are done") {
  const TemporaryFolder folder;
  Silent stopped, second;
  stopped.epochs_until_stop = 1;
  sweep(study_of("{list: {a: {}}}"), folder / "a.db", stopped);
  const Study small = study_of("{list: {b: {model.skip: none}}}");
  CHECK(sweep(small, folder / "a.db", second, replanning()).counts.runs == 2);
  CHECK(nothing_left(small, folder / "a.db", false));
}

TEST_CASE("a study that is refused leaves no database behind") {
  const TemporaryFolder folder;
  Silent listener;
  CHECK_THROWS_AS(sweep(study_of("{list: {bad: {model.skip: identity}}}"), folder / "a.db", listener),
                  RequestError);
  CHECK_FALSE(std::filesystem::exists(folder / "a.db"));
}

TEST_CASE("an empty file where the database should be is filled, not refused") {
  const TemporaryFolder folder;
  Silent listener;
  write_file(folder / "a.db", "");
  const Study study = study_of("{list: {a: {}}}");
  CHECK_FALSE(nothing_left(study, folder / "a.db", false));
  CHECK(sweep(study, folder / "a.db", listener).counts.done == 2);
}

TEST_CASE("a variant that changed under the same name is refused, and nothing is lost") {
  const TemporaryFolder folder;
  Silent listener;
  sweep(study_of("{list: {a: {}}}"), folder / "a.db", listener);
  CHECK_THROWS_WITH(sweep(study_of("{list: {a: {model.skip: none}}}"), folder / "a.db", listener),
                    Catch::Contains("~ variant 'a'") &&
                        Catch::Contains("--replan trains 2 runs again, about ") &&
                        Catch::Contains(" one at a time"));
  CHECK(ask(folder / "a.db", "SELECT count(*) FROM run WHERE status = 'done'")[0] == "2");
}

TEST_CASE("a variant that cannot be built is refused by name before anything is trained or written") {
  const TemporaryFolder folder;
  Silent listener;
  CHECK_THROWS_WITH(
      sweep(study_of("{list: {good: {}, bad: {model.skip: identity}}}"), folder / "a.db", listener),
      Catch::Contains("variant 'bad'") && Catch::Contains("equal widths"));
  CHECK(listener.endings.empty());
}

TEST_CASE("a study does not go on with other images than those it began with") {
  const TemporaryFolder folder;
  Silent listener;
  const Study study = study_of("{list: {a: {}}}");
  sweep(study, folder / "a.db", listener);
  DatasetCache others([](const DataSettings&) {
    Dataset dataset = small_dataset();
    dataset.test_sha256 = std::string(64, '9');
    return dataset;
  });
  const std::atomic<bool> never = false;
  const Study grown = study_of("{list: {a: {}, b: {model.skip: none}}}");
  CHECK_THROWS_WITH(run_sweep(grown, folder / "a.db", others, in_process(), listener, never),
                    Catch::Contains("the test images of small") && Catch::Contains(std::string(64, '2')) &&
                        Catch::Contains(std::string(64, '9')) &&
                        Catch::Contains("try: put the earlier files"));
  CHECK(ask(folder / "a.db", "SELECT count(*) FROM run")[0] == "2");
}

TEST_CASE("every run knows its data, its machine and its code") {
  const TemporaryFolder folder;
  Silent listener;
  sweep(study_of(two_skips), folder / "a.db", listener);
  CHECK(ask(folder / "a.db",
            "SELECT count(*) FROM run r JOIN machine m ON m.id = r.machine_id JOIN dataset d ON d.id = "
            "r.train_dataset_id WHERE r.code_version <> '' AND d.images = 90")[0] == "4");
  CHECK(this_machine().cores > 0);
  CHECK(this_machine().blas_core == std::string(compute::kernels().name));
}

TEST_CASE(
    "a sweep audits each data set once, before it trains, and stores what it found with the runs concerned") {
  const TemporaryFolder folder;
  Silent listener;
  const DatasetCache::Loader loader = [](const DataSettings& settings) {
    Dataset dataset = small_dataset();
    if (!settings.train_images) return dataset;
    std::vector<std::uint8_t> pixels(dataset.pixels.span().begin(), dataset.pixels.span().end());
    std::copy_n(pixels.begin(), 16,
                pixels.begin() + 90 * 16);  // the first test image is the first training image
    dataset.pixels = SharedBytes(std::move(pixels));
    return dataset;
  };
  DatasetCache datasets(loader);
  const std::atomic<bool> never = false;
  run_sweep(study_of("{list: {a: {}, b: {model.skip: none}, leaky: {data.train_images: 90}, "
                     "both: {data.train_images: 90, data.train_on: [train, test]}}}"),
            folder / "a.db", datasets, in_process(), listener, never);
  REQUIRE(listener.audits.size() == 1);
  CHECK(listener.audits[0].data.size() == 2);
  REQUIRE(listener.audits[0].findings.size() == 2);
  CHECK(listener.audits[0].findings[0].finding.kind == "trained_on_test");
  CHECK(listener.audits[0].findings[0].variants == std::vector<std::string>{"both"});
  CHECK(listener.audits[0].findings[1].variants == std::vector<std::string>{"leaky", "both"});
  CHECK(ask(folder / "a.db",
            "SELECT v.name, r.seed, l.kind, l.count FROM leak l JOIN run r ON r.id = l.run_id "
            "JOIN variant v ON v.id = r.variant_id ORDER BY r.seed, v.position, l.kind LIMIT 3") ==
        std::vector<std::string>{"leaky|1|duplicates_across|1", "both|1|duplicates_across|1",
                                 "both|1|trained_on_test|30"});
  CHECK(ask(folder / "a.db",
            "SELECT count(*), min(train_images), max(test_images), max(comparison) FROM audit") ==
        std::vector<std::string>{"8|90|30|exact"});
}

TEST_CASE("near-duplicates that were asked for are looked for before training and stored with the runs") {
  const TemporaryFolder folder;
  Silent listener;
  DatasetCache datasets([](const DataSettings&) {
    Dataset dataset = small_dataset();
    std::vector<std::uint8_t> pixels(dataset.pixels.span().begin(), dataset.pixels.span().end());
    std::copy_n(pixels.begin(), 16, pixels.begin() + 90 * 16);
    pixels[90 * 16] =
        static_cast<std::uint8_t>(pixels[90 * 16] ^ 1);  // a grey level in one of sixteen pixels
    dataset.pixels = SharedBytes(std::move(pixels));
    return dataset;
  });
  const std::atomic<bool> never = false;
  SweepOptions options = in_process();
  options.audit.near_threshold = 1.0;
  run_sweep(study_of("{list: {a: {}}}"), folder / "a.db", datasets, options, listener, never);
  CHECK(ask(folder / "a.db", "SELECT DISTINCT kind, count FROM leak")[0] == "near_duplicates|1");
  CHECK(ask(folder / "a.db", "SELECT DISTINCT comparison FROM audit")[0] ==
        "exact, and near: within 1 grey levels");
}

TEST_CASE("a data set is loaded once for all variants that differ only in how they divide it") {
  int loads = 0;
  DatasetCache datasets([&](const DataSettings&) {
    ++loads;
    return small_dataset();
  });
  DataSettings settings;
  const auto first = datasets.get(settings);
  settings.validation = 0.3;
  CHECK(datasets.get(settings) == first);
  settings.train_images = 20;
  CHECK(datasets.get(settings) != first);
  CHECK(loads == 2);
}

TEST_CASE("a finished study is told anew with another question without its data") {
  const TemporaryFolder folder;
  Silent listener;
  const Study study = study_of(two_skips);
  sweep(study, folder / "a.db", listener);
  Study retold = study;
  retold.question = "is it worth it?";
  retold.sha256 = "of another text";
  CHECK(nothing_left(retold, folder / "a.db", false));
  describe_again(retold, folder / "a.db");
  const Reader reader(folder / "a.db");
  CHECK(reader.study(study.name).question == "is it worth it?");
  CHECK(reader.study(study.name).config_sha256 == "of another text");
  CHECK(reader.variants(1)[0].parameters > 0);
  retold.plan_sha256 = "of another plan";
  CHECK_FALSE(nothing_left(retold, folder / "a.db", false));
}

TEST_CASE(
    "a results file that is moved away under a sweep ends it with what happened, and no other is made") {
  const TemporaryFolder folder;
  const Study study = study_of(two_skips);
  struct Mover : Silent {
    void happened(const RunEvent& event) override {
      Silent::happened(event);
      if (event.kind != RunEvent::Kind::started) return;
      std::error_code ignored;
      std::filesystem::rename(file, file.string() + ".moved", ignored);
    }
    std::filesystem::path file;
  } mover;
  mover.file = folder / "a.db";
  SweepOptions options;
  options.jobs = 2;
  CHECK_THROWS_WITH(sweep(study, folder / "a.db", mover, options),
                    Catch::Contains("a.db") && Catch::Contains("put it back"));
  CHECK_FALSE(std::filesystem::exists(folder / "a.db"));
  std::filesystem::rename(folder / "a.db.moved", folder / "a.db");
  Silent rest;
  CHECK(sweep(study, folder / "a.db", rest, options).counts.done == 4);
}

TEST_CASE("a sweep that is stopped while it plans writes nothing") {
  const TemporaryFolder folder;
  Silent listener;
  const std::atomic<bool> stopped = true;
  DatasetCache datasets([](const DataSettings&) { return small_dataset(); });
  const SweepResult result =
      run_sweep(study_of(two_skips), folder / "a.db", datasets, in_process(), listener, stopped);
  CHECK(result.interrupted);
  CHECK(result.trained == 0);
  CHECK_FALSE(std::filesystem::exists(folder / "a.db"));
}
