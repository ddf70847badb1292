#include <algorithm>
#include <cstdlib>
#include <regex>
#include <sstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/small_study.hpp"
#include "support/approve.hpp"
#include "support/source_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

TEST_CASE("run trains a study, says so line by line, and ends with the path of its report") {
  const Small mine;
  const Said said = mine.run();
  CHECK(said.code == exit_done);
  CHECK(said.out == mine.says_report);
  CHECK_THAT(said.err,
             Contains("small: Does the skip matter?\naudit of glyphs: no image is in both splits: "));
  CHECK_THAT(said.err, Contains("near-duplicates were not checked\n4 runs, 4 to train, 1 "
                                "worker\n[1/4] skip=none seed 1: done in "));
  CHECK_THAT(said.err, Contains("4 of 4 runs done"));
  CHECK_THAT(read_file(mine.report + "/report.md", 1 << 20), Contains("## All variants"));
}

TEST_CASE("run again says that everything is done and trains nothing") {
  const Said said =
      ablate_says({"run", trained().file, "--db", trained().database, "--out", trained().report});
  CHECK(said.code == exit_done);
  CHECK_THAT(said.err, Contains("small: everything is done"));
  CHECK(said.out == trained().says_report);
}

TEST_CASE("run again draws the report anew where the folder holds another one, or lacks a picture") {
  const TemporaryFolder folder;
  const std::string report = (folder / "report").string(), page = report + "/report.md",
                    database = (folder / "a.db").string();  // its own: what is chosen now is noted
  std::filesystem::copy_file(trained().database, database);
  const auto run = [&](const std::string& primary) {
    ablate_says(
        {"run", trained().file, "--db", database, "--out", report, "--set", "report.primary=" + primary});
    return read_file(page, 1 << 20);
  };
  const std::string by_accuracy = run("test.accuracy"), by_f1 = run("test.f1");
  CHECK(by_accuracy != by_f1);
  const std::string again = run("test.accuracy");
  CHECK_THAT(again, Contains("test.accuracy") && Contains("primary chosen after 4 of 4 runs were done"));
  CHECK_THAT(by_accuracy, !Contains("chosen after"));
  std::filesystem::remove(report + "/figures/curves.svg");
  run("test.accuracy");
  CHECK(std::filesystem::exists(report + "/figures/curves.svg"));
}

TEST_CASE(
    "a new question, baseline or primary metric reaches database and report without training anything") {
  const TemporaryFolder folder;
  const auto file = (folder / "s.yaml").string(), database = (folder / "a.db").string(),
             report = (folder / "report").string();
  std::string text = small_study;
  write_file(file, text);
  const std::vector<std::string> words = {"run",    file,    "-j",   "1",      "--db",
                                          database, "--out", report, "--quiet"};
  REQUIRE(ablate_says(words).code == 0);
  text.replace(text.find("Does the skip matter?"), 21, "Another question?");
  text.replace(text.find("{model.skip: none}"), 18, "{model.skip: projection}");
  write_file(file, text);
  const Said again = ablate_says(words);
  CHECK(again.code == 0);
  const std::string page = read_file(folder / "report/report.md", 1 << 20);
  CHECK_THAT(
      page, Contains("Another question?") && Contains("| 2 (baseline) | projection |") &&
                Contains("baseline chosen after 4 of 4 runs were done: skip=projection (before: skip=none)"));
  CHECK_THAT(ablate_says({"query", "SELECT max(attempt) FROM run", "--db", database}).out, Contains("1"));
}

TEST_CASE("run of a finished study needs no images, also where the file has a new question") {
  const TemporaryFolder folder;
  const std::string file = (folder / "s.yaml").string(), images = (folder / "images.csv").string();
  std::string rows = "label,p1,p2,p3,p4\n";
  for (int i = 0; i < 40; ++i) rows += i % 2 == 0 ? "0,0,9,200,255\n" : "1,255,200,9,0\n";
  write_file(images, rows);
  std::string text =
      "study: s\nquestion: Well?\nmodel: {hidden: [2]}\ntraining: {epochs: 1}\nseeds: 1\n"
      "data: {source: csv, files: {train: [" +
      images + "], test: [" + images + "]}}\n";
  write_file(file, text);
  const std::vector<std::string> words = {
      "run", file, "-j", "1", "--db", (folder / "a.db").string(), "--out", (folder / "r").string()};
  REQUIRE(ablate_says(words).code == exit_done);
  std::filesystem::remove(images);
  CHECK(ablate_says(words).code == exit_done);
  text.replace(text.find("Well?"), 5, "Sure?");
  write_file(file, text);
  CHECK(ablate_says(words).code == exit_done);
  CHECK_THAT(read_file(folder / "r/report.md", 1 << 20), Contains("Sure?"));
}

