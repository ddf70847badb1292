#include "cli/cluster_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

const char* const collected_head =
    "study,runs,done,failed,diverged,stopped,left,collected,advanced,repeated,different\n";

}  // namespace

TEST_CASE(
    "two tasks with one chunk at the same time leave one result, and the other's bits are compared and equal") {
  const Cluster cluster;
  const Said sent = cluster.send_manifest("4");
  CHECK(sent.code == 0);
  CHECK_THAT(sent.out, Contains("chunks: 1\n"));
  CHECK_THAT(sent.err, Contains("4 runs in chunks 0 to 0") && Contains("ablate collect small"));
  const std::string manifest = manifest_in(sent.out);
  {
    RunningProgram first({"work", manifest, "--chunk", "0", "-j", "1", "--local", cluster.folder.text()},
                         cluster.folder / "1");
    RunningProgram second({"work", manifest, "--chunk", "0", "-j", "2", "--local", cluster.folder.text()},
                          cluster.folder / "2");
    CHECK(first.wait() == 0);
    CHECK(second.wait() == 0);
  }
  CAPTURE(read_file(cluster.folder / "1", 1 << 20), read_file(cluster.folder / "2", 1 << 20));
  const Said collected = cluster.collect();
  CHECK(collected.code == 0);
  CHECK_THAT(collected.out,
             Contains(collected_head) && Contains("small,4,4,0,0,0,0,4,0,") && Contains(",0\n"));
  CHECK(cluster.fingerprint() ==
        ablate_says({"doctor", "--fingerprint", "small", "--db", trained().database}).out);
  // Nothing is left: the same command writes the report.
  const Said last = cluster.send_manifest("4");
  CHECK(last.code == 0);
  CHECK(last.out == cluster.says_report);
}

