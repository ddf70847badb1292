#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "exchange/event_file.hpp"
#include "metrics/metric_table.hpp"
#include "runner/program_files.hpp"
#include "runner/shell_study.hpp"
#include "runner/sweep.hpp"
#include "runner/verify_program.hpp"
#include "store/store_support.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

TEST_CASE("a shell script's runs are stored like ours: epochs, suite and metrics of its own") {
  ShellStudy shell;
  Quiet quiet;
  const SweepResult result = shell.run(quiet);
  CHECK(result.counts.done == 4);
  const Reader reader(shell.database());
  for (const RunRecord& run : shell.runs()) {
    CHECK(run.status == RunStatus::done);
    CHECK(run.exit_reason == "all epochs");
    CHECK(run.best_epoch == 3);
    CHECK(run.origin.selected_by == "last epoch");
    CHECK(run.origin.program_sha256 == code_sha256(shell.study()));
    CHECK(epochs_of(reader, run.id) == "1 2 3");
    const int gain = run.variant == "gain=5" ? 5 : 1;
    const auto selected = reader.run_selected(run.id);
    REQUIRE(selected.size() == 2);
    CHECK(selected[1].suite.accuracy == Approx(0.01 * (23 + gain + static_cast<int>(run.seed))));
    const auto values = reader.run_selected_values(run.id);
    REQUIRE(values.size() == 2);
    CHECK(values[0].value.metric == "memory");
    CHECK(values[0].value.split.empty());
    CHECK(values[1].value.metric == "bleu");
    CHECK(values[1].value.split == "test");
    CHECK(values[1].value.value == 3 * gain + 0.5);
    CHECK(reader.run_values(run.id).size() == 6);
    CHECK(read_file(shell.folder_of(run) / "params.json", 1000) ==
          fmt::format("{{\"gain\":{},\"epochs\":3}}\n", gain));
  }
}

TEST_CASE("a program sees the run in its environment, and works in the study's folder") {
  ShellStudy shell(R"(env | sort > "$ABLATE_DIR/env"; pwd > "$ABLATE_DIR/pwd"
echo '{"epoch": 1, "test.accuracy": 1}' >> "$ABLATE_METRICS")",
                   "", 1);
  Quiet quiet;
  CHECK(shell.run(quiet).counts.done == 2);
  const RunRecord run = shell.runs().front();
  CHECK(run.exit_reason == "ended by itself after epoch 1 of 3");
  const std::string env = read_file(shell.folder_of(run) / "env", 1 << 20);
  for (const std::string& line :
       {std::string("ABLATE_SEED=1"), "ABLATE_DIR=" + shell.folder_of(run).string(),
        std::string("ABLATE_EPOCH=0"), std::string("ABLATE_UNTIL=3"), std::string("ABLATE_ATTEMPT=1"),
        "ABLATE_RUN=" + run.uuid, std::string("ABLATE_STUDY=shell"), std::string("ABLATE_VARIANT=gain=1"),
        std::string("PYTHONUNBUFFERED=1"), std::string("OMP_NUM_THREADS=1"),
        std::string("ABLATE_PARAMS={\"gain\":1,\"epochs\":3}")}) {
    CHECK_THAT("\n" + env, Catch::Contains("\n" + line + "\n"));
  }
  CHECK(fs::equivalent(read_file(shell.folder_of(run) / "pwd", 4096).substr(0, shell.folder.text().size()),
                       shell.folder.path()));
}

TEST_CASE("a sweep of a program that is stopped resumes each run, and ends as one that was left alone") {
  ShellStudy calm, stopped;
  Quiet quiet;
  calm.run(quiet);
  for (int epochs = 1; epochs < 12; epochs += 2) {
    Quiet hasty;
    hasty.epochs_until_stop = epochs % 5 + 1;
    stopped.run(hasty);
  }
  CHECK(stopped.run(quiet).counts.done == 4);
  const Reader one(calm.database()), other(stopped.database());
  CHECK(one.fingerprint(1) == other.fingerprint(1));
  for (const RunRecord& run : stopped.runs()) CHECK(epochs_of(other, run.id) == "1 2 3");
}

