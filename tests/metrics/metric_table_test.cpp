#include "metrics/metric_table.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "support/source_folder.hpp"

namespace {

const std::filesystem::path page = ablate::test::source_folder() / "framework/metrics/README.md";
constexpr std::string_view opening = "<!-- metrics: written by the tests with ABLATE_UPDATE=1 -->\n";
constexpr std::string_view closing = "<!-- end of metrics -->";

std::string rendered_table() {
  std::string text = "| metric | better | definition |\n|---|---|---|\n";
  for (const ablate::Metric& metric : ablate::metric_table()) {
    text += fmt::format("| `{}` | {} | {} |\n", metric.name,
                        metric.better == ablate::Better::up ? "up" : "down", metric.definition);
  }
  return text;
}

std::string read_page() {
  std::ifstream file(page);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("the reference page holds the table of the code") {
  std::string text = read_page();
  const std::size_t begin = text.find(opening) + opening.size();
  const std::size_t end = text.find(closing);
  REQUIRE(text.find(opening) != std::string::npos);
  REQUIRE(end != std::string::npos);
  if (std::getenv("ABLATE_UPDATE") != nullptr) {
    text.replace(begin, end - begin, rendered_table());
    std::ofstream(page) << text;
    return;
  }
  INFO("run the tests with ABLATE_UPDATE=1 to rewrite framework/metrics/README.md");
  CHECK(text.substr(begin, end - begin) == rendered_table());
}

TEST_CASE("every value of the suite stands in the table once") {
  const auto names = ablate::metric_names();
  CHECK(names.size() == sizeof(ablate::MetricSuite) / sizeof(double));
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
  ablate::MetricSuite suite;
  for (const ablate::Metric& metric : ablate::metric_table()) suite.*metric.value = 1.0;
  for (const double value : {suite.accuracy, suite.top3_accuracy, suite.precision, suite.recall,
                             suite.specificity, suite.f1, suite.f1_of_means, suite.log_loss, suite.auc_roc,
                             suite.weighted_f1, suite.mcc, suite.kappa, suite.brier, suite.ece}) {
    CHECK(value == 1.0);
  }
}

TEST_CASE("a metric is found by its name") {
  CHECK(ablate::find_metric("kappa").value == &ablate::MetricSuite::kappa);
  CHECK(ablate::find_metric("brier").better == ablate::Better::down);
}

TEST_CASE("a misspelt metric is answered with the nearest one") {
  CHECK_THROWS_WITH(ablate::find_metric("acuracy"),
                    Catch::Contains("acuracy") && Catch::Contains("'accuracy'"));
  CHECK_THROWS_AS(ablate::find_metric("test.accuracy"), ablate::RequestError);
}
