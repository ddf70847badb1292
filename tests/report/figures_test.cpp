#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "draw/forest_svg.hpp"
#include "draw/gnuplot.hpp"
#include "draw/plot_svg.hpp"
#include "report/collect.hpp"
#include "report/figure.hpp"
#include "report/folder.hpp"
#include "report/render.hpp"
#include "report/section_of.hpp"
#include "report/shown.hpp"
#include "report/synthetic.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

Comparison study_of(std::size_t variants, int seeds = 2) {
  synthetic::Shape shape;
  shape.variants.clear();
  for (std::size_t i = 0; i < variants; ++i) shape.variants.push_back(fmt::format("v{}", i));
  shape.seeds = seeds;
  return compare(synthetic::records(shape), {});
}

std::vector<std::string> names(const std::vector<Figure>& figures) {
  std::vector<std::string> all;
  for (const auto& figure : figures) all.push_back(figure.plot.name);
  return all;
}

const Figure& named(const std::vector<Figure>& figures, const std::string& name) {
  for (const auto& figure : figures) {
    if (figure.plot.name == name) return figure;
  }
  throw std::out_of_range(name);
}

}  // namespace

TEST_CASE("each of a few variants has its seven panels") {
  const auto all = figures_of(study_of(2));
  CHECK(names(all) == std::vector<std::string>{"contrast", "pair_curves", "effects", "metrics-1-v0",
                                               "metrics-2-v1", "curves", "learning_rate"});
  CHECK(named(all, "metrics-1-v0").plot.panels.size() == 7);
  CHECK(named(all, "metrics-1-v0").data.rows.size() == 7 * 2 * 4);  // metrics, splits, epochs
}

TEST_CASE("of many variants the baseline and the one that validation chose have seven panels") {
  const auto comparison = study_of(9);
  const auto* best = best_by_validation(comparison);
  const auto all = names(figures_of(comparison));
  REQUIRE(all.size() == 6 + 6);  // with the curves of six contrasts
  CHECK(all[8] == "metrics-1-v0");
  CHECK_THAT(all[9], Catch::EndsWith(best->name));
}

TEST_CASE("at most eight curves are drawn, the baseline among them, and the caption says which") {
  const auto comparison = study_of(20);
  const auto drawn = drawn_variants(comparison);
  CHECK(drawn.size() == plot_styles);
  CHECK(drawn.front()->is_baseline);
  const auto all = figures_of(comparison);
  CHECK_THAT(named(all, "curves").caption, Contains("Of 20 variants, 8 are drawn"));
  CHECK(named(all, "curves").data.rows.size() == 20 * 2 * 4);  // the file has all: variants, splits, epochs
  CHECK(drawn_variants(study_of(8)).size() == 8);
}

TEST_CASE("a band is drawn over seeds and said to span them") {
  const auto several = figures_of(study_of(1, 3));
  CHECK_THAT(gnuplot_script(several.front().plot), Contains("filledcurves"));
  CHECK_THAT(several.front().caption,
             Contains("mean over 3 seeds; the band spans the lowest to the highest seed"));
  CHECK_THAT(figures_of(study_of(1, 1)).front().caption, Contains("of one seed"));
}

TEST_CASE("variants that share a schedule share a line, named by the factor that they alone share") {
  const auto figure = named(figures_of(study_of(4)), "learning_rate");
  REQUIRE(figure.plot.legend.size() == 2);
  CHECK(figure.plot.legend[0].label == "skip = none (2 variants)");
  CHECK(figure.plot.legend[1].label == "skip = projection (2 variants)");
}

TEST_CASE("without a finished run there is no figure") {
  auto records = synthetic::records();
  for (std::int64_t run = 1; run <= 6; ++run) synthetic::end(records, run, RunStatus::diverged);
  CHECK(figures_of(compare(records, {})).empty());
}

