#include "report/browser.hpp"

#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "report/answer_words.hpp"
#include "report/collect.hpp"
#include "report/folder.hpp"
#include "report/section_of.hpp"
#include "report/synthetic.hpp"

using namespace ablate;
using Json = nlohmann::json;

namespace {

/// A study's page, opened as often as a test likes.
class Page {
 public:
  Page(const std::string& name, const Comparison& comparison) : folder_(name) {
    write_file(folder_.path() / "index.html", html_page(comparison));
  }

  /// Checks that nothing went wrong, too; nothing without a browser, which it says once.
  std::optional<Json> shown(const std::string& asked) const {
    auto shown = what_is_shown(folder_.path() / "index.html", asked);
    if (!shown) {
      WARN("no Chromium here: the page was not opened (apt install chromium-headless-shell)");
      return shown;
    }
    CHECK((*shown)["faults"] == Json::array());
    CHECK((*shown)["console"] == "");
    return shown;
  }

 private:
  TestFolder folder_;
};

Comparison small_study() {
  auto comparison = compare(synthetic::records({{"no skip", "skip", "skip, wide"}, 3, 6, true}), {});
  for (const std::size_t place : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
    comparison.class_views.push_back(
        {place, 3, {0.9, 0.8}, {0.5, 1.0}, {0.6, 0.9}, {30, 30}, {15, 15, 0, 30}});
  }
  return comparison;
}

double drawn_last(const Json& line) { return line["points"].back()["y"].get<double>(); }

std::size_t metric_place(const std::string& name) {
  return static_cast<std::size_t>(&find_metric(name) - metric_table().data());
}

}  // namespace

TEST_CASE("the page in a browser draws what the comparison holds, without an error", "[browser]") {
  const auto comparison = small_study();
  const Page page("browser-first", comparison);
  const auto shown = page.shown("");
  if (!shown) return;
  REQUIRE((*shown)["curves"].size() == 3);
  for (std::size_t v = 0; v < 3; ++v) {
    const auto& point = curve(comparison.variants[v], SplitName::test).back();
    const Summary& summary = point.metrics[comparison.primary.metric];
    const Interval interval = t_interval(summary, 0.95);
    const Json last = (*shown)["curves"][v]["points"].back();
    CHECK((*shown)["curves"][v]["points"].size() == 6);
    CHECK(last["y"].get<double>() == Approx(summary.mean).margin(1e-6));
    CHECK(last["low"].get<double>() == Approx(interval.low).margin(2e-6));
    CHECK(last["high"].get<double>() == Approx(interval.high).margin(2e-6));
  }
  REQUIRE((*shown)["effects"].size() == 2);
  for (std::size_t v = 0; v < 2; ++v) {
    const Member& member = comparison.variants[v + 1].difference->member;
    CHECK((*shown)["effects"][v]["mean"].get<double>() == member.summary.mean);
    CHECK((*shown)["effects"][v]["low"].get<double>() == member.interval.low);
  }
  CHECK(drawn_last((*shown)["rates"][1]) == Approx(0.01 / 6).epsilon(1e-5));
  CHECK((*shown)["classes"]["variant"] == "skip");
  CHECK((*shown)["classes"]["images"] == 60);
}

TEST_CASE("a variant that is switched off leaves every figure at once", "[browser]") {
  const Page page("browser-toggle", small_study());
  for (const char* press :
       {"press=%23chips%20button:nth-child(2)", "press=%23comparison%20[data-variant=%221%22]"}) {
    const auto shown = page.shown(press);
    if (!shown) return;
    CHECK((*shown)["on"] == Json{"no skip", "skip, wide"});
    CHECK((*shown)["curves"].size() == 2);
    CHECK((*shown)["rates"].size() == 2);
    REQUIRE((*shown)["effects"].size() == 1);
    CHECK((*shown)["effects"][0]["variant"] == "skip, wide");
  }
  const auto none = page.shown("press=[data-switch=none]&press=%23theme");
  CHECK((*none)["curves"].empty());
}

