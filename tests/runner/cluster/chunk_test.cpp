#include <fstream>

#include <catch2/catch.hpp>
#include <sys/mount.h>

#include "runner/cluster/cluster_support.hpp"
#include "store/merge.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

TEST_CASE("runs that are trained in chunks elsewhere come back with the fingerprint of one machine") {
  Elsewhere there;
  const auto send = there.send(three_a_task());
  REQUIRE(send);
  CHECK(send->manifest.chunks() == 2);
  CHECK(there.work(send->file, 1).runs == 1);
  CHECK(there.gathered().ended == 1);
  const ChunkResult first = there.work(send->file, 0);
  CHECK(first.ended == 3);
  CHECK(first.left == 0);
  const GatheredResults found = there.gathered();
  CHECK(found.ended == 3);
  CHECK(found.differences.empty());
  CHECK(found.notes.empty());
  CHECK(there.fingerprint() == there.expected());
  CHECK(Reader(there.database).faults().empty());
  CHECK(ask(there.database, "SELECT count(*), count(DISTINCT uuid), min(status) FROM run")[0] == "4|4|done");
  for (const char* table : {"run_metric", "class_metric", "confusion", "model", "prediction"}) {
    CAPTURE(table);
    const std::string sql = fmt::format("SELECT count(*) FROM {}", table);
    CHECK(ask(there.database, sql) == ask(there.folder / "alone.db", sql));
  }
}

TEST_CASE("gathering twice is gathering once, and nothing that is done is sent again") {
  Elsewhere there;
  there.work_all(*there.send(three_a_task()));
  there.gathered();
  const std::string before = read_file(there.database, 1 << 24);
  const GatheredResults again = there.gathered();
  CHECK(again.ended + again.advanced + again.repeated == 0);
  CHECK(read_file(there.database, 1 << 24) == before);
  CHECK_FALSE(there.send());
}

TEST_CASE("a results file that is put back to an older copy gets its runs again") {
  Elsewhere there;
  const auto send = there.send(three_a_task());
  fs::copy_file(there.database, there.folder / "older.db");
  there.work_all(*send);
  there.gathered();
  fs::copy_file(there.folder / "older.db", there.database, fs::copy_options::overwrite_existing);
  CHECK(there.gathered().ended == 4);
  CHECK(there.fingerprint() == there.expected());
}

TEST_CASE("a task that is stopped publishes its whole epochs, and the next attempt goes on from them") {
  Elsewhere there(study_of(two_skips, "", 5));
  const auto send = there.send(three_a_task());
  const ChunkResult cut = there.work(send->file, 0, 7);  // two epochs into the second run
  CHECK(cut.interrupted);
  CHECK(cut.came_further);
  CHECK(cut.ended == 1);
  CHECK(cut.left == 2);
  CHECK(there.results(".going.db").size() == 1);
  CHECK(there.work(send->file, 0).ended == 2);
  there.work(send->file, 1);
  there.gathered();
  CHECK(ask(there.database, "SELECT sum(resumed), max(attempt) FROM run")[0] == "1|2");
  CHECK(there.results(".going.db").empty());
  CHECK(there.fingerprint() == there.expected());
}

TEST_CASE("a task that is stopped before it has begun leaves everything as it was") {
  Elsewhere there;
  const auto send = there.send(three_a_task());
  const std::atomic<bool> stop = true;
  Silent listener;
  const ChunkResult result = there.work(send->file, 0, listener, stop);
  CHECK(result.interrupted);
  CHECK(result.left == 3);
  CHECK(fs::is_empty(there.files.results()));
  CHECK(fs::is_empty(there.files.attempts()));
}

TEST_CASE("epochs that came back are sent along, so that another send goes on from them") {
  Elsewhere there(study_of(two_skips, "", 5));
  const auto first = there.send(three_a_task());
  there.work(first->file, 0, 7);
  const GatheredResults found = there.gathered();
  CHECK(found.ended == 1);
  CHECK(found.advanced == 1);
  const auto second = there.send();
  REQUIRE(second);
  CHECK(second->manifest.runs.size() == 3);
  there.work_all(*second);
  there.gathered();
  CHECK(ask(there.database, "SELECT sum(resumed) FROM run")[0] == "1");
  CHECK(there.fingerprint() == there.expected());
}

TEST_CASE("a run that another task has published is not begun") {
  Elsewhere there;
  const auto send = there.send(three_a_task());
  there.work(send->file, 0);
  CHECK(there.work(send->file, 0).ended == 0);
  // The same in the middle of a chunk: its last run appears while the first is trained.
  struct Publishes : Silent {
    void happened(const RunEvent& event) override {
      if (event.kind == RunEvent::Kind::epoch_ended) fs::copy_file(from, to, fs::copy_options::skip_existing);
      Silent::happened(event);
    }
    fs::path from, to;
  } listener;
  Elsewhere other;
  const auto sent = other.send(three_a_task());
  listener.from = there.results(".over.db")[0];
  listener.to = other.files.run(sent->manifest.runs[2].uuid);
  const ChunkResult result = other.work(sent->file, 0, listener, never);
  CHECK(result.ended == 2);
  CHECK(result.left == 0);
}

