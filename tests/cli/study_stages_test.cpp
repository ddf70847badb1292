#include "cli/study_stages.hpp"

#include <csignal>
#include <cstdlib>
#include <thread>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.hpp"
#include "base/worker_name.hpp"
#include "cli/says.hpp"
#include "metrics/metric_table.hpp"
#include "runner/sweep.hpp"
#include "store/reader.hpp"
#include "store/settle.hpp"
#include "store/store.hpp"
#include "store/store_support.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

struct Small {
  TemporaryFolder folder;
  std::string file = (folder / "s.yaml").string(), database = (folder / "a.db").string();
  std::string report = (folder / "report").string();

  explicit Small(const std::string& rest) {
    write_file(file,
               "# Does it matter?\nstudy: s\ndata: {source: glyphs, train_images: 188, test_images: 94}\n"
               "model: {hidden: [4]}\ntraining: {epochs: 1, learning_rate: {initial: 0.05}}\n" +
                   rest);
  }
  /// No program is found, so that reports draw nothing.
  Said says(std::vector<std::string> words) const {
    words.insert(words.end(), {"--db", database});
    const std::string path = std::getenv("PATH");
    ::setenv("PATH", folder.path().c_str(), 1);
    Said said = ablate_says(words);
    ::setenv("PATH", path.c_str(), 1);
    return said;
  }
  Said run(const std::string& jobs = "1") const { return says({"run", file, "-j", jobs, "--out", report}); }
  std::vector<std::string> seeds() const {
    return rows(
        database,
        "SELECT variant.name || ' ' || count(*) FROM run JOIN variant ON variant.id = variant_id JOIN study "
        "ON study.id = run.study_id WHERE study.name = 's' AND run.status = 'done' AND NOT run.obsolete "
        "GROUP BY variant.name ORDER BY 1");
  }
};

/// A rate at which nothing is learnt against one that learns, and a change that makes no difference at all.
const std::string settling =
    "variants:\n  baseline: {}\n"
    "  list: {base: {}, still: {training.learning_rate.initial: 1.0e-9}, same: {training.evaluate_train: never}}\n"
    "seeds: {first: 10, step: 1, most: 12, until: settled}\n";

}  // namespace

TEST_CASE("run adds seeds look by look to what is not settled, in one command, and again says it is done") {
  const Small small(settling);
  const Said said = small.run("2");
  INFO(said.err);
  CHECK(said.code == exit_done);
  CHECK(small.seeds() == std::vector<std::string>{"base 12", "same 12", "still 10"});
  CHECK_THAT(said.err, Contains("look after 10 seeds: 1 of 2 contrasts are settled; up to 11 seeds now"));
  CHECK_THAT(said.err, Contains("look after 12 seeds: 1 of 2 contrasts are settled"));
  CHECK(said.err.find("audit of glyphs") == said.err.rfind("audit of glyphs"));
  const std::string page = read_file(small.report + "/report.md", 1 << 20);
  CHECK_THAT(page, Contains("Planned looks: after 10, 11, 12 seeds"));
  CHECK_THAT(page, Contains("planned look 3 of 3"));
  const auto runs = [&] { return rows(small.database, "SELECT id, attempt, status FROM run"); };
  const auto before = runs();
  const Said again = small.run();
  CHECK(again.code == exit_done);
  CHECK_THAT(again.err, Contains("everything is done"));
  CHECK(runs() == before);
}

TEST_CASE("a study until settled goes on from any stage to the same runs") {
  const Small small(settling);
  CHECK(small.run().code == exit_done);
  // As an interruption in the middle of the second stage leaves it.
  execute(small.database,
          "DELETE FROM run WHERE seed = 12; UPDATE run SET status = 'interrupted' WHERE seed = 11");
  const Said said = small.run();
  INFO(said.err);
  CHECK(said.code == exit_done);
  CHECK(small.seeds() == std::vector<std::string>{"base 12", "same 12", "still 10"});
  CHECK(Reader(small.database).faults().empty());
}

TEST_CASE("plan tells the level of each look, the most runs, and what the last look finds") {
  const Small small(settling);
  const Said said = small.says({"plan", small.file});
  CHECK_THAT(said.err, Contains("3 variants x 10 seeds = 30 runs"));
  CHECK_THAT(said.err, Contains("then seeds until settled, at most 12: 36 runs"));
  CHECK_THAT(said.err, Contains("planned looks, and the p at which each may claim: 10 seeds at 0."));
  CHECK_THAT(said.err, Contains("\n12 seeds find a difference of"));
}

