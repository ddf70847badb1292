/// Looking at a sweep from another terminal, and reaching into it.

#include <sstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/progress.hpp"
#include "cli/says.hpp"
#include "cli/study_watch.hpp"
#include "store/store_support.hpp"
#include "support/running_program.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// Two variants, one of them being trained and at its second epoch.
struct UnderWay {
  Folder folder;
  std::string file = (folder / "a.db").string();
  Store store{file};
  std::int64_t study = store.plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1});
  RunRecord run = *store.claim(study, {.worker = "elsewhere:1:1"});
  UnderWay() {
    store.add_epoch(run.id, epoch_of(1, 0.25), 60.0);
    store.add_epoch(run.id, epoch_of(2, 0.5), 60.0);
  }
  void finish() { store.finish(run.id, {.reason = "all epochs"}); }
};

struct Log : SweepListener {
  void planned(const SweepCounts& counts, int) override {
    words.push_back(fmt::format("{} runs", counts.runs));
  }
  void happened(const RunEvent& event) override {
    using enum RunEvent::Kind;
    words.push_back(event.kind == started       ? "started " + event.run.variant
                    : event.kind == epoch_ended ? fmt::format("epoch {}", event.progress.epoch)
                                                : "ended " + to_string(event.status));
  }
  std::vector<std::string> words;
};

}  // namespace

TEST_CASE("a sweep of another process is told as it happens: starts, the newest epoch, ends") {
  UnderWay under_way;
  Log log;
  StudyWatch watch(under_way.file, "s", log);
  CHECK(watch.look());
  CHECK(log.words == std::vector<std::string>{"2 runs", "started a", "epoch 2"});
  CHECK(watch.look());
  CHECK(log.words.size() == 3);  // nothing happened in between
  under_way.store.add_epoch(under_way.run.id, epoch_of(3, 0.75), 60.0);
  watch.look();
  CHECK(log.words.back() == "epoch 3");
  under_way.finish();
  CHECK_FALSE(watch.look());
  CHECK(log.words.back() == "ended done");
  const std::size_t told = log.words.size();
  CHECK_FALSE(watch.look());
  CHECK(log.words.size() == told);
  CHECK_THROWS_AS(StudyWatch(under_way.file, "t", log), RequestError);
}

TEST_CASE("watch names one of several studies as a word that a shell takes") {
  const TemporaryFolder folder;
  const auto file = folder / "a.db";
  Store store(file);
  store.plan(study_named("a & b"), {variant_named("v")}, {1});
  store.plan(study_named("c"), {variant_named("v")}, {1});
  execute(file, "UPDATE run SET status = 'running', lease_until = 1e12");
  CHECK_THAT(ablate_says({"watch", "--db", file.string()}).err, Contains("ablate watch 'a & b'"));
}

TEST_CASE("watch shows what run would, on validation, and ends with the sweep") {
  UnderWay under_way;
  std::ostringstream out, err;
  std::istringstream in;
  Console console{out, err, in};
  const auto progress = make_progress(console, Display::lines, false);
  StudyWatch watch(under_way.file, "s", *progress);
  watch.look();
  under_way.finish();
  watch.look();
  CHECK_THAT(err.str(), Contains("[1/2] a seed 1: done in ") && Contains("validation accuracy ") &&
                            Contains("(epoch 2 of 2)") && !Contains("test"));
  CHECK_THAT(ablate_says({"watch", "--db", under_way.file}).err, Contains("nothing is being trained"));
  CHECK(ablate_says({"watch", "s", "--db", under_way.file}).err ==
        "2 runs, 1 to train, 1 worker\ns: 1 of 2 runs done, 0 running, 1 left\n");
}

TEST_CASE("studies, status and tail tell what there is, what is being trained, and its epochs") {
  UnderWay under_way;
  const auto says = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--db", under_way.file});
    return ablate_says(words);
  };
  CHECK(says({"studies", "--format", "csv"}).out ==
        "study,variants,runs,done,running,to_train,stopped,failed,diverged,question\n"
        "s,2,2,0,1,1,0,0,0,does it help?\n");
  const Said status = says({"status", "--format", "csv"});
  CHECK_THAT(status.out, Contains("1,s,a,1,2,") && Contains(",elsewhere:1:1\n"));
  CHECK_THAT(status.err, Contains("s: 0 done, 1 running, 1 left"));
  CHECK(says({"status", "t"}).code == exit_wrong_request);
  under_way.finish();
  CHECK_THAT(says({"status"}).err, Contains("nothing is being trained"));
  const Said tail = says({"tail", "s/a/1", "-n", "1"});
  CHECK_THAT(tail.out,
             Catch::StartsWith("epoch 2  validation accuracy ") && Contains("  rate ") && !Contains("test"));
  CHECK_THAT(tail.err, Contains("run 1 (s/a/1) is done: all epochs"));
  CHECK_THAT(says({"tail", "1", "-n", "0"}).out, !Contains("epoch"));
  CHECK_THAT(says({"tail", "1", "--test"}).out, Contains("epoch 1  ") && Contains("test accuracy"));
  const Said shown = says({"show", "s"});
  CHECK_THAT(shown.out, Contains("does it help?") && Contains("Variants"));
  CHECK(says({"show", "s", "--config"}).out == "s");
  execute(under_way.file, "UPDATE epoch_metric SET accuracy = 2 WHERE split = 'validation'");
  CHECK_THAT(says({"tail", "1"}).err, Contains("validation.accuracy is 2, which is not from 0 to 1"));
}

