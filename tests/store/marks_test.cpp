#include "store/marks.hpp"

#include <catch2/catch.hpp>

#include "store/gc.hpp"
#include "store/reader.hpp"
#include "store/store_support.hpp"
#include "store/trained.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

using Texts = std::vector<std::string>;

std::vector<std::pair<std::string, std::int64_t>> kinds(const GcReport& report) {
  std::vector<std::pair<std::string, std::int64_t>> found;
  for (const GcItem& item : report.items) found.emplace_back(item.what, item.count);
  return found;
}

}  // namespace

TEST_CASE("tags are given and taken, and one is not given twice", "[marks]") {
  const Folder folder;
  train(folder / "a.db", {});
  Marks marks(folder / "a.db");
  const std::vector<std::int64_t> runs = {1, 2};
  const Texts names = {"best", "paper"};
  CHECK(marks.tag(runs, names) == 4);
  CHECK(marks.tag(runs, names) == 0);
  CHECK(marks.untag(std::vector<std::int64_t>{1}, Texts{"paper", "unknown"}) == 1);
  const Reader reader(folder / "a.db");
  CHECK(reader.run_tags(1) == Texts{"best"});
  CHECK(reader.run_tags(2) == Texts{"best", "paper"});
  CHECK(reader.tags() == std::vector<std::pair<std::string, std::int64_t>>{{"best", 2}, {"paper", 1}});
}

TEST_CASE("notes keep their order, and the view shows those of the run", "[marks]") {
  const Folder folder;
  train(folder / "a.db", {});
  Marks marks(folder / "a.db");
  marks.note_run(1, "first");
  marks.note_run(1, "it's \"second\"");
  marks.note_study(1, "of all");
  const Reader reader(folder / "a.db");
  CHECK(reader.run_notes(1).at(1).text == "it's \"second\"");
  CHECK(reader.study_notes(1).size() == 1);
  CHECK(row(folder / "a.db", "SELECT notes FROM results WHERE run_id = 1") == "first | it's \"second\"");
  CHECK(row(folder / "a.db", "SELECT notes FROM results WHERE run_id = 2").empty());
}

TEST_CASE("what is archived keeps every number, and comes back", "[marks]") {
  const Folder folder;
  const auto file = folder / "a.db";
  train(file, {});
  const std::string before = fingerprint(file);
  Marks marks(file);
  CHECK(marks.archive_run(1, true));
  CHECK_FALSE(marks.archive_run(1, true));
  CHECK(Reader(file).run("1").archived);
  CHECK(marks.archive_study(1, true));
  CHECK(row(file, "SELECT count(*) FROM results WHERE archived") == "4");
  CHECK(fingerprint(file) == before);
  CHECK(marks.archive_study(1, false));
  CHECK(marks.archive_run(1, false));
  CHECK(row(file, "SELECT count(*) FROM results WHERE archived") == "0");
}

TEST_CASE("collecting garbage says what it would remove, and then removes that and no number", "[gc]") {
  const Folder folder;
  const auto file = folder / "a.db";
  train(file, {});
  execute(
      file,
      "INSERT INTO checkpoint(run_id, epoch, state) SELECT id, 3, zeroblob(20000) FROM run; INSERT INTO dataset(name, split, "
      "sha256, "
      "origin, images, classes, rows, columns) VALUES ('x', 'test', 'y', '', 0, 0, 0, 0); UPDATE run SET "
      "status = 'interrupted' WHERE id = 4; UPDATE run SET status = 'diverged' WHERE id IN (2, 3)");
  const std::string before = fingerprint(file);
  const auto all = contents(file);
  const GcReport said = collect_garbage(file, {}, false);
  CHECK(kinds(said) == std::vector<std::pair<std::string, std::int64_t>>{
                           {"checkpoints of runs that ended", 2}, {"data sets that no run used", 1}});
  CHECK(said.items[0].bytes >= 40'000);
  CHECK(contents(file) == all);
  const GcReport done = collect_garbage(file, {}, true);
  CHECK(kinds(done) == kinds(said));
  CHECK(done.file_bytes + 40'000 <= said.file_bytes);
  CHECK(row(file, "SELECT group_concat(run_id) FROM checkpoint") == "1,4");
  CHECK(fingerprint(file) == before);
  CHECK(Reader(file).faults().empty());
  CHECK(collect_garbage(file, {}, false).items.empty());
}

TEST_CASE("weights, obsolete and archived runs go only where they are named, and never one that runs",
          "[gc]") {
  const Folder folder;
  const auto file = folder / "a.db";
  train(file, {});
  train(file, {.seeds = {7}, .study = "old"});
  execute(file,
          "UPDATE run SET obsolete = 1 WHERE variant_id = 1; UPDATE run SET status = 'running' WHERE id = 1; "
          "UPDATE "
          "study SET archived = 1 WHERE name = 'old'");
  CHECK(collect_garbage(file, {}, false).items.empty());
  CHECK(kinds(collect_garbage(file, {.weights = true}, false)).at(0) ==
        std::pair<std::string, std::int64_t>{"weights of runs", 5});
  CHECK(kinds(collect_garbage(file, {.predictions = true}, false)).at(0) ==
        std::pair<std::string, std::int64_t>{"predictions of runs", 5});
  collect_garbage(file, {.obsolete = true}, true);
  CHECK(row(file, "SELECT count(*) FROM run WHERE obsolete") == "1");  // the one that runs
  CHECK(row(file, "SELECT count(*) FROM epoch_metric WHERE run_id NOT IN (SELECT id FROM run)") == "0");
  const GcReport archived = collect_garbage(file, {.archived = true}, true);
  CHECK(archived.items.at(0).count == 1);
  CHECK(archived.items.at(0).rows > 20);  // with all that hangs on it
  CHECK(rows(file, "SELECT name FROM study") == Texts{"s"});
  CHECK(Reader(file).faults().size() <= 1);  // the lease of the run that was made to run
}

TEST_CASE("marking a file that is not there makes none", "[marks]") {
  const Folder folder;
  CHECK_THAT(refusal([&] { Marks{folder / "a.db"}; }), Contains("no results file"));
  CHECK_THAT(refusal([&] { collect_garbage(folder / "a.db", {}, false); }), Contains("no results file"));
  CHECK(std::filesystem::is_empty(folder.path()));
}