TEST_CASE("run refuses a report folder that is a file before it trains anything") {
  const TemporaryFolder folder;
  write_file(folder / "small.yaml", small_study);
  const Said said = ablate_says({"run", (folder / "small.yaml").string(), "--db", (folder / "a.db").string(),
                                 "--out", (folder / "small.yaml").string()});
  CHECK(said.code == exit_wrong_request);
  CHECK_FALSE(std::filesystem::exists(folder / "a.db"));
}

TEST_CASE("show is one JSON object with one member per table") {
  const std::string json = ablate_says({"show", "1", "--format", "json", "--db", trained().database}).out;
  CHECK(json.starts_with("{\"Run\": ["));
  CHECK_THAT(json, Contains(",\"Epoch by epoch\": [") && Catch::EndsWith("}\n"));
}

TEST_CASE(
    "a wrong study, column, format, command or option is answered with the nearest right one and exit code "
    "2") {
  const std::string db = trained().database;
  const auto refused = [](const std::vector<std::string>& words, const std::string& hint) {
    const Said said = ablate_says(words);
    CAPTURE(said.err);
    CHECK(said.code == exit_wrong_request);
    CHECK(said.out.empty());
    CHECK_THAT(said.err, Contains(hint));
  };
  refused({"runs", "smal", "--db", db}, "did you mean 'small'?");
  refused({"runs", "--sort", "test.acuracy", "--db", db}, "did you mean 'test.accuracy'?");
  refused({"runs", "--format", "jsn", "--db", db}, "did you mean 'json'?");
  refused({"rn"}, "did you mean 'run'?");
  refused({"runs", "--limti", "3"}, "did you mean '--limit'?");
  refused({"runs", "--form", "csv"}, "there is no option --form");
  refused({"runs", "--limit", "-3"}, "must be 0 to");
  refused({"runs", "--limit", "0.5"}, "0.5");
  refused({"runs", "--limit", "many"}, "many");
  refused({"plan"}, "STUDY.yaml is missing");
  refused({"plan", "a.yaml", "b.yaml"}, "'b.yaml' is one word too many");
  refused({"plan", "nowhere.yaml"}, "nowhere.yaml");
  refused({"show", "99", "--db", db}, "99");
  refused({"report", "smal", "--db", db}, "did you mean 'small'?");
  refused({"data", "prewiev"}, "did you mean 'preview'?");
  refused({"data", "preview", "glyph"}, "did you mean 'glyphs'?");
  refused({"run", trained().file, "--set", "model.hiden=[4]", "--db", db}, "did you mean 'model.hidden'?");
  refused({"run", trained().file, "--db", "/nowhere/at/all.db"}, "/nowhere/at/all.db");
}

TEST_CASE(
    "show prints a run by its number or as study/variant/seed, and its whole configuration on request") {
  const Said by_name = ablate_says({"show", "small/skip=projection/2", "--db", trained().database});
  CHECK(by_name.code == exit_done);
  CHECK_THAT(by_name.out,
             Contains("At the selected epoch") && Contains("Epoch by epoch") && Contains("Most confused"));
  const Said config = ablate_says({"show", "1", "--config", "--db", trained().database});
  CHECK_THAT(config.out, Contains("hidden: [8]") && Contains("skip: none"));
}

TEST_CASE("query prints what SQL asks for in every format, and refuses to write") {
  const auto query = [](const std::string& sql, const std::string& format, const std::string& input = {}) {
    return ablate_says({"query", sql, "--db", trained().database, "--format", format}, input);
  };
  const std::string sql = "SELECT seed, count(*) AS runs FROM run GROUP BY seed";
  CHECK(query(sql, "csv").out == "seed,runs\n1,2\n2,2\n");
  CHECK_THAT(query(sql, "json").out, Contains("\"runs\": 2"));
  CHECK_THAT(query(sql, "markdown").out, Contains("| seed | runs |"));
  CHECK_THAT(query("-", "csv", sql).out, Contains("2,2"));
  CHECK(query("DELETE FROM run", "csv").code == exit_wrong_request);
  CHECK(query("SELEC 1", "csv").code == exit_wrong_request);
  CHECK(ablate_says({"query", "SELECT id FROM run", "--limit", "1", "--db", trained().database}).err ==
        "cut after 1 rows by --limit\n");
}