TEST_CASE("run tunes every variant alike on its own seeds, compares what it got, and the report shows it") {
  const Small small(
      "variants: {baseline: {model.skip: none}, grid: {model.skip: [none, projection]}}\nseeds: 2\n"
      "tune: {training.learning_rate.initial: [1.0e-9, 0.05], by: validation.accuracy, seeds: 1}\n");
  const Said planned = small.says({"plan", small.file});
  CHECK_THAT(planned.err, Contains("tuning first: 2 values x 2 variants x 1 seed = 4 runs"));
  const Said said = small.run("2");
  INFO(said.err);
  CHECK(said.code == exit_done);
  CHECK_THAT(said.err, !Contains("no variant is the baseline"));
  CHECK(rows(small.database,
             "SELECT DISTINCT s.value FROM setting AS s JOIN variant ON variant.id = s.variant_id JOIN "
             "study ON study.id = variant.study_id WHERE study.name = 's' AND s.key = "
             "'training.learning_rate.initial'") == std::vector<std::string>{"0.05"});
  CHECK(row(small.database,
            "SELECT count(*) FROM run JOIN study ON study.id = study_id WHERE study.name = "
            "'s (tuning)' AND status = 'done' AND seed = 1000001") == "4");
  const std::string page = read_file(small.report + "/report.md", 1 << 20);
  CHECK_THAT(page, Contains("What each variant was tuned to") && Contains("initial=0.05") &&
                       Contains("Every variant, the baseline skip=none included, was tuned in the same way"));
  CHECK_THAT(page, !Contains("the learning rate was not tuned"));
  CHECK_THAT(small.run().err, Contains("everything is done"));
  const std::string tuning_run = "FROM run WHERE id = 1 AND seed = 1000001";
  execute(small.database, "UPDATE run SET status = 'failed' WHERE id = 1");
  CHECK(small.says({"run", small.file, "--retry-failed", "--out", small.report}).code == exit_done);
  CHECK(row(small.database, "SELECT attempt, status " + tuning_run) == "2|done");
  const auto other = [&](const std::string& option) {
    return small.says(
        {"run", small.file, "--set", "model.hidden=[5]", "--out", small.report, "--quiet", option});
  };
  CHECK_THAT(other("--json").err, Contains("study 's (tuning)' in") && Contains("has changed"));
  CHECK(other("--replan").code == exit_done);
  CHECK(rows(small.database,
             "SELECT status, obsolete, count(*) FROM run JOIN study ON study.id = study_id "
             "WHERE study.name = 's (tuning)' GROUP BY 2") ==
        std::vector<std::string>{"done|0|4", "done|1|4"});
  // The report of the study alone, from what the database keeps of its file.
  CHECK(small.says({"report", "s", "--out", small.report + "2"}).code == exit_done);
  CHECK_THAT(read_file(small.report + "2/report.md", 1 << 20), Contains("initial=0.05"));
}

TEST_CASE("a report of fewer seeds is on record, and a study that grows afterwards says so") {
  const Small small("variants: {baseline: {model.skip: none}, grid: {model.skip: [none, projection]}}\n");
  const auto with = [&](const char* seeds) {
    return small.says(
        {"run", small.file, "-j", "2", "--out", small.report, "--set", std::string("seeds=") + seeds});
  };
  CHECK(with("2").code == exit_done);
  CHECK_THAT(read_file(small.report + "/report.md", 1 << 20), !Contains("Looked at"));
  CHECK(with("3").code == exit_done);
  CHECK_THAT(read_file(small.report + "/report.md", 1 << 20), Contains("Looked at once before"));
  const Said compared = small.says({"compare", "s/skip=none", "s/skip=projection"});
  CHECK(compared.code == exit_done);
  CHECK_THAT(compared.out, Contains("Looked at once before"));
  CHECK(rows(small.database, "SELECT command || ' ' || seeds FROM look ORDER BY id") ==
        std::vector<std::string>{"report 2", "report 3", "compare 3"});
}

TEST_CASE("who comes to a study until settled while others end a stage says so, and reports nothing of it") {
  const Small small(settling);
  CHECK(small.run().code == exit_done);
  std::filesystem::remove_all(small.report);
  execute(small.database,
          "DELETE FROM run WHERE seed = 12; UPDATE run SET status = 'running', lease_until = "
          "9e9, worker = '" +
              worker_name() + "' WHERE id = 31");
  const Said said = small.run();
  INFO(said.err);
  CHECK(said.code == exit_done);
  CHECK_THAT(said.err, Contains("s: others are at work on what this stage still lacks"));
  CHECK_FALSE(std::filesystem::exists(small.report));
  CHECK(row(small.database, "SELECT max(seed) FROM run") == "11");
}

