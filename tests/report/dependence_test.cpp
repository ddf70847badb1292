// Rows that are means over factors on which the effect depends.
#include <catch2/catch.hpp>

#include "report/asked.hpp"
#include "report/paper.hpp"
#include "report/said_words.hpp"
#include "report/section_of.hpp"
#include "report/synthetic.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

/// Skip, width and schedule crossed; `effects` of the skip by width, then schedule.
StudyRecords crossed(const std::vector<double>& effects) {
  std::vector<std::vector<double>> accuracies;
  for (const double effect : effects) {
    std::vector<double> base, with;
    for (int seed = 0; seed < 8; ++seed) {
      base.push_back(0.8 + 0.001 * (seed * 5 % 8));
      with.push_back(base.back() + effect + 0.0001 * (seed * 3 % 8));
    }
    accuracies.insert(accuracies.end(), {base, with});
  }
  StudyRecords records = synthetic::with_accuracies(accuracies);
  for (std::size_t v = 0; v < records.variants.size(); ++v) {
    records.variants[v].factors = {{"skip", std::string(v % 2 ? "projection" : "none")},
                                   {"width", std::int64_t{v / 2 < effects.size() / 2 ? 64 : 128}},
                                   {"rate", std::string(v / 2 % (effects.size() / 2) ? "step" : "constant")}};
  }
  return records;
}

const ContrastSettings by_both{
    .factor = "skip", .from = "none", .to = "projection", .by = {"width", "rate"}, .margin = 0.005};

std::vector<std::string> said(const Table& table) {
  std::vector<std::string> texts;
  for (const auto& row : table.rows) texts.push_back(to_string(row.back()));
  return texts;
}

}  // namespace

TEST_CASE("a mean over a factor that turns the effect is not told as the same, wherever it stands") {
  const auto comparison = asked(crossed({.02, -.02, .03, -.03}), by_both);
  CHECK(headline(comparison) ==
        "skip projection against none, by rate: better at constant; worse at step (it depends).");
  const std::string turned = "not stated: depends on rate";
  CHECK(said(page_table(comparison, "contrasts")) ==
        std::vector<std::string>{turned, turned, turned, "better", "worse"});
  const PaperTable paper = section_of(comparison, "contrasts").papers.at(0);
  CHECK(paper.rows.at(1).back().text == turned);
  const auto rows = figure_of(comparison, "contrast").forest->rows;
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].note == "depends on rate");
  const Table file = file_table(comparison, "contrasts");
  const auto column = [&](std::string_view name) {
    for (std::size_t c = 0; c < file.columns.size(); ++c) {
      if (file.columns[c].name == name) return to_string(file.rows.at(1)[c]);
    }
    return std::string("no such column");
  };
  CHECK(column("said") == "not stated");
  CHECK(column("depends_on") == "rate");
}

TEST_CASE("a mean over a factor that changes the effect's size alone is told, with what it depends on") {
  const auto comparison = asked(crossed({.02, .04, -.02, -.04}), by_both);
  CHECK(headline(comparison) ==
        "skip projection against none, by width: better at 64; worse at 128 (it depends).");
  const auto agreed = asked(crossed({.01, .02, .03, .06}), by_both);
  CHECK(headline(agreed) == "skip projection against none: better at every width, by differing amounts.");
  CHECK(said(page_table(agreed, "contrasts"))[1] == "better (how much depends on rate)");
  CHECK_THAT(bullets(agreed), Contains("better (how much depends on rate)"));
  CHECK(figure_of(agreed, "contrast").forest->rows[0].note == "better, on average");
}

TEST_CASE("an effect that every factor turns is told in each setting alone") {
  const auto comparison = asked(crossed({.05, -.02, -.03, .01}), by_both);
  CHECK(headline(comparison) ==
        "skip projection against none: depends on width and rate; each setting is reported below.");
}

TEST_CASE(
    "a mean over a factor that turns the effect is no answer where nobody asked by that factor either") {
  ContrastSettings by_width = by_both;
  by_width.by = {"width"};
  const auto turned = asked(crossed({.02, -.0205, .03, -.0305}), by_width);
  const std::string text = "not stated: may depend on rate";
  CHECK(said(page_table(turned, "contrasts")) == std::vector<std::string>{text, text, text});
  CHECK(headline(turned) ==
        "skip projection against none: may depend on rate; each setting is reported below.");
  CHECK_THAT(bullets(turned), Contains("over all settings +0.00010 (") && Contains(text));
  const auto same = asked(crossed({.001, .001, .001, .001}), by_width);
  CHECK(said(page_table(same, "contrasts"))[0] == "better, but by less than the margin");
}