TEST_CASE("a task that is told to end publishes what it has and says how much is left") {
  const Cluster cluster;
  write_file(cluster.file, small_study);
  const Said sent =
      ablate_says({"run", cluster.file, "--set", "training.epochs=100000", "--manifest", "--runs-per-task",
                   "4", "--work", cluster.work, "--db", cluster.database, "--out", cluster.report});
  RunningProgram task(
      {"work", manifest_in(sent.out), "--chunk", "0", "--requeue", "--local", cluster.folder.text()},
      cluster.folder / "log");
  const fs::path attempts = fs::path(cluster.work) / "small/attempts";
  REQUIRE(wait_until([&] { return !fs::is_empty(attempts); }));
  REQUIRE(wait_until([&] { return task.workers().size() == 1; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  const Said status =
      ablate_says({"status", "--db", cluster.database, "--work", cluster.work, "--format", "csv"});
  CHECK_THAT(status.err, Contains("small: 0 done, 0 running, 4 left") && Contains("sent: 4 runs: ") &&
                             Contains(" in 1 task,"));
  task.send(SIGUSR1);
  CHECK(task.wait() == 130);
  CHECK_THAT(read_file(cluster.folder / "log", 1 << 20),
             Contains("0 of the chunk's 4 runs published here, 4 left") && Contains("not queued again"));
  CHECK(fs::is_empty(attempts));
  CHECK_THAT(cluster.collect().out, Contains("small,4,0,0,0,0,4,0,1,0,0\n"));
}

TEST_CASE("a study goes to Slurm in arrays as long as the site allows, and what it does not take is named") {
  const Cluster cluster;
  cluster.script("scontrol", "echo 'MaxArraySize            = 3'\n");
  cluster.script("squeue", "exit 0\n");
  cluster.script("sacct", "touch \"$0.called\"; echo 'Slurm accounting storage is disabled' >&2; exit 1\n");
  // The second array is one too many for this user, and so is half of it.
  cluster.script("sbatch",
                 "cd \"$(dirname \"$0\")\" && cp \"$3\" \"script-$(ls | wc -l)\"\n"
                 "if [ -e taken ]; then echo 'sbatch: error: QOSMaxSubmitJobPerUserLimit' >&2; exit 1; fi\n"
                 "touch taken; echo '4711;lab'\n");
  const Environment path("PATH", cluster.path());
  write_file(cluster.folder / "cluster.yaml",
             "work: work\ntime: \"01:00:00\"\nparallel: 2\noptions: [--account=x y]\n");
  const Said sent = cluster.send({"--slurm", (cluster.folder / "cluster.yaml").string()});
  CHECK(sent.code == 0);
  CHECK(sent.out == "jobs: 4711\n");
  CHECK_THAT(sent.err,
             Contains("sent 3 runs in 3 tasks") && Contains("1 task not sent: sbatch: error: QOSMaxSubmit"));
  const std::string script = read_file(cluster.folder / "bin/script-4", 1 << 16);
  CHECK_THAT(script, Contains("#SBATCH --array=0-2%2\n") && Contains("#SBATCH --time=01:00:00\n") &&
                         Contains("#SBATCH --account=x y\n") && Contains("#SBATCH --signal=B:USR1@120\n") &&
                         Contains("/manifest.json --chunk \"$((0 + SLURM_ARRAY_TASK_ID))\" --requeue"));
  CHECK(script.find('@') == script.find("@120"));

  // The queue has them: nothing is sent twice, and a held one is named.
  cluster.script("squeue",
                 "echo '4711_0|RUNNING|None'; echo '4711_1|PENDING|launch failed requeued held'; echo "
                 "'4711_2|PREEMPTED|None'\n");
  fs::remove(cluster.folder / "bin/taken");
  const Said again = cluster.send({"--slurm", (cluster.folder / "cluster.yaml").string()});
  CHECK_THAT(again.err, Contains("task 4711_1 is held (launch failed requeued held)") &&
                            Contains("scontrol release 4711_1") && Contains("sent 1 run in 1 task"));
  // Nobody answers: what was taken counts as waiting.
  cluster.script("squeue", "echo 'slurm_load_jobs error: Unable to contact slurm controller' >&2; exit 1\n");
  const Said silent = cluster.send({"--slurm", (cluster.folder / "cluster.yaml").string()});
  CHECK(silent.code == 0);
  CHECK_THAT(silent.err,
             Contains("squeue does not answer (slurm_load_jobs error") && Contains("nothing to send"));
  CHECK_FALSE(fs::exists(cluster.folder / "bin/sacct.called"));  // many sites have none
}

TEST_CASE("a site that takes no task leaves everything as it was") {
  const Cluster cluster;
  cluster.script("sbatch", "echo 'sbatch: error: invalid partition specified: moon' >&2; exit 1\n");
  const Environment path("PATH", (cluster.folder / "bin").string() + ":/usr/bin:/bin");
  const Said refused = cluster.send({"--slurm", "--work", cluster.work});
  CHECK(refused.code == 2);
  CHECK_THAT(refused.err, Contains("Slurm took none of the 4 tasks: sbatch: error: invalid partition") &&
                              Contains("the same command later"));
  CHECK_THAT(cluster.collect().out, Contains("small,4,0,0,0,0,4,0,0,0,0\n"));
}

TEST_CASE("a work folder that is not there is named by whoever needs it, and found where none is named") {
  const Cluster cluster;
  const auto collect = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = {"collect", "small", "--db", cluster.database, "--format", "csv"};
    words.insert(words.end(), more.begin(), more.end());
    return ablate_says(words);
  };
  cluster.send_manifest("4");
  CHECK_THAT(collect({}).out, Contains("small,4,0,0,0,0,4,0,0,0,0\n"));  // it stands beside the results file
  const Said wrong = collect({"--work", (cluster.folder / "wrk").string()});
  CHECK(wrong.code == 2);
  CHECK_THAT(wrong.err, Contains("no runs of small were sent to ") &&
                            Contains("they were sent to --work " + cluster.work));

  fs::rename(cluster.work, cluster.work + ".gone");
  for (const Said& said : {collect({}), cluster.send_manifest("4")}) {
    CHECK(said.code == 2);
    CHECK_THAT(said.err, Contains("which is not there") && Contains("is its file system mounted here?"));
  }
  CHECK_THAT(ablate_says({"status", "small", "--db", cluster.database}).err, Contains("which is not there"));
  CHECK_FALSE(fs::exists(cluster.work));
}

TEST_CASE("whoever trains here is told of runs that are at a cluster") {
  const Cluster cluster;
  const Said sent = cluster.send_manifest("4");
  CHECK(ablate_says(
            {"work", manifest_in(sent.out), "--chunk", "0", "-j", "1", "--local", cluster.folder.text()})
            .code == 0);
  const Said run = cluster.send({"-j", "1"});
  CHECK(run.code == 0);
  CHECK_THAT(run.err, Contains("note: 4 runs of small are at a cluster (" + cluster.work) &&
                          Contains("4 of them ended there") && Contains("ablate collect small"));
  CHECK_THAT(cluster.send({"-j", "1"}).err, !Contains("at a cluster"));
}

TEST_CASE("a cluster file is refused with the place of what is wrong in it") {
  const Cluster cluster;
  const fs::path file = cluster.folder / "cluster.yaml";
  const auto refusal_of = [&](const std::string& text) {
    write_file(file, text);
    const Said said = cluster.send({"--slurm", file.string()});
    CHECK(said.code == 2);
    return said.err;
  };
  CHECK_THAT(refusal_of("parallell: 3\n"), Contains("cluster.yaml:1:1") && Contains("parallel"));
  CHECK_THAT(refusal_of("cpus: 0\n"), Contains("cluster.yaml:1:7") && Contains("a whole number from 1 to"));
  CHECK_THAT(refusal_of("time: \"1\\n#SBATCH --wrap=x\"\n"), Contains("one line of text"));
  CHECK_THAT(refusal_of("wrok: x\n"), Contains("unknown key 'wrok' in the cluster file"));
  for (const char* wrong :
       {"time: \"4 hours\"\n", "time: \"1:3x\"\n", "memory: lots\n", "longest_array: 0\n", "script: /nope\n"})
    CHECK_THAT(refusal_of(wrong), Contains("cluster.yaml:1:"));
  for (const char* right : {"time: \"2:01\"\nmemory: 4G\n", "time: 1-12\n", "time: 90\nmemory: 500\n"}) {
    write_file(file, right);
    CHECK(cluster.send({"--manifest", file.string(), "--resend", "--work", cluster.work}).code == 0);
  }
  CHECK_THAT(refusal_of("publish: soon\n"), Contains("seconds, above 0"));
}

TEST_CASE("options of sending are refused where nothing is sent") {
  const Cluster cluster;
  CHECK_THAT(cluster.send({"--parallel", "3"}).err, Contains("add --slurm or --manifest"));
  CHECK_THAT(cluster.send({"cluster.yaml"}).err, Contains("'cluster.yaml' is one word too many"));
  CHECK_THAT(cluster.send({"--slurm", "--manifest"}).err, Contains("exclude each other"));
  CHECK_THAT(ablate_says({"work", "manifest.json"}).err, Contains("--chunk K is missing"));
  CHECK_THAT(ablate_says({"work", "no/such/manifest.json", "--chunk", "0"}).err, Contains("cannot open"));
}

TEST_CASE(
    "a program whose task is killed goes on in another one, and collecting ends with one machine's fingerprint") {
  const Cluster cluster;
  write_file(cluster.folder / "train.sh", R"(epoch=$(cat "$ABLATE_DIR/checkpoint" 2>/dev/null || echo 0)
while [ $epoch -lt $ABLATE_UNTIL ]; do
  epoch=$((epoch + 1))
  echo "at $epoch"
  echo "{\"epoch\": $epoch, \"test.accuracy\": 0.$((10 + $1 + epoch))}" >> "$ABLATE_METRICS"
  echo $epoch > "$ABLATE_DIR/new" && mv "$ABLATE_DIR/new" "$ABLATE_DIR/checkpoint"
  [ ! -e slow ] || sleep 0.4
done
)");
  cluster.write_program_study(12);
  write_file(cluster.folder / "cluster.yaml", "runs_per_task: 2\npublish: 0.1\n");
  const Said sent =
      ablate_says({"run", cluster.file, "--manifest", (cluster.folder / "cluster.yaml").string(), "--work",
                   cluster.work, "--db", cluster.database, "--out", cluster.report});
  const std::vector<std::string> task = {"work",    manifest_in(sent.out), "--chunk", "0",
                                         "--local", cluster.folder.text()};
  write_file(cluster.folder / "slow", "");
  const auto has_going = [&] {
    for (const auto& file : fs::directory_iterator(cluster.work + "/small/results")) {
      if (file.path().string().ends_with(".going.db")) return true;
    }
    return false;
  };
  {
    RunningProgram first(task, cluster.folder / "1");
    Said status;
    const auto is_under_way = [&] {  // the first state that a task publishes may hold no run yet
      status = ablate_says({"status", "small", "--db", cluster.database, "--work", cluster.work});
      return has_going() &&
             status.err.find("sent: 2 runs: 1 running in 1 task, 1 waiting") != std::string::npos;
    };
    CHECK(wait_until(is_under_way));
    CHECK_THAT(status.out, Contains("gain=1"));
    first.send(SIGKILL);
  }
  fs::remove(cluster.folder / "slow");
  CHECK(ablate_says(task).code == 0);
  const Said collected = cluster.collect();
  CHECK(collected.code == 0);
  CHECK_THAT(collected.out, Contains("small,2,2,0,0,0,0,2,"));
  CHECK_THAT(
      ablate_says({"query", "SELECT sum(resumed) FROM run", "--db", cluster.database, "--format", "csv"}).out,
      Contains("\n1\n"));
  const std::string shown = ablate_says({"show", "small/gain=1/1", "--db", cluster.database}).out;
  CHECK_THAT(shown, Contains("at 12") && Contains(cluster.database + ".runs/"));
  const std::string alone = (cluster.folder / "alone.db").string();
  CHECK(ablate_says({"run", cluster.file, "--db", alone, "--out", cluster.report}).code == 0);
  CHECK(cluster.fingerprint() == ablate_says({"doctor", "--fingerprint", "small", "--db", alone}).out);
}

TEST_CASE("a tuned study goes through manifests, stage by stage, and ends with one machine's fingerprint") {
  const Cluster cluster;
  write_file(cluster.file,
             std::string(small_study) +
                 "tune: {training.learning_rate.initial: [0.003, 0.03], by: validation.log_loss, seeds: 1}\n"
                 "stop_rules: {halving: {factor: 2, first: 1, monitor: validation.log_loss}}\n");
  const auto send = [&] {
    return ablate_says({"run", cluster.file, "--manifest", "--runs-per-task", "4", "--work", cluster.work,
                        "--db", cluster.database, "--out", cluster.report});
  };
  Said sent = send();
  int stages = 0;
  for (; sent.out.starts_with("manifest: ") && stages < 4; ++stages) {
    CHECK(ablate_says(
              {"work", manifest_in(sent.out), "--chunk", "0", "-j", "1", "--local", cluster.folder.text()})
              .code == 0);
    sent = send();
    CHECK_THAT(sent.err, !Contains("passed over"));
  }
  CHECK(stages == 3);  // the values, and the rungs of the comparison
  CHECK(sent.out == cluster.says_report);
  const std::string alone = (cluster.folder / "alone.db").string();
  CHECK(ablate_says({"run", cluster.file, "-j", "1", "--db", alone, "--out", cluster.report}).code == 0);
  CHECK(cluster.fingerprint() == ablate_says({"doctor", "--fingerprint", "small", "--db", alone}).out);
}