TEST_CASE("report renders a study that was run before, with the primary metric and confidence of its file") {
  const std::string out = (trained().folder / "again").string();
  const Said said = ablate_says({"report", "small", "--db", trained().database, "--out", out});
  CHECK(said.code == exit_done);
  for (const char* page : {"/report.md", "/index.html"}) {
    CHECK(read_file(out + page, 1 << 20) == read_file(trained().report + page, 1 << 20));
  }
}

TEST_CASE("report --open says which page to open where there is no display") {
  for (const char* display : {"DISPLAY", "WAYLAND_DISPLAY"}) ::unsetenv(display);
  const std::string out = (trained().folder / "opened").string();
  const Said said = ablate_says({"report", "small", "--db", trained().database, "--out", out, "--open"});
  CHECK(said.code == exit_done);
  CHECK_THAT(said.err, Contains("no display here: open " + out + "/index.html"));
}

TEST_CASE("export writes one row per image as CSV or JSON, and refuses what it does not know") {
  const auto exported = [](std::vector<std::string> words) {
    words.insert(words.begin(), {"export", "predictions"});
    words.insert(words.end(), {"--db", trained().database});
    return ablate_says(words);
  };
  const Said csv = exported({"1"});
  CHECK(csv.code == 0);
  CHECK(csv.out.starts_with("part,image,truth,predicted,truth_name,predicted_name,p0,p1,"));
  CHECK(std::count(csv.out.begin(), csv.out.end(), '\n') == 95);
  const auto rows = nlohmann::json::parse(exported({"1", "--format", "json"}).out);
  CHECK(rows.size() == 94);
  CHECK(rows[93]["image"] == 93);
  CHECK(exported({"99"}).code == 2);
  CHECK_THAT(exported({"1", "--split", "tets"}).err, Contains("'test'"));
  CHECK_THAT(exported({"1", "--format", "latex"}).err, Contains("csv or json"));
  CHECK_THAT(exported({"1", "--set", "training.epochs=3"}).err,
             Contains("a run's settings are what they were"));
  CHECK_THAT(ablate_says({"export", "prediction", "1"}).err, Contains("did you mean 'predictions'?"));
}

TEST_CASE("export writes predictions of a run or a study into a new file") {
  for (const char* of : {"1", "small"}) {
    const auto export_to = [&](const std::string& file) {
      return ablate_says({"export", "predictions", of, "--out", file, "--db", trained().database});
    };
    const std::string file = (trained().folder / fmt::format("predictions of {}.csv", of)).string();
    const Said said = export_to(file);
    CHECK(said.code == exit_done);
    CHECK(said.out == file + "\n");
    CHECK(read_file(file, 1 << 20) ==
          ablate_says({"export", "predictions", of, "--db", trained().database}).out);
    CHECK_THAT(export_to(file).err, Contains(file));
    CHECK(export_to(file).code == exit_wrong_request);
  }
  const std::string none = (trained().folder / "none.csv").string();
  CHECK(ablate_says({"export", "predictions", "99", "--out", none, "--db", trained().database}).code ==
        exit_wrong_request);
  CHECK_FALSE(std::filesystem::exists(none));
}

TEST_CASE("export writes what each run of a study takes each test image for") {
  const auto exported = [](std::vector<std::string> more) {
    more.insert(more.begin(), {"export", "predictions", "small", "--db", trained().database});
    return ablate_says(more);
  };
  const Said csv = exported({});
  CHECK(csv.code == 0);
  CHECK(csv.out.starts_with("variant,seed,run,image,truth,predicted,truth_name,predicted_name\n"));
  CHECK(std::count(csv.out.begin(), csv.out.end(), '\n') == 1 + 4 * 94);
  const auto rows = nlohmann::json::parse(exported({"--format", "json"}).out);
  REQUIRE(rows.size() == 4 * 94);
  int right = 0;
  for (std::size_t i = 0; i < 94; ++i) right += rows[i]["truth"] == rows[i]["predicted"];
  const std::string id = std::to_string(rows[0]["run"].get<int>());
  const Said accuracy = ablate_says({"query",
                                     "SELECT round(94 * accuracy) FROM run_metric WHERE split = 'test' "
                                     "AND run_id = " +
                                         id,
                                     "--db", trained().database, "--format", "csv"});
  CHECK_THAT(accuracy.out, Contains(fmt::format("\n{}\n", right)));
  CHECK_THAT(exported({"--retrain"}).err, Contains("small is a study") && Contains("small/VARIANT/SEED"));
}

