#include <set>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "report/collect.hpp"
#include "report/folder.hpp"
#include "report/render.hpp"
#include "report/synthetic.hpp"
#include "support/approve.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

constexpr const char* no_gnuplot = "no-such-program-anywhere";
const std::filesystem::path approved = "tests/golden/report";

ReportFiles write(const StudyRecords& records, const TestFolder& folder,
                  const std::string& gnuplot = no_gnuplot) {
  return render_report(compare(records, {}), folder.path(), {.gnuplot = gnuplot});
}

std::string page(const StudyRecords& records) {
  const TestFolder folder("page");
  write(records, folder);
  return folder.text("report.md");
}

/// Cells of a Markdown row: pipes that no backslash hides, less one.
std::size_t cells(const std::string& row) {
  std::size_t pipes = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] == '\\') {
      ++i;
    } else if (row[i] == '|') {
      ++pipes;
    }
  }
  return pipes - 1;
}

/// Checks that each line of a table has as many cells as the one before it.
void check_tables(const std::string& markdown) {
  std::size_t width = 0, tables = 0;
  std::size_t begin = 0;
  while (begin < markdown.size()) {
    const std::size_t end = markdown.find('\n', begin);
    const std::string line = markdown.substr(begin, end - begin);
    begin = end + 1;
    if (!line.starts_with('|')) {
      width = 0;
      continue;
    }
    tables += width == 0;
    if (width != 0) CHECK(cells(line) == width);
    width = cells(line);
  }
  CHECK(tables > 0);
}

const std::string hostile =
    "a|b <script>alert('x')</script> & _u_ 50 % $k$ # \\ \"q\" `id` {b} [l](u)\nnext line ../../x";

}  // namespace