TEST_CASE("names that begin alike are told apart beside their intervals, and may break behind a comma",
          "[browser]") {
  const std::string start = "a beginning that all the variants have in common, ";
  const Page page("browser-names",
                  compare(synthetic::records({{"base", start + "one", start + "two"}, 3, 2, true}), {}));
  const auto shown = page.shown("");
  if (!shown) return;
  CHECK((*shown)["effects"][0]["label"] == Json{"a beginning that all the variants have in commo…", " one"});
  CHECK((*shown)["effects"][1]["label"] == Json{"a beginning that all the variants have in commo…", " two"});
  CHECK((*shown)["breaks"] == 2 * 2);  // two names, in two tables
}

TEST_CASE("another metric, split and scale draw other numbers of the same database", "[browser]") {
  const auto comparison = small_study();
  const Page page("browser-metric", comparison);
  const auto shown = page.shown("metric=log_loss&split=validation&scale=log&class-variant=2&class-metric=f1");
  if (!shown) return;
  const std::size_t log_loss = metric_place("log_loss");
  for (std::size_t v = 0; v < 3; ++v) {
    const auto& point = curve(comparison.variants[v], SplitName::validation).back();
    CHECK(drawn_last((*shown)["curves"][v]) == Approx(point.metrics[log_loss].mean).margin(1e-6));
  }
  CHECK((*shown)["classes"]["variant"] == "skip, wide");
  CHECK((*shown)["classes"]["values"] == Json{0.6, 0.9});
}

TEST_CASE("the grid of two factors holds the primary means of its variants, and every variant has a line",
          "[browser]") {
  const auto comparison = small_study();
  const Page page("browser-factors", comparison);
  const auto shown = page.shown("grid-rows=1&grid-columns=0");
  if (!shown) return;
  Json cells = Json::array();
  for (const auto& variant : comparison.variants) {
    const std::string name = variant.name + (variant.is_baseline ? " (baseline)" : "");
    cells.push_back({name, fmt::format("{:.4f}", primary(comparison, variant).mean)});
  }
  CHECK((*shown)["grid"] == cells);
  CHECK((*shown)["parallel"] == 3);
}

TEST_CASE("the comparison sorts by a column and back, and filters by words", "[browser]") {
  const auto comparison = small_study();
  const Page page("browser-sort", comparison);
  const std::string head =
      "press=%23comparison%20th:nth-child(5)%20button";  // test.accuracy, behind two factors and n
  const auto down = page.shown(head);
  if (!down) return;
  auto order = ranked(comparison, SplitName::test, comparison.primary.metric);
  std::vector<std::string> names;
  for (const auto* variant : order) names.push_back(variant->name);
  CHECK((*down)["rows"] == Json(names));
  CHECK((*down)["sort"][4] == "descending");
  std::reverse(names.begin(), names.end());
  CHECK((*page.shown(head + "&" + head))["rows"] == Json(names));
  CHECK((*page.shown("filter=wide%20proj"))["rows"] == Json::array());
  CHECK((*page.shown("filter=skip,"))["rows"] == Json{"skip, wide"});
}

TEST_CASE(
    "question, headline, every seed's dot, three bullets and the chips stand on a screen of 1280 by 800",
    "[browser]") {
  ReportOptions options;
  options.contrast = {.factor = "model.skip", .from = "none", .to = "projection"};
  auto records = synthetic::records({{"none 64", "skip 64", "none 128", "skip 128"}, 6, 6, true});
  const auto comparison = compare(records, options);
  const Page page("browser-screen", comparison);
  const auto shown = page.shown("");
  if (!shown) return;
  const Json& screen = (*shown)["screen"];
  CHECK((screen["width"] == 1280 && screen["height"].get<int>() <= 800));
  CHECK(screen["question"] == comparison.question);
  CHECK(screen["headline"] == headline(comparison));
  CHECK(screen["dots"] == 3 * 6);  // all settings and two widths, six seeds each
  CHECK(screen["bullets"] == 3);
  CHECK(screen["end"].get<int>() <= 800);
  CHECK(screen["plot"].get<int>() > 100);
  CHECK(screen["overflows"] == false);
}