TEST_CASE("a stop rule is followed from rung to rung, each sent when all runs have come to it") {
  Elsewhere there(
      study_of(two_skips, "stop_rules: {halving: {first: 1, factor: 2, monitor: train.log_loss}}", 4));
  int sends = 0;
  for (auto send = there.send(three_a_task()); send; send = there.send(three_a_task()), ++sends) {
    REQUIRE(sends < 6);
    there.work_all(*send);
    there.gathered();
    settle_rungs(there.study, there.database);
  }
  CHECK(sends > 1);
  CHECK(there.fingerprint() == there.expected());
  CHECK(ask(there.database, "SELECT status, count(*) FROM run GROUP BY 1 ORDER BY 1") ==
        ask(there.folder / "alone.db", "SELECT status, count(*) FROM run GROUP BY 1 ORDER BY 1"));
}

TEST_CASE(
    "a manifest of another program, of other images, changed by hand, or cut short is refused with one message") {
  Elsewhere there;
  const auto send = there.send();
  const std::string text = read_file(send->file, 1 << 20);
  Manifest other = send->manifest;
  other.program_sha256 = std::string(64, 'a');
  write_file(send->file, manifest_text(other));
  CHECK_THROWS_WITH(there.work(send->file, 0),
                    Contains("was written by another program") && Contains("try:"));
  other = send->manifest;
  other.data[0].train_sha256 = std::string(64, '9');
  write_file(send->file, manifest_text(other));
  CHECK_THROWS_WITH(there.work(send->file, 0),
                    Contains("are not those of the manifest") && Contains("data.path"));
  std::string edited = text;
  edited.replace(edited.find("\"publish_seconds\": 6"), 20, "\"publish_seconds\": 9");
  write_file(send->file, edited);
  CHECK_THROWS_WITH(there.work(send->file, 0),
                    Contains("has changed since it was written") && Contains("--resend"));
  CHECK(read_sent(there.files, {send->manifest.runs[0].uuid}, {}).notes.size() == 1);
  write_file(send->file, text.substr(0, text.size() / 2));
  CHECK_THROWS_WITH(there.work(send->file, 0), Contains("is not a whole manifest"));
  write_file(send->file, text);
  CHECK_THROWS_WITH(there.work(send->file, 4), Contains("has no chunk 4: they are 0 to 3"));
  fs::copy_file(send->file, there.folder / "manifest.json");
  CHECK_THROWS_WITH(there.work(there.folder / "manifest.json", 0), Contains("is not in a work folder"));
  CHECK(there.work(send->file, 0).ended == 1);
}

TEST_CASE("where the work folder vanishes a task trains to its end, keeps its results and says where") {
  struct Vanishing : Silent {
    void happened(const RunEvent& event) override {
      if (fs::exists(from)) fs::rename(from, from.string() + ".gone");
      Silent::happened(event);
    }
    fs::path from;
  } listener;
  Elsewhere there;
  SendOptions all;
  all.runs_per_task = 4;
  const auto send = there.send(all);
  listener.from = there.files.folder();
  std::string why;
  try {
    there.work(send->file, 0, listener, never);
  } catch (const RequestError& error) {
    why = error.what();
  }
  CHECK_THAT(why, Contains("cannot write") && Contains("the results are in") && Contains("ablate merge"));
  CHECK_FALSE(fs::exists(there.files.folder()));  // not made anew on what may be the bare mount point
  const std::size_t at = why.find((there.folder / "node").string());
  REQUIRE(at != std::string::npos);
  const fs::path kept = why.substr(at, why.find(" on this machine") - at);
  merge_files({kept}, there.database, {}, never);
  CHECK(there.fingerprint() == there.expected());
}

namespace {

/// A file system of so many bytes on a folder, where this user may make one.
struct SmallDisk {
  SmallDisk(fs::path on, const std::string& bytes) : folder(std::move(on)) {
    fs::create_directories(folder);
    is_there = ::mount("none", folder.c_str(), "tmpfs", 0, ("size=" + bytes).c_str()) == 0;
  }
  ~SmallDisk() {
    if (is_there) ::umount(folder.c_str());
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  fs::path folder;
  bool is_there = false;
};

}  // namespace

TEST_CASE(
    "where the work folder is full a task keeps its results, says where, and leaves no half of a file") {
  Elsewhere there;
  const SmallDisk disk(there.files.folder(), "32k");
  if (!disk.is_there) {
    WARN("no file system can be mounted here");
    return;
  }
  SendOptions all;
  all.runs_per_task = 4;
  const auto send = there.send(all);
  std::string why;
  try {
    there.work(send->file, 0);
  } catch (const RequestError& error) {
    why = error.what();
  }
  CHECK_THAT(why, Contains("No space left") && Contains("the results are in") && Contains("ablate merge"));
  CHECK(fs::is_empty(there.files.results()));
  const std::size_t at = why.find((there.folder / "node").string());
  REQUIRE(at != std::string::npos);
  merge_files({why.substr(at, why.find(" on this machine") - at)}, there.database, {}, never);
  CHECK(there.fingerprint() == there.expected());
}
