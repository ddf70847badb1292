#include <algorithm>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/build_info.hpp"
#include "base/file.hpp"
#include "cli/says.hpp"
#include "store/store_support.hpp"
#include "support/shared_folder.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

std::string study_text(const std::string& name, const std::string& data, const std::string& training,
                       const std::string& seeds) {
  return "# Does the skip matter?\nstudy: " + name + "\ndata: {source: glyphs, train_images: 470, " + data +
         "}\nmodel: {hidden: [8]}\ntraining: {epochs: 2" + training +
         "}\nvariants: {baseline: {model.skip: none}, grid: {model.skip: [none, projection]}}\nseeds: " +
         seeds + "\n";
}

/// Two studies in one database: `small` of three seeds, `other` of one, judged by other images, without
/// weights.
struct Trained {
  TemporaryFolder folder;
  std::string database = (folder / "a.db").string();
  Trained() {
    fill_shared(folder, "compare_test", [this] {
      run("small", study_text("small", "test_images: 94", "", "3"));
      run("other", study_text("other", "test_images: 188", ", keep_weights: false", "1"));
    });
  }
  void run(const std::string& name, const std::string& text) {
    const std::string file = (folder / (name + ".yaml")).string();
    write_file(file, text);
    const Said said = ablate_says({"run", file, "-j", "1", "--db", database, "--quiet", "--out",
                                   (folder / (name + "_report")).string()});
    INFO(said.err);
    REQUIRE(said.code == exit_done);
  }
};

const Trained& trained() {
  static const Trained once;
  return once;
}

Said compared(std::vector<std::string> words) {
  words.insert(words.begin(), "compare");
  words.insert(words.end(), {"--db", trained().database});
  return ablate_says(words);
}

nlohmann::json as_json(std::vector<std::string> words) {
  words.insert(words.end(), {"--format", "json"});
  const Said said = compared(words);
  INFO(said.err);
  REQUIRE(said.code == exit_done);
  return nlohmann::json::parse(said.out);
}

void check_refused(const std::vector<std::string>& words, const std::string& hint) {
  const Said said = compared(words);
  CAPTURE(said.err);
  CHECK(said.code == exit_wrong_request);
  CHECK(said.out.empty());
  CHECK_THAT(said.err, Contains(hint));
}

/// Lines that were broken for the terminal, put together again.
std::string unwrapped(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

/// Records of RFC 4180, each as its number of fields.
std::vector<std::size_t> fields(const std::string& csv) {
  std::vector<std::size_t> counts{1};
  bool quoted = false;
  for (const char c : csv) {
    if (c == '"') quoted = !quoted;
    if (c == ',' && !quoted) ++counts.back();
    if (c == '\n' && !quoted) counts.push_back(1);
  }
  counts.pop_back();
  return counts;
}

std::string uuid_of(const std::string& run) {
  const Said said = ablate_says(
      {"query", "SELECT uuid FROM run WHERE id = " + run, "--format", "csv", "--db", trained().database});
  return said.out.substr(said.out.find('\n') + 1, 36);
}

}  // namespace

TEST_CASE("compare prints the seeds, the difference, all metrics, a curve, and what three seeds can show") {
  const Said said = compared({"small/skip=none", "small/skip=projection"});
  CHECK(said.code == exit_done);
  CHECK_THAT(said.out, Contains("model.skip  none  projection") && Contains("test.accuracy seed by seed") &&
                           Contains("p of Wilcoxon's signed ranks") && Contains("All metrics on test") &&
                           Contains("A skip=none: ") && Contains(" at epoch 2"));
  CHECK_THAT(
      unwrapped(said.out),
      Contains("Verdict") &&
          Contains(
              "The verdict rests on Student's t, which assumes normal errors: fewer than 6 seeds allow no exact test.") &&
          Contains("3 pairs cannot give an exact two-sided p below 2/2^3 = 0.25"));
}

TEST_CASE("compare gives the numbers of the database, B - A") {
  const auto page = as_json({"small/skip=none", "small/skip=projection", "--metric", "validation.log_loss"});
  const Said asked = ablate_says(
      {"query",
       "SELECT sum(CASE variant.name WHEN 'skip=none' THEN -log_loss ELSE log_loss END) / 3 FROM run_metric "
       "JOIN run ON run.id = run_id JOIN variant ON variant.id = variant_id JOIN study ON study.id = "
       "run.study_id WHERE study.name = 'small' AND split = 'validation'",
       "--format", "csv", "--db", trained().database});
  const double difference = std::stod(asked.out.substr(asked.out.find('\n') + 1));
  for (const auto& row : page["Difference in validation.log_loss"]) {
    if (row["quantity"] == "mean difference") CHECK(row["value"].get<double>() == Approx(difference));
    if (row["quantity"] == "p of sign flips") CHECK(row["value"].get<double>() >= 0.25);
  }
  CHECK(page["All metrics on validation"].size() == 14);
  CHECK(page["validation.log_loss epoch by epoch"].size() == 2);
  CHECK(page["Verdict"].get<std::string>().find("3 seeds cannot say") == 0);
}

