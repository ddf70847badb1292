#include "cli/cluster_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

TEST_CASE("whoever names no work folder again sends to the one before, and finds what is in all of them") {
  const Cluster cluster;
  const std::string other = (cluster.folder / "other").string();
  const std::string manifest = manifest_in(cluster.send_manifest("4").out);
  CHECK(ablate_says({"work", manifest, "--chunk", "0", "-j", "1", "--local", cluster.folder.text()}).code ==
        0);
  const Said again = cluster.send({"--manifest"});
  CHECK(again.out == cluster.says_report);  // all came back

  // Sent to two places: both are looked at.
  fs::remove(cluster.database);
  fs::remove(cluster.database + ".sent");
  fs::remove_all(cluster.work);
  const std::string first = manifest_in(cluster.send_manifest("4").out);
  CHECK_THAT(manifest_in(cluster.send({"--manifest", "--work", other, "--resend"}).out), Contains(other));
  CHECK_THAT(ablate_says({"status", "small", "--db", cluster.database}).err,
             Contains("4 without a task (4 wait for `ablate work`)"));
  CHECK(ablate_says({"work", first, "--chunk", "0", "-j", "1", "--local", cluster.folder.text()}).code == 0);
  CHECK_THAT(ablate_says({"status", "small", "--db", cluster.database}).err,
             Contains("sent: 4 runs: 0 running in 0 tasks, 0 waiting, 4 ended and not collected"));
  CHECK_THAT(ablate_says({"collect", "small", "--db", cluster.database, "--format", "csv"}).out,
             Contains("small,4,4,0,0,0,0,4,0,0,0\n"));
  CHECK_FALSE(fs::exists("ablate-work"));
}

TEST_CASE("tasks that end at once are named with their log, and not sent again for ever") {
  const Cluster cluster;
  cluster.script("squeue", "exit 0\n");
  for (const char* lacking : {"sacct", "scontrol"}) cluster.script(lacking, "exit 1\n");
  cluster.script("sbatch", "printf '%s\\n' \"$2\" >\"$0.output\"; echo 20\n");
  const Environment path("PATH", (cluster.folder / "bin").string() + ":/usr/bin:/bin");
  const std::string odd = (cluster.folder / "a b #%'").string(), site = (cluster.folder / "c.yaml").string();
  write_file(site, "runs_per_task: 4\nprogram: no/such\n");
  const auto send = [&](const std::string& more) {
    return cluster.send({"--slurm", site, more, "--work", odd});
  };
  const Said sent = send("--quiet");
  CHECK(sent.code == 0);
  CHECK_THAT(sent.err, Contains("/no/such of the cluster file is not on this machine"));
  CHECK_THAT(read_file(cluster.folder / "bin/sbatch.output", 1 << 16),
             Contains("/a b #%%'/small/sends/") && Contains("/logs/%A_%a.log\n"));
  for (const auto& folder : fs::directory_iterator(odd + "/small/sends"))
    write_file(folder.path() / "logs/20_0.log", "not found");
  const auto is_told = [&](const Said& said) {
    const std::size_t at =
        said.err.find("1 task of the last send ended without publishing anything; see " + odd);
    return at != std::string::npos && said.err.find("/logs/20_0.log", at) != std::string::npos;
  };
  CHECK(is_told(ablate_says({"status", "small", "--db", cluster.database})));
  CHECK(is_told(ablate_says({"collect", "small", "--db", cluster.database})));
  cluster.script("scontrol", "echo 'JobId=21 ArrayJobId=20 ArrayTaskId=0 JobState=NODE_FAIL ExitCode=0:0'\n");
  CHECK_THAT(ablate_says({"status", "small", "--db", cluster.database}).err,
             Contains("ended without publishing anything (1 NODE_FAIL); see "));
  cluster.script("sacct", "echo '20_0|FAILED|127:0'; echo '20_1|CANCELLED by 0|0:15'\n");
  CHECK_THAT(ablate_says({"collect", "small", "--db", cluster.database}).err,
             Contains("ended without publishing anything (1 FAILED with exit code 127); see "));
  for (const char* lacking : {"sacct", "scontrol"}) cluster.script(lacking, "exit 1\n");
  const Said again = send("--quiet");
  CHECK(again.code == 2);
  CHECK(is_told(again));
  CHECK_THAT(again.err, Contains("nothing was sent") && Contains("--resend"));
  CHECK(send("--resend").code == 0);
  const Said refused = cluster.send({"--slurm", "--work", (cluster.folder / "a\\b").string()});
  CHECK(refused.code == 2);
  CHECK_THAT(refused.err, Contains("a backslash or a line break"));
}

