#include "report/overview/overview.hpp"

#include <cmath>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/file.hpp"
#include "report/browser.hpp"
#include "report/collect.hpp"
#include "report/folder.hpp"
#include "report/overview/overview_pages.hpp"
#include "report/synthetic.hpp"
#include "store/store.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

const std::string hostile = "</script><img src=x onerror=alert(1)> | \"q\" {{title}} \u202E \U0001F642\nnext";

ReportedStudy reported(const std::string& label, const StudyRecords& records,
                       const ReportOptions& options = {}) {
  return {label, "folder-of-" + std::to_string(label.size()), "a.db", compare(records, options)};
}

StudyRecords with_images(const std::string& test_hash) {
  auto records = synthetic::records();
  records.datasets[1].sha256 = test_hash;
  return records;
}

std::string notes(const Overview& overview) {
  std::string text;
  for (const auto& note : overview_notes(overview)) text += note + "\n";
  return text;
}

/// A database with studies of two variants and `seeds` seeds each, all done; "skip" is better by 0.02.
void fill(const std::filesystem::path& file, const std::vector<std::string>& studies, std::int64_t seeds) {
  Store store(file);
  for (const std::string& name : studies) {
    std::vector<VariantRecord> variants(2);
    for (std::size_t i = 0; i < 2; ++i) {
      variants[i].name = i ? "skip" : "none";
      variants[i].is_baseline = i == 0;
      variants[i].config = variants[i].name;
      variants[i].config_sha256 = std::string(64, i ? 'b' : 'a');
    }
    StudyRecord study;
    study.name = name, study.created_at = "2026-01-01T00:00:00Z";
    study.config_sha256 = study.plan_sha256 = std::string(64, 'c');
    std::vector<std::int64_t> all;
    for (std::int64_t seed = 1; seed <= seeds; ++seed) all.push_back(seed);
    const auto id = store.plan(study, variants, all);
    while (const auto run = store.claim(id, {.worker = "worker", .lease_seconds = 60.0})) {
      MetricSuite suite;
      suite.accuracy =
          0.8 + (run->variant == "skip" ? 0.02 : 0.0) + 0.001 * static_cast<double>(run->seed * run->seed);
      EpochRecord record;
      record.epoch = 1, record.learning_rate = 0.01, record.gradient_norm = record.train_seconds = 1.0;
      record.evaluate_seconds = 0.5, record.samples_per_second = 100.0;
      record.metrics = {suite, suite, suite};
      record.selected = true;
      store.add_epoch(run->id, record, 60.0);
      store.finish(run->id, {.status = RunStatus::done});
    }
  }
}

StudySource source(const std::string& study, const std::filesystem::path& database) {
  StudySource one{study, database, {}};
  one.options.outputs = parse_outputs("html,markdown,tables,data");
  return one;
}

}  // namespace

TEST_CASE("several studies: one page over them, each study's whole report in a folder below") {
  const TestFolder folder("overview");
  fill(folder.path() / "a.db", {"first", "second"}, 3);
  const auto out = folder.path() / "out";
  const auto files = write_overview(
      {source("first", folder.path() / "a.db"), source("second", folder.path() / "a.db")}, out);
  CHECK(files.main == out / "report.md");
  for (const char* file : {"index.html", "report.md", "tables/overview.csv", "data/effects-test-accuracy.csv",
                           "first/index.html", "first/report.md", "second/tables/comparison.tex"}) {
    INFO(file);
    CHECK(std::filesystem::exists(out / file));
  }
  const std::string page = folder.text("out/report.md");
  CHECK_THAT(page, Contains("## [first](first/report.md)") && Contains("## [second](second/report.md)"));
  CHECK_THAT(page, Contains("| second | skip | 3 | 0.8247 (0.8146 to 0.8347) | +0.0200 |"));
  CHECK_THAT(folder.text("out/index.html"), Contains("<a href=\"first/index.html\">first</a>"));
}