TEST_CASE("an epoch that comes again is compared with the first, bit for bit, and told with its size") {
  ShellStudy shell(R"(for e in 1 2 2; do
  echo "{\"epoch\": $e, \"test.accuracy\": 0.$((e + $1 * again)), \"test.bleu\": $e}" >> "$ABLATE_METRICS"
  [ $e = 2 ] && again=1
done)",
                   "", 1);
  Quiet quiet;
  CHECK(shell.run(quiet, 1).counts.done == 2);
  const Reader reader(shell.database());
  const RunRecord run = shell.runs().front();
  const auto repeats = reader.run_repeats(run.id);
  REQUIRE(repeats.size() == 1);
  CHECK(repeats[0].epoch == 2);
  CHECK(repeats[0].metric == "test.accuracy");
  CHECK(repeats[0].first == 0.2);
  CHECK(repeats[0].again == 0.3);
  CHECK(reader.run_selected(run.id)[0].suite.accuracy == 0.2);
  CHECK_THAT(reader.run_output(run.id).at("stderr"),
             Catch::Contains(
                 "epoch 2 was repeated (attempt 1) with other numbers: test.accuracy was 0.2 and is 0.3"));
}

TEST_CASE("a script without checkpoints begins at 1 again, and what it repeats is found reproduced") {
  ShellStudy shell(R"(for e in 1 2 3; do
  echo "{\"epoch\": $e, \"test.accuracy\": 0.$e, \"test.bleu\": $e.25}" >> "$ABLATE_METRICS"; sleep 0.05
done)",
                   "", 1);
  Quiet hasty;
  hasty.epochs_until_stop = 2;
  CHECK(shell.run(hasty).interrupted);
  Quiet quiet;
  CHECK(shell.run(quiet).counts.done == 2);
  const Reader reader(shell.database());
  const auto repeats = reader.run_repeats(shell.runs().front().id);
  REQUIRE(repeats.size() >= 2);
  for (const RepeatedEpoch& again : repeats) CHECK(again.metric.empty());
  CHECK(epochs_of(reader, shell.runs().front().id) == "1 2 3");
}

TEST_CASE("the first three runs failing before any line stop the sweep, and count as not begun") {
  ShellStudy shell("echo no such module >&2; exit 1");
  Quiet quiet;
  CHECK_THROWS_WITH(shell.run(quiet),
                    Catch::Contains("the first 3 runs failed before they reported an epoch") &&
                        Catch::Contains("no such module") && Catch::Contains("is trainer.command right?"));
  CHECK(quiet.endings.size() == 3);
  for (const RunRecord& run : shell.runs()) {
    CHECK(run.status == RunStatus::planned);
    CHECK(run.attempt == 0);
  }
  shell.folder.write("train.sh", shell_trainer);
  CHECK(shell.run(quiet).counts.done == 4);
}

TEST_CASE("a program that crashes is tried again, and has failed after three times without a new line") {
  ShellStudy shell(shell_trainer + "[ $1 = 5 ] && kill -KILL $$\nexit 0\n", "", 1);
  Quiet quiet;
  const SweepResult result = shell.run(quiet, 1);
  CHECK(result.counts.done == 1);
  CHECK(result.counts.failed == 1);
  const Reader reader(shell.database());
  for (const RunRecord& run : shell.runs()) {
    if (run.variant != "gain=5") continue;
    CHECK(run.attempt == 3);
    CHECK_THAT(run.error, Catch::Contains("killed by signal 9"));
    CHECK(epochs_of(reader, run.id) == "1 2 3");
  }
}

TEST_CASE("a run that no epoch came of has failed, and says what it should have done") {
  ShellStudy shell("[ $1 = 5 ] || exec sh other.sh\nexit 0", "", 1);
  shell.folder.write("other.sh", shell_trainer);
  Quiet quiet;
  shell.run(quiet);
  CHECK_THAT(fmt::format("{}", fmt::join(quiet.endings, "\n")), Catch::Contains("reported no epoch"));
}