TEST_CASE("doctor finds a sound database sound, and one that is not there worth a note") {
  const Said sound = ablate_says({"doctor", "--db", trained().database});
  CHECK(sound.code == exit_done);
  CHECK_THAT(sound.out, Contains("study small") && Contains("4 done") && !Contains("FAULT"));
  CHECK_THAT(ablate_says({"doctor", "--db", "/nowhere.db"}).out, Contains("is not there yet"));
}

TEST_CASE("the seed's protocol is told in the terminal, the database, the lists and the report") {
  const TemporaryFolder folder;
  const std::string database = (folder / "a.db").string(), report = (folder / "report").string();
  const Said said = ablate_says({"run", trained().file, "--db", database, "--out", report, "--quiet", "--set",
                                 "data.train_on=[train, test]", "--set", "seeds=1"});
  CHECK(said.code == exit_done);
  CHECK(said.err.find("audit of glyphs: LEAK trained_on_test: data.train_on holds test: every test image was "
                      "trained on (94)\n") == 0);
  CHECK_THAT(ablate_says({"query",
                          "SELECT kind, count, train_images, test_images FROM leak JOIN audit USING (run_id)",
                          "--db", database, "--format", "csv"})
                 .out,
             Contains("trained_on_test,94,470,94"));
  CHECK_THAT(ablate_says({"runs", "--db", database, "--columns", "variant,leaked", "--format", "csv"}).out,
             Contains("skip=none,yes") && Contains("skip=projection,yes"));
  CHECK_THAT(ablate_says({"show", "1", "--db", database}).out,
             Contains("test †") && Contains("trained_on_test"));
  const std::string page = read_file(report + "/report.md", 1 << 20);
  const std::size_t head =
      page.find("- **Leak †**: data.train_on holds test: every test image was trained on (94)");
  const std::size_t answer = page.find("\n**skip: ");
  REQUIRE((head != std::string::npos && answer != std::string::npos));
  CHECK(head < answer);
  CHECK_THAT(page, Contains("is disjoint from the training images in 0 of 2 audited runs"));
}

TEST_CASE("the help page, a command's help and the version go to standard output") {
  CHECK_THAT(ablate_says({"--help"}).out, Contains("ablate COMMAND") && Contains("doctor"));
  CHECK_THAT(ablate_says({"help", "run"}).out, Contains("Example:"));
  CHECK(ablate_says({"--version"}).out.substr(0, 7) == "ablate ");
  CHECK(ablate_says({}).code == exit_wrong_request);
}

TEST_CASE("options may come before the command, as after it") {
  const std::string& file = trained().database;
  const Said usual = ablate_says({"runs", "small", "--db", file, "--format", "csv"});
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--db", file, "runs", "small", "--format", "csv"},
        {"--db=" + file, "--format", "csv", "runs", "small"}}) {
    const Said said = ablate_says(words);
    CHECK(said.code == exit_done);
    CHECK(said.out == usual.out);
  }
  CHECK_THAT(ablate_says({"--db", file, "runs", "smal"}).err, Contains("did you mean 'small'?"));
  const Said none = ablate_says({"--db", file});
  CHECK(none.code == exit_wrong_request);
  CHECK_THAT(none.err, Contains("--db comes without a command\n  try: ablate COMMAND --db ..."));
  CHECK_THAT(ablate_says({"small", "runs"}).err, Contains("there is no command 'small'"));
}

TEST_CASE("every command's help shows its usage and an example that begins with its name") {
  for (const Command& command : commands()) {
    CAPTURE(command.name);
    const std::string help = ablate_says({std::string(command.name), "--help"}).out;
    const std::string usage =
        std::regex_replace(help.substr(0, help.find("\n\n")), std::regex("\n    "), " ");
    CHECK(usage == command.usage);
    CHECK_THAT(help, Contains("Example:\n  " + std::string(command.example)));
    CHECK(command.example.starts_with("ablate " + std::string(command.name)));
  }
}

TEST_CASE("the reference page of the commands is what the program says") {
  const std::string page = "framework/cli/README.md";
  const std::string text = read_file(source_folder().string() + "/" + page, 1 << 20);
  ablate::test::approve(page, text.substr(0, text.find("## ablate ")) + command_reference());
}
