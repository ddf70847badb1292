#include <catch2/catch.hpp>

#include "runner/sweep_support.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

Study keeping(const std::string& what) {
  return parse_study(fmt::format(R"(study: small
data: {{validation: 0.25}}
model: {{hidden: [4]}}
training: {{epochs: 2, batch_size: 8, keep_weights: {}}}
variants:
  baseline: {{model.hidden: [4]}}
  grid: {{model.hidden: [[4], [5], [6], [200]]}}
seeds: 2
)",
                                 what),
                     "small.yaml", {}, metric_names());
}

std::vector<std::string> variants_with_weights(const fs::path& file) {
  return ask(
      file,
      "SELECT DISTINCT variant.name FROM model JOIN run ON run.id = model.run_id JOIN variant ON variant.id = "
      "run.variant_id ORDER BY variant.position");
}

}  // namespace

TEST_CASE(
    "of a finished study the weights of the baseline and the best variant stay where no others are asked for") {
  const TemporaryFolder folder;
  Silent listener;
  sweep(keeping("best"), folder / "best.db", listener);
  CHECK(variants_with_weights(folder / "best.db").size() == 4);
  keep_best_weights(keeping("best"), folder / "best.db");
  sweep(keeping("true"), folder / "all.db", listener);
  const auto best =
      ask(folder / "best.db",
          "SELECT variant.name FROM run JOIN variant ON variant.id = run.variant_id JOIN run_metric AS m ON "
          "m.run_id = run.id AND m.split = 'validation' GROUP BY 1 ORDER BY avg(m.accuracy) DESC, position");
  const auto kept = variants_with_weights(folder / "best.db");
  CHECK(variants_with_weights(folder / "all.db").size() == 4);
  CHECK(kept.size() == (best[0] == "hidden=4" ? 1 : 2));
  CHECK(kept.front() == "hidden=4");
  CHECK(kept.back() == best[0]);
  CHECK(ask(folder / "best.db", "SELECT count(*) FROM results") == std::vector<std::string>{"8"});
}

TEST_CASE("weights go only when the last run is done, and not those that were asked for") {
  const TemporaryFolder folder;
  Silent listener;
  listener.epochs_until_stop = 7;  // within the fourth run
  sweep(keeping("best"), folder / "a.db", listener);
  keep_best_weights(keeping("best"), folder / "a.db");
  CHECK(variants_with_weights(folder / "a.db").size() == 4);
  listener.epochs_until_stop = -1;
  sweep(keeping("best"), folder / "a.db", listener);
  keep_best_weights(keeping("best"), folder / "a.db");
  CHECK(variants_with_weights(folder / "a.db").size() <= 2);
  sweep(keeping("false"), folder / "none.db", listener);
  CHECK(variants_with_weights(folder / "none.db").empty());
}

TEST_CASE("true and false of keep_weights are the words that they were before there was a third") {
  CHECK(keeping("true").variants[0].config.training.keep_weights == KeepWeights::all);
  CHECK(keeping("false").variants[0].config.training.keep_weights == KeepWeights::none);
  for (const char* written : {"true", "True", "TRUE"}) {
    const Study study = keeping(written);
    CHECK(study.variants[0].config.training.keep_weights == KeepWeights::all);
    CHECK(study.variants[0].yaml.find("keep_weights: true\n") != std::string::npos);
  }
  CHECK(keeping("False").variants[0].config.training.keep_weights == KeepWeights::none);
  const auto varied = [](const char* values) {
    return parse_study(fmt::format("study: s\nvariants: {{grid: {{training.keep_weights: {}}}}}\n", values),
                       "s.yaml", {}, metric_names());
  };
  CHECK(varied("[True, FALSE]").yaml == varied("[true, false]").yaml);
  CHECK_THROWS_WITH(keeping("'True'"), Catch::Contains("one of true, best, false"));
}