TEST_CASE("variants are named in full or alone in their study, runs by number, uuid or path") {
  check_refused({"skip=none", "skip=projection"},
                "'skip=none' names 2 variants\n  try: write study/variant, or --study: other/skip=none, "
                "small/skip=none");
  const auto named = as_json({"skip=none", "skip=projection", "--study", "small"});
  CHECK(named == as_json({"small/skip=none", "small/skip=projection"}));
  const auto runs = as_json({"1", "4"});
  CHECK(runs == as_json({"small/skip=none/1", uuid_of("4").substr(0, 12)}));
  CHECK(runs == as_json({"skip=none/1", "skip=projection/1", "--study", "small"}));
  CHECK(runs["Verdict"].get<std::string>().find("1 seed cannot say") != std::string::npos);
}

TEST_CASE("compare answers a wrong name with the nearest, and refuses what is no comparison") {
  check_refused({"small/skip=non", "small/skip=projection"}, "did you mean 'small/skip=none'?");
  check_refused({"skip=prjection", "skip=none", "--study", "small"}, "did you mean 'skip=projection'?");
  check_refused({"99", "1"}, "there is no variant or run '99'");
  check_refused({"1", "2", "--study", "smal"}, "did you mean 'small'?");
  check_refused({"small/skip=none", "small/skip=none"}, "A and B are the same variant");
  check_refused({"1", "small/skip=none/1"}, "A and B are the same run");
  check_refused({"1", "small/skip=none"}, "is a run and");
  check_refused({"1", "2", "--metric", "test.acuracy"}, "did you mean 'accuracy'?");
  check_refused({"1", "2", "--split", "tset"}, "did you mean 'test'?");
  check_refused({"1", "2", "--confidence", "95"}, "a confidence of 95 is not between 0 and 1");
  check_refused({"1", "2", "--retrain"}, "--retrain and --set go with --images");
  check_refused({"1", "2", "--images", "--split", "train"}, "takes no --split");
  check_refused({"1"}, "no study varies a factor '1'");
}

TEST_CASE("two studies with different test images have means and no difference") {
  const Said said = compared({"small/skip=none", "other/skip=none"});
  CHECK(said.code == exit_done);
  CHECK_THAT(unwrapped(said.out),
             Contains("No verdict: they were judged by different images (A: glyphs, 94 images") &&
                 Contains("data.test_images") && !Contains("p of sign flips"));
  check_refused({"small/skip=none/1", "other/skip=none/1", "--images"}, "were judged by different images");
}

TEST_CASE("compare tells what the leak audit found, and what weakens it where no difference is claimed") {
  const std::string all = unwrapped(compared({"small/skip=none", "small/skip=projection"}).out);
  CHECK_THAT(all, Contains("Weakened by: ") && Contains("No image of the test set is in the training set"));
  const TemporaryFolder folder;
  const std::string copy = (folder / "copy.db").string();
  std::filesystem::copy_file(trained().database, copy);
  execute(copy,
          "UPDATE run SET status = 'diverged' WHERE id = 1; UPDATE run SET status = 'failed' WHERE id = 2; "
          "INSERT INTO leak(run_id, kind, detail, count) VALUES (1, 'trained_on_test', 'all of them', 94)");
  const Said said = ablate_says({"compare", "1", "2", "--db", copy});
  INFO(said.err);
  CHECK_THAT(unwrapped(said.out), Contains("No verdict: ") && Contains("Weakened by: diverged: ") &&
                                      Contains("1 of 2 planned runs are not in") &&
                                      Contains("Leak: all of them (94 in "));
}

TEST_CASE("compare and show are valid in every format") {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"compare", "1", "2"}, {"compare", "1", "2", "--images"}, {"show", "1"}}) {
    const auto printed = [&](const std::string& format) {
      auto all = words;
      all.insert(all.end(), {"--format", format, "--db", trained().database});
      return ablate_says(all).out;
    };
    CHECK(nlohmann::json::parse(printed("json")).is_object());
    const std::string csv = printed("csv");
    CHECK(csv.starts_with("table,row,column,value\n"));
    const auto counts = fields(csv);
    CHECK(counts.size() > 50);
    CHECK(std::all_of(counts.begin(), counts.end(), [](std::size_t n) { return n == 4; }));
    CHECK_THAT(printed("markdown"), Contains("## ") && Contains("| --- |") && !Contains("\x1b"));
    CHECK_THAT(printed("latex"), Contains("% ") && Contains("\\begin{tabular}"));
  }
}