TEST_CASE(
    "one study of two databases is shown twice, told apart by the file's name, and by its path if need be") {
  const TestFolder folder("overview-databases");
  std::filesystem::create_directories(folder.path() / "x");
  fill(folder.path() / "a.db", {"same"}, 2);
  fill(folder.path() / "b.db", {"same"}, 3);
  fill(folder.path() / "x/a.db", {"same"}, 4);
  write_overview({source("same", folder.path() / "a.db"), source("same", folder.path() / "b.db")},
                 folder.path() / "two");
  const std::string page = folder.text("two/report.md");
  CHECK_THAT(page, Contains("| same (a.db) | skip | 2 |") && Contains("| same (b.db) | skip | 3 |"));
  CHECK(std::filesystem::exists(folder.path() / "two/same-a/index.html"));
  CHECK(std::filesystem::exists(folder.path() / "two/same-b/index.html"));
  write_overview({source("same", folder.path() / "a.db"), source("same", folder.path() / "x/a.db")},
                 folder.path() / "paths");
  CHECK_THAT(folder.text("paths/report.md"), Contains("x/a.db) | skip | 4 |"));
  CHECK(std::filesystem::exists(folder.path() / "paths/same-a-2/index.html"));
  CHECK_THROWS_AS(
      write_overview({source("same", folder.path() / "a.db"), source("same", folder.path() / "a.db")},
                     folder.path() / "twice"),
      RequestError);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "twice"));
}

TEST_CASE("the overview of the same databases has the same bytes") {
  const TestFolder folder("overview-bytes");
  fill(folder.path() / "a.db", {"first", "second"}, 3);
  const std::vector<StudySource> sources = {source("first", folder.path() / "a.db"),
                                            source("second", folder.path() / "a.db")};
  write_overview(sources, folder.path() / "1");
  for (const auto& file : write_overview(sources, folder.path() / "2").files) {
    const auto name = std::filesystem::relative(file, folder.path() / "2").string();
    INFO(name);
    CHECK(folder.text("1/" + name) == folder.text("2/" + name));
  }
}

TEST_CASE("a difference is always that of a study's own report, whatever stands beside it") {
  auto shifted = synthetic::records();
  for (auto& row : shifted.selected) row.suite.accuracy += 0.1;
  const Overview overview = {reported("one", synthetic::records()), reported("shifted", shifted)};
  const Table table = overview_data(overview);
  const auto difference = [&](std::size_t row) { return std::get<double>(table.rows[row][12]); };
  CHECK(table.columns[12].name == "difference_mean");
  for (std::size_t study = 0; study < 2; ++study) {
    const auto& variant = overview[study].comparison.variants[1];
    CHECK(difference(2 * study + 1) == variant.difference->paired.summary.mean);
    CHECK(std::holds_alternative<std::monostate>(table.rows[2 * study][12]));
  }
  CHECK(difference(1) == Approx(difference(3)).margin(1e-12));
}

TEST_CASE("the notes say that no difference crosses studies, and whose images and protocol are alike") {
  const std::string same = notes({reported("one", with_images("x")), reported("two", with_images("x"))});
  CHECK_THAT(same, Contains("one procedure, over all variants of its study") && !Contains("Holm"));
  CHECK_THAT(same, Contains("No difference is computed across studies") &&
                       Contains("used the same training and test images"));
  const std::string other = notes({reported("one", with_images("x")), reported("two", with_images("y")),
                                   reported("three", with_images("x"))});
  CHECK_THAT(other, Contains("means do not compare") && Contains("one, three; two."));
  ReportOptions loss;
  loss.primary = "test.log_loss";
  const Overview mixed = {reported("one", synthetic::records()), reported("two", synthetic::records(), loss)};
  CHECK_THAT(notes(mixed), Contains("differ in the primary metric"));
  CHECK(overview_figures(mixed).size() == 2);
  CHECK(overview_table(mixed).columns[3].name == "metric");
}

