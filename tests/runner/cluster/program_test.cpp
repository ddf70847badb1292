#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "runner/cluster/cluster_support.hpp"
#include "runner/program_files.hpp"
#include "runner/program_folders.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// A deterministic trainer: goes on from its checkpoint, tells where it began, and leaves predictions. It waits after the
/// epoch that stands in `hold`.
const std::string steady = R"(epoch=$(cat "$ABLATE_DIR/checkpoint" 2>/dev/null || echo 0)
echo "began after $epoch, told $ABLATE_EPOCH" >> "$ABLATE_DIR/began"
while [ $epoch -lt $ABLATE_UNTIL ]; do
  epoch=$((epoch + 1))
  echo "{\"epoch\": $epoch, \"test.accuracy\": 0.$((20 + $1 + epoch + ABLATE_SEED)), \"test.bleu\": $((epoch * $1)).5}" >> "$ABLATE_METRICS"
  echo $epoch > "$ABLATE_DIR/new" && mv "$ABLATE_DIR/new" "$ABLATE_DIR/checkpoint"
  while [ -e hold ] && [ $epoch -ge $(cat hold) ]; do sleep 0.02; done
done
printf 'truth,a,b\n0,0.75,0.25\n1,0.5,0.5\n' > "$ABLATE_DIR/predictions_test.csv"
)";

/// Its numbers hang on the process that it is.
const std::string unsteady = R"(echo "{\"epoch\": 1, \"test.bleu\": $$}" >> "$ABLATE_METRICS")";

fs::path code_in(const TemporaryFolder& folder, const std::string& script) {
  write_file(folder / "train.sh", script);
  write_file(folder / "study.yaml", R"(# Does it?
study: shell
trainer:
  command: [sh, train.sh, "{gain}"]
  settings: {gain: 1, epochs: 3}
  epochs: "{epochs}"
  metrics: {test.accuracy: up, test.bleu: up}
  limits: {grace: 2s}
variants: {baseline: {gain: 1}, grid: {gain: [1, 5]}}
seeds: 2
)");
  return folder / "study.yaml";
}

/// A study that a shell script trains, sent to tasks that share its folder and the work folder.
struct ProgramElsewhere {
  explicit ProgramElsewhere(const std::string& script = steady)
      : there(load_study(code_in(code, script), {}, metric_names())) {}

  void hold(int epoch) const { code.write("hold", std::to_string(epoch)); }
  void let_go() const { fs::remove(code / "hold"); }
  std::optional<Send> send() { return there.send(three_a_task()); }
  std::string ask_head(const std::string& sql) const { return ask(there.database, sql).at(0); }
  /// The folders that attempts have made for runs.
  std::vector<fs::path> folders() const {
    std::vector<fs::path> all;
    for (const auto& attempt : fs::directory_iterator(there.files.folders())) {
      for (const auto& run : fs::directory_iterator(attempt)) all.push_back(run.path());
    }
    return all;
  }

  TemporaryFolder code;
  Elsewhere there;
};

}  // namespace

TEST_CASE("runs of another program come back with numbers, predictions, code and folder") {
  ProgramElsewhere shell;
  const auto send = shell.send();
  REQUIRE(send);
  CHECK(send->manifest.data.empty());
  shell.there.work_all(*send);
  const GatheredResults found = shell.there.gathered();
  CHECK(found.ended == 4);
  CHECK(found.by_program);
  CHECK(found.differences.empty());
  CHECK(shell.there.fingerprint() == shell.there.expected());
  for (const char* table : {"epoch", "run_value", "class_metric", "confusion"}) {
    CAPTURE(table);
    const std::string sql = fmt::format("SELECT count(*) FROM {}", table);
    CHECK(shell.ask_head(sql) == ask(shell.there.folder / "alone.db", sql)[0]);
  }
  CHECK(shell.ask_head("SELECT count(DISTINCT program_sha256), min(program_sha256) FROM run") ==
        "1|" + code_sha256(shell.there.study));
  const std::string uuid = send->manifest.runs[0].uuid;
  CHECK(fs::is_symlink(run_folder(shell.there.database, uuid)));
  CHECK(read_file(run_folder(shell.there.database, uuid) / "checkpoint", 10) == "3\n");
}