TEST_CASE("changed code makes interrupted runs begin anew, in an empty folder") {
  std::string waits = shell_trainer;
  waits.insert(waits.rfind("done"), "  [ $epoch != 2 ] || sleep 60\n");
  ShellStudy shell(waits);
  Quiet hasty;
  hasty.epochs_until_stop = 2;
  shell.run(hasty, 1);
  const RunRecord before = shell.runs().front();
  REQUIRE(fs::exists(shell.folder_of(before) / "checkpoint"));
  shell.folder.write("train.sh", "# better\n" + shell_trainer);
  Quiet quiet;
  CHECK(shell.run(quiet).counts.done == 4);
  REQUIRE(quiet.remarks.size() == 1);
  CHECK_THAT(quiet.remarks.front(),
             Catch::StartsWith("1 run that was interrupted begins at epoch 1 again, which drops ") &&
                 Catch::EndsWith(": the script's code (trainer.code) has changed since"));
  for (const std::string& remark : hasty.remarks) CHECK_THAT(remark, !Catch::Contains("begins at epoch 1"));
  const Reader reader(shell.database());
  CHECK(epochs_of(reader, before.id) == "1 2 3");
  CHECK(reader.run(std::to_string(before.id)).course.resumed == 0);
}

TEST_CASE(
    "a program that is not there, and code that matches nothing, are refused before anything is planned") {
  ShellStudy shell;
  Quiet quiet;
  const std::string text = read_file(shell.folder / "study.yaml", 10000);
  const auto with = [&](const std::string& old, const std::string& now) {
    std::string changed = text;
    shell.folder.write("study.yaml", changed.replace(changed.find(old), old.size(), now));
  };
  with("[sh, train.sh,", "[no-such-interpreter, train.sh,");
  CHECK_THROWS_WITH(shell.run(quiet), Catch::Contains("there is no program 'no-such-interpreter'"));
  with("[sh, train.sh, \"{gain}\"]", "sh train.sh");
  CHECK_THROWS_WITH(shell.run(quiet), Catch::Contains("the command is a list and no shell reads it"));
  with("[sh, train.sh,", "[./train.sh,");
  for (const auto& [first, why] :
       {std::pair("#! /no/such/shell -e",
                  "./train.sh needs the interpreter /no/such/shell, which is not there"),
        std::pair("#!/bin/sh\r", "the lines of ./train.sh end as on Windows")}) {
    shell.folder.write("train.sh", first + std::string("\n"));
    fs::permissions(shell.folder / "train.sh", fs::perms::owner_all);
    CHECK_THROWS_WITH(shell.run(quiet), Catch::Contains(why));
  }
  with("  epochs:", "  code: [\"*.py\"]\n  epochs:");
  CHECK_THROWS_WITH(shell.run(quiet), Catch::Contains("no file in") && Catch::Contains("matches '*.py'"));
  with("  epochs:", "  resources: {gpus: 1000}\n  epochs:");
  CHECK_THROWS_WITH(shell.run(quiet), Catch::Contains("trainer.resources.gpus is 1000"));
  CHECK_FALSE(fs::exists(shell.database()));
}

TEST_CASE("a run is trained again by its program, and every value is compared") {
  ShellStudy shell;
  Quiet quiet;
  shell.run(quiet);
  const Reader reader(shell.database());
  const RunRecord run = shell.runs().front();
  const Variant variant = shell.study().variants.front();
  const auto verify = [&] {
    return verify_program_run(reader, run, variant, {shell.database(), shell.folder.path(), "shell"}, {},
                              [] { return true; });
  };
  const Verification same = verify();
  CHECK(same.difference.empty());
  CHECK(same.epochs == 3);
  CHECK(fs::exists(shell.folder_of(run) / "checkpoint"));  // the run's own files are not touched
  for (const auto& entry : fs::directory_iterator(shell.folder.path()))
    CHECK(entry.path().filename().string().find(".verify") == std::string::npos);
  execute(shell.database(),
          fmt::format("UPDATE epoch_value SET value = 0.25 WHERE run_id = {} AND epoch = 2 AND metric = "
                      "'bleu'",
                      run.id));
  CHECK(verify().difference == "epoch 2: test.bleu is 0.25 in the file and 2.5 now");
  shell.folder.write("train.sh", "exit 1");
  CHECK_THAT(refusal(verify), Catch::Contains("the trainer's code is not that of run"));
}