TEST_CASE(
    "of a program's run status tells the epochs that its settings plan, and nothing that is not known") {
  const Folder folder;
  const std::string file = (folder / "a.db").string();
  Store store(file);
  const auto [epochs, of] = GENERATE(table<std::string, std::string>(
      {{"\"{steps}\"", "7"}, {"9", "9"}, {"\"11\"", "11"}, {"\"{unknown}\"", ""}}));
  const auto id = store.plan(
      study_named("s"),
      {variant_named("a", "trainer:\n  settings:\n    steps: 7\n  epochs: " + epochs + "\n")}, {1});
  store.claim(id, {.worker = "elsewhere:1:1"});
  CHECK_THAT(ablate_says({"status", "--db", file, "--format", "csv"}).out,
             Contains("\n1,s,a,1,0," + of + ",,,2"));
}

TEST_CASE("a run whose worker has died is no reason to wait, and status says so") {
  const Folder folder;
  const std::string file = (folder / "a.db").string();
  char host[256] = {};
  ::gethostname(host, sizeof host - 1);
  {
    Store store(file);
    const auto id = store.plan(study_named("s"), {variant_named("a")}, {1});
    store.claim(id, {.worker = fmt::format("{}:999999999:1", host)});
  }
  Log log;
  CHECK_FALSE(StudyWatch(file, "s", log).look());
  const Said status = ablate_says({"status", "--db", file});
  CHECK_THAT(status.out, Contains(":999999999:1 (gone)"));
  CHECK_THAT(status.err, Contains("its worker has died"));
}

TEST_CASE(
    "watch tells the seconds of all a run's attempts, and takes a lease that ran out for the worker's end") {
  UnderWay under_way;
  under_way.finish();
  struct : Log {
    void happened(const RunEvent& event) override {
      if (event.kind == RunEvent::Kind::ended) seconds = event.seconds;
    }
    double seconds = 0.0;
  } log;
  execute(under_way.file, "UPDATE run SET ended_at = NULL WHERE id = 1");
  StudyWatch watch(under_way.file, "s", log);
  execute(under_way.file,
          "UPDATE run SET ended_at = '2999-01-01T00:00:01.000Z', started_at = "
          "'2999-01-01T00:00:00.000Z', seconds = 75.5 WHERE id = 1");
  watch.look();
  CHECK(log.seconds == 75.5);
  under_way.store.claim(under_way.study, {.worker = "elsewhere:1:1"});
  CHECK(watch.look());
  execute(under_way.file, "UPDATE run SET lease_until = 1 WHERE id = 2");
  CHECK_FALSE(watch.look());
}

TEST_CASE("stop asks a run's worker, which gives it back after its epoch; the next sweep resumes it") {
  const TemporaryFolder folder;
  const std::string yaml = (folder / "s.yaml").string(), database = (folder / "a.db").string();
  write_file(yaml,
             "study: s\nquestion: Well?\ndata: {source: glyphs, train_images: 94, test_images: 47}\n"
             "model: {hidden: [4]}\ntraining: {epochs: 1000000}\nseeds: 1\n");
  RunningProgram program({"run", yaml, "-j", "1", "--db", database, "--out", (folder / "r").string()},
                         folder / "output");
  const auto has_epochs = [&] {
    try {
      return std::filesystem::exists(database) && !Reader(database).run_epochs(1).empty();
    } catch (const RequestError&) {
      return false;  // it is being made
    }
  };
  REQUIRE(wait_until(has_epochs));
  CHECK_THAT(ablate_says({"stop", "1", "--db", database}).err, Contains("ends after its current epoch"));
  CHECK(program.wait() == exit_interrupted);
  const RunRecord stopped = Reader(database).run("1");
  CHECK(stopped.status == RunStatus::interrupted);
  CHECK(stopped.error == "asked to stop by `ablate stop`");
  CHECK_THAT(ablate_says({"stop", "1", "--db", database}).err, Contains("there is nothing to stop"));
  RunningProgram again({"run", yaml, "-j", "1", "--db", database, "--out", (folder / "r").string()},
                       folder / "output");
  CHECK(wait_until([&] { return Reader(database).run("1").epochs_done > stopped.epochs_done; }));
  CHECK(Reader(database).run("1").course.resumed == 1);
}

TEST_CASE("delete asks first, refuses a study that is being trained, and takes all that belongs to it") {
  UnderWay under_way;
  const auto says = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--db", under_way.file});
    return ablate_says(words);
  };
  CHECK_THAT(says({"delete", "s"}).err,
             Contains("1 run that was begun") && Contains("nothing was deleted; --yes"));
  CHECK_THAT(says({"delete", "s", "--yes"}).err, Contains("1 of its runs are being trained"));
  CHECK(Reader(under_way.file).studies().size() == 1);
  under_way.finish();
  CHECK(says({"delete", "s", "--yes"}).code == exit_done);
  CHECK(Reader(under_way.file).studies().empty());
  CHECK(row(under_way.file, "SELECT (SELECT count(*) FROM run) + (SELECT count(*) FROM epoch_metric)") ==
        "0");
  CHECK(says({"delete", "s"}).code == exit_wrong_request);
}