TEST_CASE("metrics that are NULL everywhere leave no empty panel") {
  auto records = synthetic::records();
  for (auto& row : records.curves) row.suite = MetricSuite{};
  CHECK(names(figures_of(compare(records, {}))) ==
        std::vector<std::string>{"contrast", "effects", "learning_rate"});
  for (auto& row : records.curves) row.suite.accuracy = 0.5;
  CHECK(named(figures_of(compare(records, {})), "metrics-1-no-skip").plot.panels.size() == 1);
}

TEST_CASE("a script is the same text for the same numbers, and approved names never reach its code") {
  synthetic::Shape shape;
  shape.variants = {"plain", "x'\nsystem(\"touch pwned\")\n#`touch pwned`"};
  const auto all = figures_of(compare(synthetic::records(shape), {}));
  const std::string script = gnuplot_script(named(all, "curves").plot);
  CHECK(script == gnuplot_script(named(all, "curves").plot));
  CHECK_THAT(script, Contains("'x'' system(\"touch pwned\") #`touch pwned`'"));
  CHECK_THAT(script, !Contains("\nsystem"));
}

TEST_CASE("pictures that fail alike are told of once") {
  const TestFolder folder("alike");
  synthetic::Shape shape;
  shape.variants = {"a", "b"};
  Rendering rendering;
  rendering.gnuplot = "false";
  const auto rendered =
      render_figures(figures_of(compare(synthetic::records(shape), {})), folder.path(), rendering);
  REQUIRE(rendered.warnings.size() == 1);
  CHECK_THAT(rendered.warnings[0], Contains("false could not draw ") && Contains(" more: exit code 1"));
}

TEST_CASE("a picture is there whole or not at all, and what an earlier death left is gone") {
  namespace fs = std::filesystem;
  const TestFolder folder("whole");
  const fs::path script = folder.path() / "a.gp", program = folder.path() / "half";
  write_file(script, "");
  write_file(program, "#!/bin/sh\necho half >a.svg\nkill -9 $$\n");
  fs::permissions(program, fs::perms::owner_all);
  write_file(folder.path() / "a.gp-abcdef/a.svg", "half");
  CHECK(draw(script, {"svg"}, program.string()).drawn == Drawn::failed);
  std::vector<std::string> left;
  for (const auto& entry : fs::directory_iterator(folder.path()))
    left.push_back(entry.path().filename().string());
  std::sort(left.begin(), left.end());
  CHECK(left == std::vector<std::string>{"a.gp", "half"});
  write_file(program, "#!/bin/sh\necho whole >a.svg\n");
  fs::permissions(program, fs::perms::owner_all);
  CHECK(draw(script, {"svg"}, program.string()).drawn == Drawn::yes);
  CHECK(read_file(folder.path() / "a.svg", 100) == "whole\n");
}

TEST_CASE("pictures drawn by one start of gnuplot have the bytes of those drawn one by one", "[pictures]") {
  const TestFolder folder("at-once");
  const auto all = figures_of(compare(synthetic::records({{"a", "b"}, 3, 6, true}), {}));
  for (const char* name : {"curves", "effects"}) {
    const auto script = folder.path() / fmt::format("{}.gp", name);
    write_file(script, script_of(named(all, name)));
    std::vector<std::string> alone;
    for (const std::string format : {"png", "svg", "pdf"}) {
      if (draw(script, {format}).drawn == Drawn::no_program) {
        WARN("gnuplot is not installed");
        return;
      }
      alone.push_back(read_file(std::filesystem::path(script).replace_extension(format), 1 << 24));
    }
    REQUIRE(draw(script, {"png", "svg", "pdf"}).drawn == Drawn::yes);
    for (const std::string format : {"png", "svg", "pdf"}) {
      const std::string again = read_file(std::filesystem::path(script).replace_extension(format), 1 << 24);
      CHECK(again == alone.front());
      alone.erase(alone.begin());
    }
  }
}