TEST_CASE("predictions that programs leave are kept, so that a report has the images' level of chance") {
  ShellStudy shell(R"(echo '{"epoch": 1, "validation.accuracy": 0.5}' >> "$ABLATE_METRICS"
{ echo truth,a,b; for i in 0 1 2 3 4 5 6 7 8 9; do
    if [ $(( (i * 7 + ABLATE_SEED) % (3 + $1) )) -eq 0 ]; then echo $((i % 2)),0.4$((1 - i % 2)),0.$((59 + i % 2)); else echo $((i % 2)),0.$((8 - i % 2 * 7)),0.$((2 + i % 2 * 7)); fi
  done; } > "$ABLATE_DIR/predictions_test.csv")",
                   "", 6);
  Quiet quiet;
  REQUIRE(shell.run(quiet).counts.done == 12);
  const Reader reader(shell.database());
  std::vector<std::int64_t> ids;
  for (const RunRecord& run : shell.runs()) ids.push_back(run.id);
  const auto kept = reader.predictions(ids);
  REQUIRE(kept.size() == 12);
  CHECK(reader.truth(kept[0].dataset_id) == std::vector<std::uint8_t>{0, 1, 0, 1, 0, 1, 0, 1, 0, 1});
  CHECK(kept[0].dataset_id == kept[11].dataset_id);
  CHECK(reader.faults().empty());
  CHECK(shell.run(quiet).counts.done == 12);  // nothing is asked of images that only programs know
}

TEST_CASE("predictions are of the last epoch, and are not used where another one is selected") {
  ShellStudy shell(R"(for e in 1 2; do
    echo "{\"epoch\": $e, \"validation.accuracy\": 0.$((ABLATE_SEED == 1 ? 9 - e : e))}" >> "$ABLATE_METRICS"
  done
  printf 'truth,a,b\n0,0.9,0.1\n1,0.8,0.2\n' > "$ABLATE_DIR/predictions_test.csv")",
                   "", 2);
  const std::string text = read_file(shell.folder / "study.yaml", 1 << 16);
  shell.folder.write("study.yaml",
                     std::string(text).insert(text.find("  limits:"), "  select: validation.accuracy\n"));
  Quiet quiet;
  REQUIRE(shell.run(quiet).counts.done == 4);
  const Reader reader(shell.database());
  for (const RunRecord& run : shell.runs()) {
    const bool is_last = run.seed == 2;
    CHECK(run.best_epoch == (is_last ? 2 : 1));
    CHECK(reader.run_selected(run.id).size() == (is_last ? 2u : 1u));
    CHECK(reader.predictions({run.id}).size() == (is_last ? 1u : 0u));
    CHECK(run.exit_reason == (is_last ? "ended by itself after epoch 2 of 3"
                                      : "ended by itself after epoch 2 of 3; its predictions are of epoch 2, "
                                        "trainer.select chose epoch 1: they are not used"));
  }
}

TEST_CASE("event files that a program logs are its epochs, once every file is past them") {
  ShellStudy shell(
      R"(mkdir -p "$ABLATE_DIR/runs/val"; : > "$ABLATE_DIR/runs/tfevents.1"; : > "$ABLATE_DIR/runs/val/tfevents.2"
cp train.tfevents "$ABLATE_DIR/runs/tfevents.1"; cp val.tfevents "$ABLATE_DIR/runs/val/tfevents.2")",
      "", 1);
  EventFile train(1.0), validation(1.0);
  for (int step = 1; step <= 30; ++step) train.add_scalar(1.0, step, "loss", 1.0 / step);
  for (int epoch = 1; epoch <= 3; ++epoch) validation.add_scalar(1.0, 10 * epoch, "acc", 0.25 * epoch);
  shell.folder.write("train.tfevents", train.bytes());
  shell.folder.write("val.tfevents", validation.bytes());
  const std::string text = read_file(shell.folder / "study.yaml", 1 << 16);
  shell.folder.write("study.yaml", std::string(text).insert(text.find("  limits:"), R"(  metrics_from:
    {tensorboard: runs, steps_per_epoch: 10, names: {acc: test.accuracy, loss: train.loss}}
)"));
  Quiet quiet;
  REQUIRE(shell.run(quiet).counts.done == 2);
  const Reader reader(shell.database());
  CHECK(epochs_of(reader, 1) == "1 2 3");
  CHECK(reader.run_selected(1).at(0).suite.accuracy == 0.75);
  CHECK(reader.run_values(1).at(1).value.value == Approx(1.0 / 20));  // the last of steps 11 to 20
}

}  // namespace