TEST_CASE("compare --images counts what two exports of predictions count") {
  const auto right = [](const std::string& run) {
    const Said said =
        ablate_says({"export", "predictions", run, "--format", "json", "--db", trained().database});
    std::vector<bool> all;
    for (const auto& row : nlohmann::json::parse(said.out)) all.push_back(row["truth"] == row["predicted"]);
    return all;
  };
  const auto page = as_json({"small/skip=none", "small/skip=projection", "--images"});
  const auto& rows = page["Over the test images"];
  REQUIRE(rows.size() == 4);
  for (std::size_t seed = 1; seed <= 3; ++seed) {
    const auto a = right(fmt::format("small/skip=none/{}", seed));
    const auto b = right(fmt::format("small/skip=projection/{}", seed));
    int only_a = 0, only_b = 0, right_a = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      only_a += a[i] && !b[i];
      only_b += b[i] && !a[i];
      right_a += a[i];
    }
    CHECK(rows[seed - 1]["only A right"] == only_a);
    CHECK(rows[seed - 1]["only B right"] == only_b);
    CHECK(rows[seed - 1]["accuracy A"].get<double>() == Approx(right_a / 94.0));
  }
  CHECK(rows[3]["seed"] == "all");
  CHECK(page["Classes where they differ most"].size() == 47);
  CHECK(as_json({"small/skip=none/1", "small/skip=none/2", "--images"})["Over the test images"][0]["seed"] ==
        "1 and 2");
}

TEST_CASE("compare --images says what to do where weights were not kept, and trains again on request") {
  check_refused({"other/skip=none", "other/skip=projection", "--images"},
                "runs 7, 8 keep no weights\n  try: --retrain trains them again");
  const Said said = compared({"other/skip=none", "other/skip=projection", "--images", "--retrain"});
  CHECK(said.code == exit_done);
  CHECK_THAT(said.err, Contains("run 7, training again: epoch 1 of "));
  CHECK_THAT(unwrapped(said.out), Contains("Over 188 test images"));
}

TEST_CASE("show has the tags and notes of the run") {
  const std::string run = "small/skip=none/3";
  REQUIRE(ablate_says({"tag", run, "camera-ready", "--db", trained().database}).code == exit_done);
  REQUIRE(ablate_says({"note", run, "for figure 2", "--db", trained().database}).code == exit_done);
  const std::string page = ablate_says({"show", run, "--db", trained().database}).out;
  CHECK_THAT(page, Contains("tags ") && Contains("camera-ready"));
  CHECK_THAT(page, Contains("note of 20") && Contains("for figure 2"));
}

TEST_CASE(
    "show says whether this program trained the run, another one, or one that did not know its sources") {
  const TemporaryFolder folder;
  const std::string copy = (folder / "copy.db").string();
  std::filesystem::copy_file(trained().database, copy);
  const auto program = [&] { return unwrapped(ablate_says({"show", "1", "--db", copy}).out); };
  CHECK_THAT(program(), Contains(program_sha256().substr(0, 16) + ", the same as this program's"));
  execute(copy, "UPDATE run SET program_sha256 = 'f00df00df00df00d1'");
  CHECK_THAT(program(),
             Contains("sources f00df00df00df00d; this program differs (" + program_sha256().substr(0, 16)));
  execute(copy, "UPDATE run SET program_sha256 = NULL");
  CHECK_THAT(program(), Contains("unknown: its sources were not recorded"));
}

TEST_CASE("show tells what differs from the baseline, draws the curve, and lists the worst classes first") {
  const Said said = ablate_says({"show", "small/skip=projection/2", "--db", trained().database});
  CHECK_THAT(said.out, Contains("What differs from the baseline") &&
                           Contains("setting     baseline (skip=none)  this run") &&
                           Contains("model.skip  none                  projection"));
  CHECK_THAT(said.out, Contains("A train.accuracy: ") && Contains("B validation.accuracy: "));
  CHECK_THAT(ablate_says({"show", "small/skip=projection/2", "--db", trained().database}, {}, true).out,
             Contains("┤") && Contains("B (dotted) validation.accuracy: "));
  CHECK_THAT(ablate_says({"show", "1", "--db", trained().database}).out,
             Contains("Nothing: this is a run of the baseline."));
  const auto page =
      nlohmann::json::parse(ablate_says({"show", "1", "--format", "json", "--db", trained().database}).out);
  const auto& classes = page["Worst classes by F1, on test"];
  REQUIRE(classes.size() == 47);
  double last = -1.0;
  for (const auto& row : classes) {
    if (row["f1"].is_null()) continue;
    CHECK(row["f1"].get<double>() >= last);
    last = row["f1"].get<double>();
  }
}