TEST_CASE("a report is rid of what killed ones left in each of its folders", "[report]") {
  const TestFolder folder("leftovers");
  std::vector<std::filesystem::path> left;
  for (const char* name : {"report.md", "tables/gone.csv", "data/gone.csv", "figures/gone.svg"}) {
    const auto path = left.emplace_back(folder.path() / (std::string(name) + ".999999999.tmp"));
    write_file(path, std::string("half"));
  }
  write(synthetic::records(), folder);
  for (const auto& path : left) CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("the report of a small study is the approved one") {
  const TestFolder folder("approved");
  auto records = synthetic::records({{"no skip", "skip", "skip, wide"}, 3, 4, true});
  synthetic::end(records, 8, RunStatus::diverged, "the loss is not a number in epoch 3");
  synthetic::end(records, 9, RunStatus::planned);
  write(records, folder);
  for (const char* file : {"report.md", "tables/comparison.csv", "tables/metrics.csv", "tables/runs.csv",
                           "data/curves.csv", "figures/curves.gp", "figures/metrics-2-skip.gp"}) {
    ablate::test::approve(approved / std::filesystem::path(file).filename(), folder.text(file));
  }
}

TEST_CASE("the report of a small factorial is the approved one") {
  const TestFolder folder("approved-factorial");
  const auto records = synthetic::records({{"none 64", "skip 64", "none 128", "skip 128"}, 3, 1, true});
  write(records, folder);
  ablate::test::approve(approved / "factorial.md", folder.text("report.md"));
  ablate::test::approve(approved / "factors.csv", folder.text("tables/factors.csv"));
}

TEST_CASE("leaked numbers carry a dagger in every table, and the audit says why") {
  auto records = synthetic::records();
  for (const std::int64_t run : {4, 5, 6}) {
    records.leaks.push_back({run, {"trained_on_test", "The test images were trained on.", 4000}});
  }
  const std::string text = page(records);
  CHECK_THAT(text,
             Contains("- Leak †, **trained_on_test**: The test images were trained on. (4,000 in skip)"));
  const std::size_t leak = text.find("- **Leak †**: The test images were trained on. (4,000 in skip)"),
                    answer = text.find("\n**skip: ");
  REQUIRE((leak != std::string::npos && answer != std::string::npos));
  CHECK(leak < answer);
  CHECK_THAT(text, Contains("| skip | projection | 64 | 3 | 0.7820 ± 0.0029 † |"));
  CHECK_THAT(text, Contains("† Leaked: see the leak audit"));
  CHECK_THAT(text, !Contains("No run was set to train on"));
  CHECK_THAT(text, Contains("in 3 of 6 audited runs"));
  CHECK_THAT(page(synthetic::records()),
             Contains("No run was set to train on the test images") && !Contains("†"));
}

TEST_CASE(
    "a warning stands at the head and in the audit, a note in the audit alone, and neither marks a number") {
  auto records = synthetic::records();
  records.leaks.push_back({1, {"duplicates_in_test", "2 test images repeat an earlier one", 2}});
  records.leaks.push_back({1, {"unused_class", "1 class has a name and no image: 'x'", 1}});
  const std::string text = page(records);
  CHECK_THAT(text,
             !Contains("†") && Contains("- **Warning**: 2 test images repeat") && !Contains("- **Note**"));
  CHECK_THAT(text, Contains("- Warning, **duplicates_in_test**: ") && Contains("- Note, **unused_class**: "));
  CHECK_THAT(text, Contains("No image of the test set is in the training set (exact comparison"));
}

TEST_CASE("a finding of a kind that this program does not know counts as a leak") {
  auto records = synthetic::records();
  records.leaks.push_back({4, {"read_the_answers", "Somebody did.", 1}});
  CHECK_THAT(page(records), Contains("- Leak †, **read_the_answers**") && Contains("0.7820 ± 0.0029 † |"));
}

TEST_CASE("that the splits are apart is said of audited runs alone") {
  auto records = synthetic::records();
  records.audits.erase(records.audits.begin());
  CHECK_THAT(page(records), Contains("in 5 of 5 audited runs") && Contains("Not audited: 1 run."));
  records.audits.clear();
  CHECK_THAT(page(records), Contains("Not audited: 6 runs.") && !Contains("exact comparison"));
}

TEST_CASE("hostile names are escaped on the page, kept in the CSV and kept out of file names") {
  const TestFolder folder("hostile");
  synthetic::Shape shape;
  shape.variants = {hostile, "plain"};
  auto records = synthetic::records(shape);
  records.study.name = hostile;
  records.study.question = hostile;
  records.variants[1].factors[0].value = hostile;
  records.machines[0].host = hostile;
  synthetic::end(records, 6, RunStatus::failed, hostile);
  const auto files = write(records, folder);
  const std::string text = folder.text("report.md");
  CHECK_THAT(text, !Contains("<script") && !Contains("\nnext line") && Contains("&lt;script&gt;"));
  check_tables(text);
  CHECK_THAT(folder.text("tables/comparison.csv"),
             Contains("\"a|b <script>alert('x')</script> & _u_ 50 % $k$ # \\ \"\"q\"\" `id` {b} [l](u)\nnext "
                      "line ../../x\""));
  for (const auto& file : files.files) {
    CHECK(file.filename().string().find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") ==
          std::string::npos);
    CHECK((file.parent_path() == folder.path() || file.parent_path().parent_path() == folder.path()));
  }
}

TEST_CASE("hostile names are escaped in factors, and leaks mark all of their numbers") {
  const TestFolder folder("hostile-factorial");
  auto records = synthetic::records({{hostile, "b", "c", "d"}, 3, 2, true});
  for (const std::size_t i : {1, 3}) records.variants[i].factors[0].value = hostile;
  records.leaks.push_back({1, {"trained_on_test", "The test images were trained on.", 4000}});
  ReportOptions options;
  options.factors = {{"model.hidden", hostile, {{"64", hostile}}}};
  render_report(compare(records, options), folder.path(), {.gnuplot = no_gnuplot});
  const std::string text = folder.text("report.md");
  check_tables(text);
  CHECK_THAT(text, Contains("## Factors") && !Contains("## Ranks") && !Contains("<script"));
  const std::string factors = text.substr(text.find("## Factors"));
  CHECK_THAT(factors, Contains(") † |") && Contains("% † |"));
  CHECK_THAT(text, Contains("- **Leak †**: "));
}

TEST_CASE("the page calls factors by the study's names and labels, data files by key and value") {
  const TestFolder folder("titles");
  ReportOptions options;
  options.factors = {{"model.skip", "shortcut | x", {{"none", "with*out"}}}};
  render_report(compare(synthetic::records(), options), folder.path(), {.gnuplot = no_gnuplot});
  const std::string text = folder.text("report.md");
  CHECK_THAT(text, Contains("| variant | shortcut \\| x | hidden |") && Contains("with\\*out"));
  check_tables(text);
  CHECK_THAT(folder.text("tables/comparison.csv"),
             Contains("model.skip") && Contains("none") && !Contains("shortcut") && !Contains("with*out"));
}

TEST_CASE("two variants whose names look alike get files of their own") {
  const TestFolder folder("alike");
  synthetic::Shape shape;
  shape.variants = {"a b", "a-b", "a/b"};
  const auto files = write(synthetic::records(shape), folder);
  const std::set<std::filesystem::path> distinct(files.files.begin(), files.files.end());
  CHECK(distinct.size() == files.files.size());
}

TEST_CASE("without gnuplot the scripts and the data are there, and one warning says so") {
  const TestFolder folder("scripts");
  const auto files = write(synthetic::records(), folder);
  REQUIRE(files.warnings.size() == 1);
  CHECK_THAT(files.warnings[0], Contains("not installed"));
  CHECK_THAT(folder.text("report.md"), !Contains("![") && Contains("figures/curves.gp"));
  CHECK(std::filesystem::exists(folder.path() / "data/curves.csv"));
}

TEST_CASE("a gnuplot that fails leaves one warning and no older picture") {
  const TestFolder folder("fails");
  write_file(folder.path() / "figures/curves.svg", "older");
  const auto files = write(synthetic::records(), folder, "false");
  CHECK(files.warnings.size() == 1);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "figures/curves.svg"));
  CHECK_THAT(folder.text("report.md"), !Contains("!["));
}

