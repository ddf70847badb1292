#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "report/collect.hpp"
#include "report/csv_reader.hpp"
#include "report/folder.hpp"
#include "report/render.hpp"
#include "report/synthetic.hpp"
#include "support/programs.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

const std::string hostile =
    "<script>alert('x')</script> & _u_ 50 % a|b \"q\" \\ `id` $k$ # {b} [l](u)\nnext\u2028line "
    "\u05E9\u05DC\u05D5\u05DD "
    "\u202E \U0001F642 \xff ../../x";

struct Poor {
  const char* name;
  StudyRecords records;
};

StudyRecords all_ended(RunStatus status) {
  auto records = synthetic::records();
  for (std::int64_t run = 1; run <= 6; ++run)
    synthetic::end(records, run, status, "the loss grew past all bounds");
  return records;
}

StudyRecords without_baseline() {
  auto records = synthetic::records();
  records.variants[0].is_baseline = false;
  return records;
}

StudyRecords without_numbers() {
  auto records = synthetic::records();
  for (auto* rows : {&records.selected, &records.curves}) {
    for (auto& row : *rows) row.suite = MetricSuite{};
  }
  return records;
}

StudyRecords with_hostile_names() {
  auto records = synthetic::records({{hostile, hostile + " too", "c", "d"}, 3, 2, true});
  records.study.name = records.study.question = hostile;
  for (const std::size_t i : {1u, 3u}) records.variants[i].factors[0].value = hostile;
  records.machines[0].host = records.datasets[0].name = records.datasets[0].origin = hostile;
  records.leaks.push_back({1, {"trained_on_test", hostile, 4000}});
  synthetic::end(records, 6, RunStatus::failed, hostile);
  return records;
}

StudyRecords with_many_variants() {
  synthetic::Shape shape;
  shape.variants.clear();
  for (int i = 0; i < 2000; ++i) shape.variants.push_back(fmt::format("variant {}", i));
  shape.seeds = 2, shape.epochs = 2;
  return synthetic::records(shape);
}

StudyRecords never_planned() {
  StudyRecords records;
  records.study.name = "empty";
  return records;
}

std::vector<Poor> poor_studies() {
  return {{"no run is finished", all_ended(RunStatus::failed)},
          {"all diverged", all_ended(RunStatus::diverged)},
          {"never planned", never_planned()},
          {"one variant", synthetic::records({{"alone"}, 3, 3, true})},
          {"one variant, one seed, one epoch", synthetic::records({{"alone"}, 1, 1, false})},
          {"one seed", synthetic::records({{"a", "b", "c"}, 1, 3, true})},
          {"no baseline", without_baseline()},
          {"every metric is NULL", without_numbers()},
          {"hostile names", with_hostile_names()},
          {"2,000 variants", with_many_variants()}};
}

/// A page without what stands between its <script> tags: those are a library's, ours, and the numbers as
/// JSON.
std::string without_scripts(std::string page) {
  for (std::size_t begin = 0; (begin = page.find("<script", begin)) != std::string::npos;) {
    const std::size_t end = page.find("</script>", begin);
    REQUIRE(end != std::string::npos);
    page.erase(begin, end - begin);
  }
  return page;
}

/// Neither a number that is none nor a character that turns or breaks the line.
void check_text(const std::string& text) {
  CHECK_THAT(text, !Contains("\u202E") && !Contains("\xff") && !Contains("\u2028"));
  for (const char* none : {" nan", " inf", ",nan", ",inf", ">nan<", ">inf<", "{nan", "+nan", "-nan"})
    CHECK_THAT(text, !Contains(none));
}

void check_csv(const std::string& text) {
  const auto rows = read_csv(text);
  REQUIRE_FALSE(rows.empty());
  for (const auto& row : rows) REQUIRE(row.size() == rows.front().size());
  for (const char* none : {",nan", ",inf", ",-nan"}) CHECK_THAT(text, !Contains(none));
}

void check_file(const TestFolder& folder, const std::filesystem::path& file) {
  const std::string name = std::filesystem::relative(file, folder.path()).string(),
                    ending = file.extension().string();
  INFO(name);
  const std::string text = folder.text(name);
  CHECK_FALSE(text.empty());
  if (ending == ".csv") {
    check_csv(text);
  } else if (ending == ".md" || ending == ".html") {
    CHECK_THAT(text, !Contains("<script>alert"));
    check_text(ending == ".html" ? without_scripts(text) : text);
  } else if (ending == ".tex") {  // where "<script>" is text like any other
    check_text(text);
  } else if (ending == ".gp") {
    CHECK_THAT(text, !Contains("nan") && !Contains("\nnext"));
  } else if (ending == ".svg") {
    CHECK_THAT(text, !Contains("<script>alert") && Contains("</svg>"));
  } else if (ending == ".pdf") {
    CHECK_THAT(text, Catch::StartsWith("%PDF") && Contains("(D:19700101000000Z)"));
  }
}

}  // namespace

TEST_CASE("poor, hostile and huge studies have a whole report: pages, tables, data, scripts and pictures",
          "[pictures]") {
  const bool draws = has_program("gnuplot");
  if (!draws) WARN("no gnuplot here: nothing was drawn (apt install gnuplot-nox)");
  for (const auto& [name, records] : poor_studies()) {
    INFO(name);
    const TestFolder folder("bad-input");
    const auto comparison = compare(records, {});
    const auto files = render_report(comparison, folder.path(), {});
    for (const auto& warning : files.warnings) {
      INFO(warning);
      CHECK((!draws || comparison.counts.done == 0));
    }
    for (const auto& file : files.files) check_file(folder, file);
    for (const char* file : {"index.html", "report.md", "tables/comparison.csv", "tables/tables.tex"})
      CHECK(std::filesystem::exists(folder.path() / file));
    if (draws) CHECK(is_rendered(comparison, folder.path(), {}));
  }
}

TEST_CASE("pages and tables of 2,000 variants stay readable, and the files have all") {
  const TestFolder folder("bad-input-many");
  render_report(compare(with_many_variants(), {}), folder.path(),
                {.outputs = parse_outputs("markdown,html,tables,data")});
  CHECK(read_csv(folder.text("tables/comparison.csv")).size() == 2001);
  CHECK(read_csv(folder.text("data/effects.csv")).size() == 2000);
  CHECK(folder.text("report.md").size() < 100'000);
  CHECK(folder.text("tables/comparison.tex").size() < 20'000);
  CHECK(folder.text("index.html").size() < 5'000'000);
}