TEST_CASE("a program's study file that was named without a folder is sent with the working folder") {
  ProgramElsewhere shell;
  const fs::path before = fs::current_path();
  fs::current_path(shell.code.path());
  shell.there.study = load_study("study.yaml", {}, metric_names());
  const auto send = shell.send();
  fs::current_path(before);
  REQUIRE(send);
  CHECK(fs::equivalent(send->manifest.folder, shell.code.path()));
  shell.there.work_all(*send);
  CHECK(shell.there.gathered().ended == 4);
}

TEST_CASE("a program's run that was stopped goes on in another task, in a copy of its folder") {
  ProgramElsewhere shell;
  const auto send = shell.send();
  shell.hold(2);
  shell.there.work(send->file, 0, 2);
  shell.let_go();
  CHECK(shell.there.results(".going.db").size() == 1);
  const fs::path first = shell.folders().at(0);
  write_file(first / "checkpoint", "2\n");  // as if it had been killed between two epochs
  CHECK(shell.there.work(send->file, 0).ended == 3);
  shell.there.work(send->file, 1);
  CHECK(fs::exists(first / "checkpoint"));
  shell.there.gathered();
  CHECK(shell.there.fingerprint() == shell.there.expected());
  CHECK(shell.ask_head("SELECT sum(resumed), max(attempt) FROM run") == "1|2");
  CHECK_FALSE(fs::exists(first));  // of an attempt that ended, and whose run is over
  CHECK(shell.folders().size() == 4);
}

TEST_CASE("a program that two tasks train at once works in two folders, and equal numbers count once") {
  ProgramElsewhere shell;
  const auto send = shell.send();
  struct Second : Silent {
    void happened(const RunEvent& event) override {  // the program of the first run is at work
      if (event.kind == RunEvent::Kind::epoch_ended && !std::exchange(begun, true))
        shell->there.work((*sent)->file, 0);
    }
    bool begun = false;
    ProgramElsewhere* shell = nullptr;
    const std::optional<Send>* sent = nullptr;
  } listener;
  listener.shell = &shell;
  listener.sent = &send;
  shell.there.work(send->file, 0, listener, never);
  shell.there.work(send->file, 1);
  CHECK(shell.folders().size() == 5);
  for (const auto& attempt :
       fs::directory_iterator(shell.there.files.folders()))  // as if all had been killed
    write_file(shell.there.files.attempts() / (attempt.path().filename().string() + ".json"), "{}");
  const GatheredResults found = shell.there.gathered();
  REQUIRE(found.notes.size() == 1);
  CHECK_THAT(found.notes[0],
             Contains("1 folder of runs that ended elsewhere stays in ") && Contains("a day after"));
  CHECK(found.ended == 4);
  CHECK(found.repeated == 1);
  CHECK(found.differences.empty());
  CHECK(shell.there.fingerprint() == shell.there.expected());
  for (const auto& attempt : fs::directory_iterator(shell.there.files.attempts()))
    fs::last_write_time(attempt, fs::last_write_time(attempt) - std::chrono::hours(25));
  CHECK(shell.there.gathered().notes.empty());
  CHECK(shell.folders().size() == 4);
}

TEST_CASE("whoever collects while a task begins leaves its folder alone") {
  ProgramElsewhere shell;
  const auto send = shell.send();
  struct Collecting : Silent {
    void planned(const SweepCounts&, int) override { shell->there.gathered(); }
    ProgramElsewhere* shell = nullptr;
  } listener;
  listener.shell = &shell;
  CHECK(shell.there.work(send->file, 0, listener, never).ended == 3);
}

TEST_CASE("numbers of a program that differ from copy to copy are told by their size, and the first stay") {
  ProgramElsewhere shell(unsteady);
  const auto send = shell.send();
  shell.there.work(send->file, 0);
  const fs::path run = shell.there.files.run(send->manifest.runs[0].uuid), aside = shell.there.folder / "run";
  fs::rename(run, aside);
  shell.there.work(send->file, 0);
  fs::remove(run);
  fs::rename(aside, run);
  const GatheredResults found = shell.there.gathered();
  CHECK(found.ended == 3);
  REQUIRE(found.differences.size() == 1);
  CHECK_THAT(found.differences[0], Contains("test.bleu after epoch 1 is") && Contains(" apart"));
}