TEST_CASE("a program that is missing, fails or draws is told apart", "[pictures]") {
  const TestFolder folder("draw");
  write_file(folder.path() / "bad.gp", "plot nonsense(\n");
  CHECK(draw(folder.path() / "bad.gp", {"svg"}, "no-such-program-anywhere").drawn == Drawn::no_program);
  CHECK(draw(folder.path() / "bad.gp", {"svg"}, "false").message == "exit code 1");
  CHECK(draw(folder.path() / "bad.gp", {"svg"}, "true").drawn == Drawn::yes);
  write_file(folder.path() / "forever", "#!/bin/sh\nsleep 1000\n");
  std::filesystem::permissions(folder.path() / "forever", std::filesystem::perms::owner_all);
  const DrawResult slow = draw(folder.path() / "bad.gp", {"svg"}, (folder.path() / "forever").string(), 0.2);
  CHECK(slow.drawn == Drawn::too_slow);
  CHECK(slow.message == "it was stopped after 0.2 s");
  CHECK_FALSE(std::filesystem::exists(folder.path() / "bad.svg"));
  if (draw(folder.path() / "bad.gp", {"svg"}, "gnuplot").drawn == Drawn::no_program) {
    WARN("gnuplot is not installed");
    return;
  }
  const auto failed = draw(folder.path() / "bad.gp", {"svg"});
  CHECK(failed.drawn == Drawn::failed);
  CHECK_THAT(failed.message, Contains("bad.gp"));
}

TEST_CASE(
    "the curves of what is compared have a panel a setting, and below it the difference paired by seed") {
  ReportOptions options;
  options.contrast = {.factor = "model.skip", .from = "none", .to = "projection"};
  const auto comparison =
      compare(synthetic::records({{"none 64", "skip 64", "none 128", "skip 128"}, 3, 4, true}), options);
  const Figure figure = figure_of(comparison, "pair_curves");
  REQUIRE(figure.plot.panels.size() == 4);
  CHECK(figure.plot.panels[0].title == "hidden 64");
  CHECK(figure.plot.panels[2].title == "difference");
  const auto& from = comparison.variants[0].runs;
  const auto& to = comparison.variants[1].runs;
  double mean = 0.0;
  for (std::size_t s = 0; s < 3; ++s) mean += (to[s].curve[1].value - from[s].curve[1].value) / 3.0;
  CHECK(figure.plot.panels[2].lines.at(0).points.at(1).y == Approx(mean));
  CHECK(figure.data.rows.size() == 2 * 3 * 4);
  const std::string html = html_page(comparison);
  CHECK_THAT(html, Contains("class=\"multiples\"") && Contains(">hidden 128</text>"));
}

TEST_CASE("of a study of one epoch the curves are points, for a line of one point is not seen") {
  Plot plot;
  plot.panels.push_back({"panel", {{1, false, {{1, 0.5, 0.5, 0.5}}}}});
  CHECK_THAT(plot_svg(plot, "one epoch"),
             Contains("<circle class=\"point style1\"") && !Contains("<polyline"));
}

TEST_CASE("what lies beyond the vertical axis is cut off at the panel's edge and drawn nowhere else") {
  Plot plot;
  plot.settled_from = 2;
  plot.panels.push_back({"panel", {{0, false, {{1, 0.1, 0, 0}, {2, 0.5, 0, 0}, {3, 0.6, 0, 0}}}}});
  const std::string svg = plot_svg(plot, "cut");  // 0.1 to 0.02 lies 20 tics of 36 pixels below 0.5, at 230
  CHECK_THAT(svg, Contains("<svg x=\"56.0\" y=\"48.0\" width=\"352.0\" height=\"184.0\"") &&
                      Contains("points=\"58.0,950.0 232.0,230.0 406.0,50.0 \""));
}

