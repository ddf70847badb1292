#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "cli/says.hpp"
#include "support/shared_folder.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// Two studies in one file whose scripts report the same numbers of test.score: 10 gain + seed + epoch. In `rises` more is
/// better, in `falls` less.
struct Disagreeing {
  Disagreeing() {
    fill_shared(folder, "directions_test", [this] { train(); });
  }
  void train() const {
    folder.write("train.sh", R"(for e in 1 2 3; do
  echo "{\"epoch\": $e, \"validation.score\": $((10 * $1 + ABLATE_SEED + e)), \"test.score\": $((10 * $1 + ABLATE_SEED + e))}" >> "$ABLATE_METRICS"
done
)");
    for (const std::string study : {"rises", "falls"}) {
      const char* way = study == "rises" ? "up" : "down";
      folder.write(
          study + ".yaml",
          fmt::format("study: {0}\nquestion: Which gain?\ntrainer:\n  command: [sh, train.sh, \"{{gain}}\"]\n"
                      "  settings: {{gain: 1}}\n  epochs: 3\n"
                      "  metrics: {{test.score: {1}, validation.score: {1}}}\n"
                      "variants: {{baseline: {{gain: 1}}, grid: {{gain: [1, 2]}}}}\nseeds: 6\n"
                      "report: {{primary: test.score}}\n",
                      study, way));
      ablate_says({"run", (folder / (study + ".yaml")).string(), "--db", database(), "--out",
                   (folder / study).string(), "-j", "1", "--quiet"});
    }
  }
  std::string database() const { return (folder / "a.db").string(); }
  test::Said says(std::vector<std::string> words) const {
    words.insert(words.end(), {"--db", database()});
    return ablate_says(words);
  }
  std::string csv(std::vector<std::string> words) const {
    words.insert(words.end(), {"--format", "csv"});
    return says(words).out;
  }
  TemporaryFolder folder;
};

const Disagreeing& both() {
  static const Disagreeing once;
  return once;
}

}  // namespace

TEST_CASE("of two studies that disagree on a metric's direction each sorts and has its best by its own") {
  CHECK(both().csv({"runs", "rises", "--sort", "test.score", "--limit", "1", "--columns",
                    "seed,best(test.score)"}) == "seed,best(test.score)\n6,29\n");
  CHECK(both().csv({"runs", "falls", "--sort", "test.score", "--limit", "1", "--columns",
                    "seed,best(test.score)"}) == "seed,best(test.score)\n1,12\n");
  const test::Said across = both().says({"runs", "--columns", "best(test.score)"});
  CHECK(across.code == exit_wrong_request);
  CHECK_THAT(across.err,
             Contains("in no direction, or in both") && Contains("max(test.score) or min(test.score)"));
}

TEST_CASE("of two studies that disagree on a metric's direction each is compared and reported by its own") {
  CHECK_THAT(both().says({"compare", "rises/gain=1", "rises/gain=2"}).out,
             Contains("gain=2 is better than gain=1"));
  CHECK_THAT(both().says({"compare", "falls/gain=1", "falls/gain=2"}).out,
             Contains("gain=2 is worse than gain=1"));
  CHECK_THAT(read_file(both().folder / "rises/report.md", 1 << 20), Contains("2 is better than 1: +10.00"));
  CHECK_THAT(read_file(both().folder / "falls/report.md", 1 << 20), Contains("2 is worse than 1: +10.00"));
}

TEST_CASE("of two studies that disagree on a metric's direction a query judges each by its own") {
  const std::string best = both().csv({"query", "best_per_study"});
  INFO(best);
  CHECK_THAT(best, Contains("rises,gain=2") && Contains("falls,gain=1"));
  CHECK_THAT(both().csv({"query", "SELECT study, max(test_score) FROM tidy GROUP BY study ORDER BY study"}),
             Contains("falls,29\nrises,29\n"));
}