TEST_CASE(
    "a copy that a task with older code of the script ends later is noted as that, and is no difference") {
  ProgramElsewhere shell;
  struct Editing : Silent {
    void happened(const RunEvent& event) override {
      if (event.kind != RunEvent::Kind::epoch_ended || std::exchange(edited, true)) return;
      std::string other = steady;
      other.replace(other.find("0.$((20"), 7, "0.$((50");
      shell->code.write("train.sh", other);
      shell->there.work(shell->send()->file, 0);
      CHECK(shell->there.gathered().ended == 3);
    }
    bool edited = false;
    ProgramElsewhere* shell = nullptr;
  } listener;
  listener.shell = &shell;
  shell.there.work(shell.send()->file, 0, listener, never);
  const GatheredResults found = shell.there.gathered();
  CHECK(found.differences.empty());
  REQUIRE(found.notes.size() == 1);
  CHECK_THAT(found.notes[0], Contains("test.accuracy after epoch 1 is ") &&
                                 Contains("(trained by different code); the first one stays"));
}

TEST_CASE("a failed run that is trained again elsewhere counts, whatever numbers the failed attempt had") {
  ProgramElsewhere shell(unsteady + "\n[ ! -e fails ]");
  shell.code.write("fails", "");
  shell.there.work_all(*shell.send());
  CHECK(shell.there.gathered().ended == 4);
  CHECK(shell.ask_head("SELECT count(*) FROM run WHERE status = 'failed' AND epochs_done = 1") == "4");
  fs::remove(shell.code / "fails");
  SendOptions again = three_a_task();
  again.retry_failed = true;
  shell.there.work_all(*shell.there.send(again));
  CHECK(shell.there.gathered().differences.empty());
  CHECK(shell.ask_head("SELECT count(*) FROM run WHERE status = 'done'") == "4");
  CHECK(shell.there.gathered().differences.empty());
}

TEST_CASE(
    "a run that the sender had begun goes on in a task, and one that a task had begun with the sender") {
  ProgramElsewhere shell;
  Silent hasty;
  hasty.epochs_until_stop = 2;
  shell.hold(2);
  sweep(shell.there.study, shell.there.database, hasty);
  const auto send = shell.send();
  REQUIRE(send->manifest.runs.size() == 4);
  std::atomic<bool> stop = false;
  hasty.epochs_until_stop = 1;
  shell.hold(3);
  hasty.stop = &stop;
  shell.there.work(send->file, 0, hasty, stop);
  shell.there.gathered();
  shell.let_go();
  Silent listener;
  sweep(shell.there.study, shell.there.database, listener);
  CHECK(shell.there.fingerprint() == shell.there.expected());
  CHECK(shell.ask_head("SELECT sum(resumed) FROM run") == "2");  // by the task and by the sender
  const std::string began =
      read_file(run_folder(shell.there.database, send->manifest.runs[0].uuid) / "began", 1000);
  CHECK(std::count(began.begin(), began.end(), '\n') == 3);
  for (const char* lost : {"0, told 2", "0, told 3", "1, told 3"}) CHECK_THAT(began, !Contains(lost));
}