TEST_CASE("a legend that is too wide for its picture takes another row") {
  Plot plot;
  plot.panels.push_back({"panel", {{0, false, {{1, 0.5, 0, 0}, {2, 0.6, 0, 0}}}}});
  plot.legend = {{0, "none"}, {1, "projection"}, {2, "projection minus none"}};
  const std::string narrow =
      plot_svg(plot, "narrow");  // 420 wide: 58 + 38 + 7.2 * 21 is too far after two others
  CHECK_THAT(narrow, Contains("viewBox=\"0 0 420 292\"") && Contains("x=\"96.0\" y=\"42.0\""));
  plot.columns = 3;
  CHECK_THAT(plot_svg(plot, "wide"), Contains(" 216\"") && !Contains("x=\"96.0\" y=\"42.0\""));
}

TEST_CASE("the longest note stands whole beside the plot") {
  Forest forest{"notes", "difference", {{"a", 0.01, 0.005, 0.015}}};
  forest.rows[0].note =
      "the same within the margin";  // 26 letters of 6.7 pixels, and 14 on both sides, of 840
  CHECK_THAT(gnuplot_script(forest), Contains("set rmargin at screen 0.75929") &&
                                         Contains("'the same within the margin' at screen 0.77595,"));
}

TEST_CASE("a second interval is drawn as whiskers, is told in the title and is within the axes") {
  Forest forest{"two", "difference", {{"a", 0.01, 0.005, 0.015}}, "on images like these"};
  CHECK_THAT(forest_svg(forest), !Contains("class=\"outer\""));
  forest.rows[0].outer_low = -0.03, forest.rows[0].outer_high = 0.05;
  CHECK_THAT(forest_svg(forest),
             Contains("class=\"outer\"") && Contains("; on images like these: −0.0300 to +0.0500</title>"));
  CHECK(forest.span().low == -0.03);
  CHECK(forest.span().high == 0.05);
  CHECK_THAT(gnuplot_script(forest), Contains("$outer << EOD\n0.01 -0.03 0.05 1\n"));
}

TEST_CASE("numbers at the ends of what a double holds are drawn at the axes' ends") {
  Forest forest{"extreme", "difference", {{"a", 1.7e308, -1.7e308, 1.7e308}, {"b", -1.7e308, -1.7e308, 0.0}}};
  forest.rows[0].dots = {1.7e308, -1.7e308};
  CHECK_THAT(forest_svg(forest), Contains("</svg>") && !Contains("inf") && !Contains("nan"));
  CHECK_THAT(gnuplot_script(forest), Contains("set xrange"));
  Plot plot;
  plot.panels.push_back({"panel", {{0, false, {{1, 1.7e308, 0, 0}, {2, -1.7e308, 0, 0}}}}});
  CHECK_THAT(gnuplot_script(plot), Contains("set yrange"));
  CHECK_THAT(plot_svg(plot, "extreme"), Contains("</svg>") && !Contains("inf"));
}

TEST_CASE("rows of the effects' figure are named by what differs, whole and unique, the best first") {
  auto records = synthetic::records({{"a", "b", "c", "d"}, 3, 1, true});
  for (auto& variant : records.variants) {
    variant.factors.push_back({"training.learning_rate", std::string("warm_restarts_of_ten_epochs")});
    variant.name = fmt::format("skip={},hidden={},learning_rate=warm_restarts_of_ten_epochs",
                               to_string(variant.factors[0].value), to_string(variant.factors[1].value));
  }
  const Figure figure = figure_of(compare(records, {}), "effects");
  REQUIRE(figure.forest->rows.size() == 3);
  std::set<std::string> labels;
  for (std::size_t i = 0; i < 3; ++i) {
    const ForestRow& row = figure.forest->rows[i];
    labels.insert(row.label);
    CHECK_THAT(gnuplot_script(*figure.forest),
               Contains("'" + row.label + "'") || Contains("\"" + row.label + "\""));
    if (i > 0) CHECK(figure.forest->rows[i - 1].mean >= row.mean);
  }
  CHECK(labels.size() == 3);
  CHECK(labels.contains("projection, hidden 128"));
}