TEST_CASE("hostile names of studies and variants are escaped in both pages over several studies") {
  auto records = synthetic::records({{hostile, "plain"}, 3, 2, true});
  records.study.name = records.study.question = hostile;
  records.leaks.push_back({1, {"trained_on_test", hostile, 1}});
  const Overview overview = {reported(hostile, records), reported("plain", synthetic::records())};
  const std::string html = render_overview_html(overview, {}, {});
  CHECK_THAT(html,
             !Contains("<img") && !Contains("\u202E") && !Contains("\nnext") && Contains("&lt;img src=x"));
  CHECK_THAT(html, Contains("default-src 'none'") && Contains("Leak †") && !Contains(" style=\""));
  const std::string markdown = render_overview_markdown(overview, {false}, {}, {});
  CHECK_THAT(markdown, !Contains("<img") && !Contains("\nnext") && Contains("\\| \"q\""));
}

TEST_CASE(
    "poor studies have one row per variant over several, and nothing to draw where there is no difference") {
  auto none_done = synthetic::records(), no_baseline = none_done, no_numbers = none_done;
  for (std::int64_t run = 1; run <= 6; ++run) synthetic::end(none_done, run, RunStatus::diverged, "nan");
  no_baseline.variants[0].is_baseline = false;
  for (auto& row : no_numbers.selected) row.suite = MetricSuite{};
  StudyRecords empty;
  empty.study.name = "empty";
  const Overview overview = {reported("a", none_done), reported("b", no_baseline), reported("c", no_numbers),
                             reported("d", empty),
                             reported("e", synthetic::records({{"alone"}, 1, 1, false}))};
  CHECK(overview_figures(overview).empty());
  CHECK(overview_table(overview).rows.size() == 7);
  const std::string html = render_overview_html(overview, {}, {});
  CHECK_THAT(html, !Contains("<svg") && !Contains("nan") && Contains("Baseline: none."));
  CHECK_THAT(render_overview_markdown(overview, {}, {}, {}),
             !Contains("nan") && Contains("| e | alone (baseline) | 1 |"));
}

TEST_CASE("of 2,000 variants the page over several studies shows as many as each study's own") {
  synthetic::Shape many;
  many.variants.clear();
  for (int i = 0; i < 2000; ++i) many.variants.push_back(fmt::format("variant {}", i));
  many.seeds = 2, many.epochs = 1;
  const Overview overview = {reported("many", synthetic::records(many)),
                             reported("few", synthetic::records())};
  CHECK(overview_table(overview).rows.size() == 51 + 2);
  CHECK(overview_data(overview).rows.size() == 2002);
  CHECK(render_overview_html(overview, {}, {}).size() < 200'000);
}

TEST_CASE("the page over several studies opens in a browser without an error, sorts and turns dark",
          "[browser]") {
  const TestFolder folder("overview-browser");
  auto records = synthetic::records({{hostile, "plain"}, 3, 2, true});
  const Overview overview = {reported("one", records), reported("two", synthetic::records())};
  write_file(folder.path() / "index.html", render_overview_html(overview, {}, {}));
  const auto shown = what_is_shown(folder.path() / "index.html",
                                   "press=%23theme&press=%23overview%20th:nth-child(4)%20button");
  if (!shown) {
    WARN("no Chromium here: the page was not opened (apt install chromium-headless-shell)");
    return;
  }
  CHECK((*shown)["faults"].empty());
  CHECK((*shown)["console"].get<std::string>().empty());
  CHECK((*shown)["marks"] == 2);
  CHECK((*shown)["theme"] == "dark");
  double last = HUGE_VAL;
  for (const auto& row : (*shown)["rows"]) {
    const double mean = std::stod(row[3].get<std::string>());
    CHECK(mean <= last);
    last = mean;
  }
  CHECK((*shown)["rows"].size() == 4);
}