TEST_CASE("of two that send the same study at the same moment the second finds its runs under way") {
  const Cluster cluster;
  cluster.script("squeue", "for i in 0 1 2 3; do echo \"20_$i|PENDING|Priority\"; done\n");
  for (const char* lacking : {"sacct", "scontrol"}) cluster.script(lacking, "exit 1\n");
  cluster.script("sbatch", "echo >>\"$0.calls\"; while [ ! -e \"$0.go\" ]; do sleep 0.02; done; echo 20\n");
  const Environment path("PATH", (cluster.folder / "bin").string() + ":/usr/bin:/bin");
  write_file(cluster.file, small_study);
  const std::vector<std::string> words = {"run",  cluster.file,     "--slurm", "--work",      cluster.work,
                                          "--db", cluster.database, "--out",   cluster.report};
  const fs::path calls = cluster.folder / "bin/sbatch.calls", log = cluster.folder / "2";
  RunningProgram first(words, cluster.folder / "1");
  REQUIRE(wait_until([&] { return fs::exists(calls); }));
  write_file(log, "");
  RunningProgram second(words, log);
  CHECK(wait_until([&] { return read_file(log, 1 << 16).find(": waiting for it") != std::string::npos; }));
  write_file(cluster.folder / "bin/sbatch.go", "");
  CHECK(first.wait() == 0);
  CHECK(second.wait() == 0);
  CHECK_THAT(read_file(log, 1 << 16), Contains("nothing to send: 0 of 4 runs done, 4 under way"));
  CHECK(read_file(calls, 10) == "\n");
  CHECK_FALSE(fs::exists(cluster.database + ".sending"));
}

TEST_CASE("a study whose runs all failed at a cluster is not called done") {
  const Cluster cluster;
  write_file(cluster.folder / "train.sh", "exit 3");
  cluster.write_program_study(1);
  const std::vector<std::string> send = {
      "run",   cluster.file,   "--manifest", "--runs-per-task", "2", "--db", cluster.database,
      "--out", cluster.report, "--work",     cluster.work};
  const std::string manifest = manifest_in(ablate_says(send).out);
  CHECK(ablate_says({"work", manifest, "--chunk", "0", "--local", cluster.folder.text()}).code == 1);
  const Said again = ablate_says(send);
  CHECK(again.code == 1);
  CHECK_THAT(again.err, Contains("nothing is left to train: 2 of 2 runs failed or diverged") &&
                            !Contains("everything is done"));
}

TEST_CASE("collecting names both files where two copies of a program's run differ, and ends with 1") {
  const Cluster cluster;
  write_file(cluster.folder / "train.sh",
             R"(echo "{\"epoch\": 1, \"test.accuracy\": 0.$$}" >> "$ABLATE_METRICS")");
  cluster.write_program_study(1);
  const std::string manifest =
      manifest_in(ablate_says({"run", cluster.file, "--manifest", "--runs-per-task", "2", "--work",
                               cluster.work, "--db", cluster.database, "--out", cluster.report})
                      .out);
  const std::vector<std::string> task = {"work", manifest, "--chunk", "0", "--local", cluster.folder.text()};
  const auto shards = [&] {
    std::set<std::string> found;
    for (const auto& file : fs::directory_iterator(cluster.work + "/small/results")) {
      if (file.path().string().ends_with(".over.db")) found.insert(file.path().string());
    }
    return found;
  };
  CHECK(ablate_says(task).code == 0);
  CHECK(cluster.collect().code == 0);
  const std::set<std::string> first = shards();
  for (const auto& file : fs::directory_iterator(cluster.work + "/small/results")) {
    if (file.path().filename().string().starts_with("run-"))
      fs::rename(file, cluster.folder / file.path().filename());
  }
  CHECK(ablate_says(task).code == 0);
  for (const auto& file : fs::directory_iterator(cluster.folder.path())) {
    if (file.path().filename().string().starts_with("run-"))
      fs::rename(file, fs::path(cluster.work) / "small/results" / file.path().filename());
  }
  const Said collected = cluster.collect();
  CHECK(collected.code == 1);
  CHECK_THAT(collected.out, Contains("small,2,2,0,0,0,0,0,0,0,2\n"));
  std::size_t named = 0;
  for (const std::string& shard : shards()) named += collected.err.find(shard) != std::string::npos;
  CHECK(named == 2);
  CHECK(shards().size() > first.size());
  CHECK_THAT(collected.err, Contains("different numbers of one program: small/gain=1/1: run ") &&
                                Contains(" of " + cluster.database + " (published first: "));
}
