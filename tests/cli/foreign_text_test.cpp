/// Texts from a stranger's file, and where they may not lead.

#include <algorithm>
#include <filesystem>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "cli/says.hpp"
#include "store/marks.hpp"
#include "store/reader.hpp"
#include "store/store_support.hpp"
#include "support/home.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

const std::string escape = "\x1b]0;owned\x07\x1b[2J\r";

/// The working folder for the time of a test.
class WorkingFolder {
 public:
  explicit WorkingFolder(const std::filesystem::path& path) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(path);
  }
  ~WorkingFolder() { std::filesystem::current_path(before_); }

 private:
  std::filesystem::path before_;
};

/// A file in which every text that may be anything moves the cursor.
struct Hostile {
  Folder folder;
  std::string file = (folder / "a.db").string(), study = "study" + escape;
  explicit Hostile(const std::string& reason = "failed" + escape) {
    Store store(file);
    StudyRecord record = study_named(study);
    record.question = "Does it help?" + escape;
    const std::int64_t id = store.plan(record, {variant_named("none" + escape, "config: 1" + escape)}, {1});
    const auto run = store.claim(id, {.worker = "w"});
    store.set_output(run->id, run->attempt, "stderr", "words" + escape);
    store.finish(run->id, {.status = RunStatus::failed, .error = reason});
    Marks marks(file);
    const std::vector<std::int64_t> runs = {run->id};
    const std::vector<std::string> tags = {"tag"};
    marks.tag(runs, tags);
    marks.note_run(run->id, "note" + escape);
    marks.note_study(id, "note" + escape);
  }
};

bool moves_nothing(const std::string& text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < ' ' && c != '\n' && c != '\t') || byte == 0x7F;
  });
}

}  // namespace

TEST_CASE("no command shows a control character of a stranger's file, in any format for people") {
  const Hostile hostile;
  const Hostile other("failed otherwise" + escape);
  const std::string into = (hostile.folder / "all.db").string();
  const std::vector<std::vector<std::string>> commands = {
      {"runs", "--columns", "run,study,variant,status,error"},
      {"runs", "--format", "csv"},
      {"runs", "--format", "json"},
      {"runs", "--format", "latex"},
      {"runs", hostile.study + "?"},
      {"show", "1"},
      {"show", "1", "--format", "markdown"},
      {"show", "1", "--config"},
      {"show", "nothing" + escape},
      {"query", "SELECT error FROM run"},
      {"query", "SELECT '" + escape + "' FROM nothing"},
      {"compare", "none" + escape, "none" + escape},
      {"tag", "1", "another"},
      {"note", "1"},
      {"note", hostile.study, "once more"},
      {"archive", "1"},
      {"archive", hostile.study},
      {"doctor"},
      {"complete", "--", "show", ""},
      {"export", "json", hostile.study}};
  for (std::vector<std::string> words : commands) {
    CAPTURE(words);
    const std::vector<std::string> where = {"--db", hostile.file};
    if (words.front() != "complete") words.insert(words.end(), where.begin(), where.end());
    const Environment environment("ABLATE_DB", hostile.file);
    const Said said = ablate_says(words);
    CHECK(moves_nothing(said.out));
    CHECK(moves_nothing(said.err));
  }
  for (const char* choice : {"keep", "take"}) {
    const Said said =
        ablate_says({"merge", hostile.file, other.file, "--into", into + choice, "--on-conflict", choice});
    CHECK(moves_nothing(said.out + said.err));
  }
}

TEST_CASE("data that are asked for as CSV or JSON are exact") {
  const Hostile hostile;
  const std::string sql = "SELECT error FROM run";
  CHECK(ablate_says({"query", sql, "--db", hostile.file, "--format", "csv"}).out ==
        "error\n\"failed" + escape + "\"\n");
  CHECK(ablate_says({"query", sql, "--db", hostile.file, "--format", "json"}).out ==
        "[\n  {\"error\": \"failed\\u001b]0;owned\\u0007\\u001b[2J\\r\"}\n]\n");
}

TEST_CASE("a report of a study with a path for a name stays in the reports folder") {
  const Folder folder;
  const std::string yaml = (folder / "s.yaml").string(), file = (folder / "a.db").string();
  write_file(yaml,
             "study: s\nquestion: Well?\ndata: {source: glyphs, train_images: 94, test_images: 47}\n"
             "model: {hidden: [4]}\ntraining: {epochs: 1}\nseeds: 1\n");
  REQUIRE(ablate_says({"run", yaml, "--db", file, "--out", (folder / "first").string(), "-j", "1"}).code ==
          0);
  const std::filesystem::path work = folder / "deep/er/work";
  std::filesystem::create_directories(work);
  const WorkingFolder here(work);
  const auto outside = [&] {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
      const std::string path =
          entry.path().string();  // reading leaves the log and its index beside a database
      files += path.starts_with((work / "reports").string()) || path.starts_with(file + "-") ? 0 : 1;
    }
    return files;
  };
  const std::size_t before = outside();
  for (const std::string& name :
       {std::string("../../out"), (folder / "absolute").string(), std::string("..")}) {
    CAPTURE(name);
    execute(file, "UPDATE study SET name = '" + name + "'");
    const Said said = ablate_says({"report", name, "--db", file, "--format", "markdown"});
    CHECK(said.code == exit_done);
    CHECK_THAT(said.out, StartsWith("report: reports/"));
    CHECK_THAT(said.out, !Contains(".."));
    CHECK(outside() == before);
  }
}

TEST_CASE("a ~ in an option of a path, and in ABLATE_DB, is the home folder") {
  const Folder folder;
  { Store(folder / "a.db").plan(study_named("at_home"), {variant_named("none")}, {1}); }
  const Home home(folder.path().string());
  CHECK_THAT(ablate_says({"runs", "--db=~/a.db"}).out, Contains("at_home"));
  CHECK_THAT(ablate_says({"export", "json", "at_home", "--db=~/a.db", "--out=~/x.json"}).out,
             Contains((folder / "x.json").string()));
  const Environment database("ABLATE_DB", "~/a.db");
  CHECK_THAT(ablate_says({"runs"}).out, Contains("at_home"));
}

TEST_CASE("a database that would be gone with the command is refused, and hints can be copied into a shell") {
  CHECK_THAT(ablate_says({"runs", "--db", ":memory:"}).err, Contains("would be gone with the command"));
  const Folder folder;
  std::filesystem::create_directory(folder / "my results");
  CHECK_THAT(ablate_says({"runs", "--db", (folder / "my results").string()}).err,
             Contains("--db '" + (folder / "my results/ablate.db").string() + "'"));
}

TEST_CASE("a word that begins with a dash is told how to be given, and a count is called by its name") {
  CHECK_THAT(ablate_says({"note", "1", "-5 was better"}).err, Contains("put -- before a word"));
  CHECK_THAT(ablate_says({"run", "x.yaml", "-j", "0"}).err, Contains("--jobs is 0, but must be"));
}