TEST_CASE("an unfinished run of a program that was changed gives way to what the new one trains") {
  ProgramElsewhere shell;
  shell.hold(2);
  shell.there.work(shell.send()->file, 0, 2);
  shell.let_go();
  shell.there.gathered();
  CHECK(shell.ask_head("SELECT count(*) FROM run WHERE epochs_done = 2 AND status = 'interrupted'") == "1");
  std::string changed = steady;
  changed.replace(changed.find("0.$((20"), 7, "0.$((50");
  shell.code.write("train.sh", changed);
  const auto send = shell.send();
  REQUIRE(send->manifest.runs.size() == 4);
  std::atomic<bool> stop = false;
  Silent hasty;
  hasty.stop = &stop;
  hasty.epochs_until_stop = 1;
  shell.hold(1);
  shell.there.work(send->file, 0, hasty, stop);  // the new program has fewer epochs, and they count
  shell.let_go();
  CHECK(shell.there.gathered().differences.empty());
  CHECK(shell.ask_head("SELECT max(epochs_done) FROM run") == "1");
  shell.there.work_all(*send);
  const GatheredResults found = shell.there.gathered();
  CHECK(found.ended == 4);
  CHECK(found.differences.empty());
  CHECK(shell.there.fingerprint() == shell.there.expected());

  shell.code.write("train.sh", steady);  // once they are over, they stay
  CHECK_FALSE(shell.send());
  CHECK(shell.there.gathered().ended == 0);
  CHECK(shell.ask_head("SELECT count(DISTINCT program_sha256) FROM run WHERE status = 'done'") == "1");
}

TEST_CASE("a run whose folder is lost is trained again from the start, and compared") {
  ProgramElsewhere shell;
  const auto send = shell.send();
  shell.hold(2);
  shell.there.work(send->file, 0, 2);
  shell.let_go();
  fs::remove_all(shell.there.files.folders());
  shell.there.files.make();
  CHECK(shell.there.work(send->file, 0).ended == 3);
  shell.there.work(send->file, 1);
  shell.there.gathered();
  CHECK(shell.there.fingerprint() == shell.there.expected());
  CHECK(shell.ask_head("SELECT count(*) > 0, count(metric) FROM repeated_epoch") == "1|0");
}

TEST_CASE("other code, no code and a folder that cannot be made are refused on a node with one message") {
  ProgramElsewhere shell;
  const auto send = shell.send();
  shell.code.write("train.sh", steady + "# edited\n");
  CHECK_THROWS_WITH(shell.there.work(send->file, 0),
                    Contains("has other code than the manifest") && Contains("--resend"));
  fs::rename(shell.code.path(), shell.code.text() + ".away");
  CHECK_THROWS_WITH(shell.there.work(send->file, 0), Contains("is not there") && Contains("all nodes see"));
  fs::rename(shell.code.text() + ".away", shell.code.path());
  shell.code.write("train.sh", steady);
  fs::remove_all(shell.there.files.folders());
  write_file(shell.there.files.folders(), "");
  CHECK_THROWS_WITH(shell.there.work(send->file, 0), Contains("cannot write") && Contains("folders/"));
  CHECK(fs::is_empty(shell.there.files.results()));
}

TEST_CASE("where the work folder vanishes under a program, no run counts as failed and what ended is kept") {
  struct Vanishing : Silent {
    void happened(const RunEvent& event) override {
      if (event.kind == RunEvent::Kind::ended && fs::exists(from)) fs::rename(from, from.string() + ".gone");
      Silent::happened(event);
    }
    fs::path from;
  } listener;
  ProgramElsewhere shell;
  const auto send = shell.send();
  listener.from = shell.there.files.folder();
  CHECK_THROWS_WITH(shell.there.work(send->file, 0, listener, never),
                    Contains("is gone") && Contains("the results are in"));
  CHECK_FALSE(fs::exists(listener.from));
  CHECK(listener.endings.size() == 1);
}

TEST_CASE("a folder is copied with its metrics last, and one that is not there leaves an empty one") {
  TemporaryFolder folder;
  write_file(folder / "from/metrics.jsonl", "{}\n");
  write_file(folder / "from/deep/checkpoint", "7");
  fs::create_symlink("deep/checkpoint", folder / "from/latest");
  CHECK(copy_run_folder(folder / "from", folder / "to"));
  CHECK(read_file(folder / "to/latest", 10) == "7");
  CHECK(read_file(folder / "to/metrics.jsonl", 10) == "{}\n");
  CHECK_FALSE(copy_run_folder(folder / "none", folder / "to"));
  CHECK(fs::is_empty(folder / "to"));
  CHECK(program_state(bytes_of({1234, "/a b/c"})).folder == "/a b/c");
  CHECK(program_state(bytes_of({1234, {}})).offset == 1234);
}
