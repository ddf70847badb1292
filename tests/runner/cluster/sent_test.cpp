#include <catch2/catch.hpp>

#include "runner/cluster/cluster_support.hpp"
#include "runner/cluster/publish.hpp"
#include "runner/cluster/sent_places.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("where a study was sent stands beside its results file, and a folder that is gone is missed") {
  Elsewhere there;
  CHECK(sent_places(there.database, "small").empty());
  there.send();
  there.send();
  REQUIRE(sent_places(there.database, "small").size() == 1);
  CHECK(sent_places(there.database, "small")[0].folder() == there.files.folder());
  CHECK(sent_places(there.database, "other").empty());
  CHECK_FALSE(is_missing(there.files, there.database, "small"));
  fs::remove_all(there.files.folder());
  CHECK(is_missing(there.files, there.database, "small"));
  write_file(there.database.string() + ".sent", "{");
  CHECK(sent_places(there.database, "small").empty());
}

TEST_CASE("where runs are is told by what tasks published, and a silent scheduler makes none of them fail") {
  Elsewhere there(study_of(two_skips, "", 5));
  SendOptions two;
  two.runs_per_task = 2;
  const auto send = there.send(two);
  std::set<std::string> open;
  for (const PlannedRun& run : send->manifest.runs) open.insert(run.uuid);
  const fs::path jobs = send->file.parent_path() / "jobs.json";
  CHECK(read_sent(there.files, open, {}).lost.size() == 4);  // nobody was asked to train them
  write_file(jobs, jobs_text({{"17", 0, 2}}));
  const Queue silent{false, "no answer", {}};
  CHECK(read_sent(there.files, open, silent).waiting.size() == 4);
  const Queue queue{
      true, {}, {{"17_0", {"RUNNING", "None"}}, {"17_1", {"PENDING", "launch failed requeued held"}}}};
  SentRuns now = read_sent(there.files, open, queue);
  CHECK(now.waiting.size() == 4);
  CHECK(now.held == std::map<std::string, std::string>{{"17_1", "launch failed requeued held"}});
  CHECK(read_sent(there.files, open, {true, {}, {{"17_0", {"PREEMPTED", "None"}}}}).waiting.size() == 2);
  CHECK(read_sent(there.files, open, {true, {}, {}}).lost.size() == 4);

  there.work(send->file, 0, 7);
  Publisher attempt(there.files, Attempt::next(send->manifest.send, "1"), there.database, "small",
                    there.folder.path());
  attempt.publish();  // a task that has just begun
  now = read_sent(there.files, open, {true, {}, {}});
  CHECK(now.ended.size() == 1);
  CHECK(now.lost.size() == 1);     // of the task that ended
  CHECK(now.waiting.size() == 2);  // of the one that began
  const fs::path state = fs::directory_iterator(there.files.attempts())->path();
  fs::last_write_time(state, fs::last_write_time(state) - std::chrono::hours(1));
  CHECK(read_sent(there.files, open, {true, {}, {}}).lost.size() == 3);
}

TEST_CASE("the end of a run is published once all that its worker printed is in the file") {
  Elsewhere there;
  const auto send = there.send();
  Silent listener;
  sweep(there.study, there.database, listener);
  const Reader reader(there.database);
  const auto runs = reader.runs(reader.study("small").id);
  REQUIRE(runs.size() == 4);
  Publisher attempt(there.files, Attempt::next(send->manifest.send, "0"), there.database, "small",
                    there.folder.path());
  attempt.publish({runs[1].id});
  CHECK(there.files.has_run(runs[0].uuid));
  CHECK_FALSE(there.files.has_run(runs[1].uuid));
  attempt.publish();
  CHECK(there.files.has_run(runs[1].uuid));
  CHECK(attempt.published() == 4);
}