TEST_CASE("who tunes while others end the tuning says so, and compares nothing yet") {
  const Small small(
      "variants: {baseline: {model.skip: none}, grid: {model.skip: [none, projection]}}\nseeds: 2\n"
      "tune: {training.learning_rate.initial: [1.0e-9, 0.05], by: validation.accuracy, seeds: 1}\n");
  const Study study = parse_study(read_file(small.file, 1 << 16), "s", {}, metric_names());
  std::vector<std::string> told;
  const auto others = [](const Study&, const std::string&) { return StageEnd::others_at_work; };
  const auto report =
      run_stages(study, small.database, others, [&](const std::string& line) { told.push_back(line); });
  CHECK(report.end == StageEnd::others_at_work);
  CHECK(report.study.name == "s (tuning)");
  CHECK(told.empty());
}

TEST_CASE("weights that only the best variant keeps stay until the last look, and go then") {
  Small small(settling);
  std::string text = read_file(small.file, 1 << 16);
  text.replace(text.find("{epochs: 1,"), 11, "{epochs: 1, keep_weights: best,");
  write_file(small.file, text);
  const auto kept = [&] {
    return rows(small.database,
                "SELECT variant.name || ' ' || count(*) FROM model JOIN run ON run.id = run_id "
                "JOIN variant ON variant.id = variant_id GROUP BY variant_id");
  };
  DatasetCache datasets;
  std::vector<std::vector<std::string>> at_looks;
  const auto train = [&](const Study& stage, const std::string&) {
    struct : SweepListener {
      void planned(const SweepCounts&, int) override {}
      void happened(const RunEvent&) override {}
    } silent;
    SweepOptions options;
    options.jobs = 0;
    run_sweep(stage, small.database, datasets, options, silent, false);
    at_looks.push_back(kept());
    return StageEnd::all_done;
  };
  const Study study = parse_study(text, "s", {}, metric_names());
  CHECK(run_stages(study, small.database, train, [](const std::string&) {}).study.seeds.size() == 12);
  REQUIRE(at_looks.size() == 3);
  CHECK(at_looks[0] == std::vector<std::string>{"base 10", "still 10", "same 10"});
  CHECK(rows(small.database,
             "SELECT command || ' ' || seeds || ' of ' || looks_in_plan FROM look ORDER BY id") ==
        std::vector<std::string>{"report 10 of 10, 11, 12", "report 11 of 10, 11, 12",
                                 "report 12 of 10, 11, 12"});
  CHECK(at_looks[2] == std::vector<std::string>{"base 12", "still 10", "same 12"});
  CHECK(kept() == std::vector<std::string>{"base 12"});
}

TEST_CASE("a comparison is on record while others copy the log into the file again and again") {
  const Small small("variants: {baseline: {model.skip: none}, grid: {model.skip: [none, projection]}}\n");
  const auto with = [&](const char* seeds) {
    return small.says({"run", small.file, "--out", small.report, "--set", std::string("seeds=") + seeds});
  };
  CHECK(with("2").code == exit_done);
  const pid_t others = ::fork();  // a thread would hold locks that the run's workers inherit
  if (others == 0) {
    Store store(small.database);
    for (;;) {
      store.add_machine({});
      settle_log(small.database);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  const Said compared = small.says({"compare", "s/skip=none", "s/skip=projection"});
  const Said reported = with("3");
  ::kill(others, SIGKILL);
  ::waitpid(others, nullptr, 0);
  INFO(compared.err);
  INFO(reported.err);
  CHECK_THAT(compared.err + reported.err, !Contains("not on record"));
  CHECK(rows(small.database, "SELECT command || ' ' || seeds FROM look ORDER BY id") ==
        std::vector<std::string>{"report 2", "compare 2", "report 3"});
}

TEST_CASE("runs --contrast shows differences and is a look; query, runs, show and watch are none") {
  const Small small("variants: {baseline: {model.skip: none}, grid: {model.skip: [none, projection]}}\n");
  REQUIRE(small.says({"run", small.file, "-j", "2", "--out", small.report, "--set", "seeds=2"}).code ==
          exit_done);
  const std::vector<std::string> others[] = {{"query", "SELECT * FROM results"},
                                             {"runs", "s"},
                                             {"runs", "s", "--by", "skip"},
                                             {"show", "s"},
                                             {"show", "1"},
                                             {"watch", "s"}};
  for (const auto& words : others) {
    INFO(words.front());
    CHECK(small.says(words).code == exit_done);
  }
  const char* looks = "SELECT command || ' ' || seeds FROM look ORDER BY id";
  CHECK(rows(small.database, looks) == std::vector<std::string>{"report 2"});
  CHECK(small.says({"runs", "s", "--contrast", "skip"}).code == exit_done);
  CHECK(rows(small.database, looks) == std::vector<std::string>{"report 2", "compare 2"});
}