TEST_CASE(
    "difference, p and cost of a grid's variants need no scrolling at 1280, and names do not repeat factors",
    "[browser]") {
  auto records = synthetic::records({{"a", "b", "c", "d"}, 6, 2, true});
  for (auto& variant : records.variants) {
    variant.factors.push_back({"training.learning_rate", std::string("warm_restarts")});
    variant.name = fmt::format("skip={},hidden={},learning_rate=warm_restarts",
                               to_string(variant.factors[0].value), to_string(variant.factors[1].value));
  }
  const auto comparison = compare(records, {});
  const Page page("browser-columns", comparison);
  const auto shown = page.shown("");
  if (!shown) return;
  const Json& columns = (*shown)["screen"]["columns"];
  for (const char* name : {"skip", "hidden", "learning_rate", "test.accuracy", "difference from the baseline",
                           "p", "parameters", "FLOPs/sample", "training s"}) {
    INFO(name << " of " << columns);
    CHECK(std::find(columns.begin(), columns.end(), Json(name)) != columns.end());
  }
  CHECK((*shown)["effects"][0]["label"] == Json{"projection, hidden 64"});
}

TEST_CASE(
    "the gallery's pictures load, say what each side said, and a ROC curve is drawn for the chosen class",
    "[browser]") {
  auto comparison = small_study();
  ImageViews views{"none", "projection", 4, 1, 0, {}, {}, {}, {}, {}};
  GalleryImage image{7, 1, {0, 3, {{0, 3}}}, {3, 3, {{1, 3}}}, SeenImage{2, 2, 1, {0, 255, 255, 0}}};
  views.to_better = {image};
  for (const std::size_t variant : {std::size_t{0}, std::size_t{1}}) {
    ConfidenceView view{variant, 3, std::vector<ConfidenceBin>(confidence_bins), {}};
    view.bins[14] = {90, 80, 85.0};
    view.true_positive_rates.assign(2, std::vector<double>(roc_grid.size(), 0.5));
    view.true_positive_rates[1].assign(roc_grid.size(), variant ? 0.75 : 0.25);
    views.confidences.push_back(view);
  }
  comparison.images = views;
  const Page page("browser-gallery", comparison);
  const auto shown = page.shown("");
  if (!shown) return;
  REQUIRE((*shown)["gallery"].size() == 1);
  CHECK((*shown)["gallery"][0]["picture"] == true);
  CHECK((*shown)["gallery"][0]["text"] == "1 (image 7)none: 0 ×3projection: 1 ×3");
  CHECK((*shown)["roc"]["label"] == "1");  // where the curves lie farthest apart
  CHECK((*shown)["roc"]["series"][1]["points"][0]["y"] == 0.75);
  CHECK((*page.shown("roc-class=0"))["roc"]["series"][0]["points"][3]["y"] == 0.5);
}

TEST_CASE("pages of poor and of large studies open without an error", "[browser]") {
  auto unfinished = synthetic::records();
  for (std::int64_t run = 1; run <= 6; ++run) synthetic::end(unfinished, run, RunStatus::failed, "x");
  auto no_baseline = synthetic::records();
  no_baseline.variants[0].is_baseline = false;
  auto no_numbers = synthetic::records();
  for (auto* rows : {&no_numbers.selected, &no_numbers.curves}) {
    for (auto& row : *rows) row.suite = MetricSuite{};
  }
  synthetic::Shape many;
  many.variants = {"</script><img src=x onerror=alert(1)>"};
  for (int i = 1; i < 2000; ++i) many.variants.push_back(fmt::format("variant {}", i));
  many.seeds = 1, many.epochs = 2;
  const StudyRecords poor[] = {unfinished, no_baseline, no_numbers,
                               synthetic::records({{"alone"}, 1, 1, false}), synthetic::records(many)};
  for (const StudyRecords& records : poor) {
    const Page page("browser-poor", compare(records, {}));
    if (!page.shown("press=[data-switch=all]")) return;
  }
}

TEST_CASE("an address that asks for what the page does not have shows it as it is at first", "[browser]") {
  const Page page("browser-address", small_study());
  const auto first = page.shown("");
  const auto asked = page.shown(
      "metric=zzz&split=%3Cscript%3E&scale=q&class-variant=17&class-metric=__proto__&grid-rows=99&on=999,-1,"
      "x");
  if (!first) return;
  for (const char* part : {"on", "metric", "split", "curves", "classes"})
    CHECK((*asked)[part] == (*first)[part]);
}