TEST_CASE("the same records give the same bytes, pictures included", "[pictures]") {
  const TestFolder first("bytes-1"), second("bytes-2");
  synthetic::Shape shape;
  shape.variants = {"no skip", hostile};
  const auto records = synthetic::records(shape);
  const auto files = write(records, first, "gnuplot");
  write(records, second, "gnuplot");
  if (!files.warnings.empty()) WARN("drawn without gnuplot: " << files.warnings.front());
  CHECK(files.files.size() == (files.warnings.empty() ? 47 : 26));
  for (const auto& file : files.files) {
    const auto name = std::filesystem::relative(file, first.path()).string();
    INFO(name);
    CHECK(first.text(name) == second.text(name));
  }
}

TEST_CASE("a study without a finished run has a page that says so") {
  const TestFolder folder("nothing");
  auto records = synthetic::records();
  for (std::int64_t run = 1; run <= 6; ++run)
    synthetic::end(records, run, RunStatus::diverged, "loss is nan");
  const auto files = write(records, folder);
  CHECK_THAT(files.warnings.at(0), Contains("no run of study 'synthetic' is finished"));
  const std::string text = folder.text("report.md");
  CHECK_THAT(text, Contains("6 planned runs: 0 done, 6 diverged") && Contains("there is nothing to draw"));
  CHECK_THAT(text, Contains("No verdict"));
  check_tables(text);
}

TEST_CASE("a study that was planned and never begun has a page") {
  StudyRecords records;
  records.study.name = "empty";
  CHECK_THAT(page(records), Contains("0 planned runs") && Contains("Code version: none recorded."));
}

TEST_CASE("one variant under one seed has no deviation and no difference") {
  const std::string text = page(synthetic::records({{"alone"}, 1, 1, false}));
  CHECK_THAT(text, Contains("| alone (baseline) | none | 64 | 1 | 0.4426 |") && !Contains("±  "));
  check_tables(text);
}

TEST_CASE("without a baseline the table has no column of differences") {
  auto records = synthetic::records();
  records.variants[0].is_baseline = false;
  CHECK_THAT(page(records), !Contains("difference from the baseline"));
}

TEST_CASE("metrics that are NULL everywhere are shown as missing") {
  auto records = synthetic::records();
  for (auto* rows : {&records.selected, &records.curves}) {
    for (auto& row : *rows) row.suite = MetricSuite{};
  }
  const std::string text = page(records);
  CHECK_THAT(text, Contains("| skip | 3 | – | – | – | – | – | – | – |") && !Contains("nan"));
  check_tables(text);
}

TEST_CASE("pairs are told where they are fewer than the values") {
  auto records = synthetic::records();
  synthetic::end(records, 1, RunStatus::failed, "disk full");
  CHECK_THAT(page(records), Contains("(2 pairs) |"));
}

TEST_CASE("five hundred variants: the page stays short, the files have all") {
  const TestFolder folder("many");
  synthetic::Shape shape;
  shape.variants.clear();
  for (int i = 0; i < 500; ++i) shape.variants.push_back(fmt::format("variant {}", i));
  shape.seeds = 2;
  write(synthetic::records(shape), folder);
  const std::string text = folder.text("report.md");
  CHECK(text.size() < 40'000);
  CHECK_THAT(text, Contains("of 500 variants are shown") && Contains("Runs: 1-1000"));
  CHECK_THAT(text, Contains("| variant 0 (baseline) |"));
  const std::string rows = folder.text("tables/comparison.csv");
  CHECK(std::count(rows.begin(), rows.end(), '\n') == 501);
}

TEST_CASE("report.md ends with the fingerprint of its results, where there is one") {
  const TestFolder folder("fingerprint");
  auto comparison = compare(synthetic::records(), {});
  render_report(comparison, folder.path(), {.outputs = parse_outputs("markdown")});
  CHECK_THAT(folder.text("report.md"), !Contains("Fingerprint"));
  comparison.fingerprint = "c0ffee";
  render_report(comparison, folder.path(), {.outputs = parse_outputs("markdown")});
  CHECK_THAT(folder.text("report.md"), Contains("`c0ffee`.\n"));
}
