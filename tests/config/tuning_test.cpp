#include "config/tuning.hpp"

#include <catch2/catch.hpp>

#include "config/study.hpp"
#include "config/study_head.hpp"
#include "config/study_support.hpp"
#include "config/variant_drafts.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

const std::string head =
    "study: s\ntraining: {learning_rate: {initial: 0.01}}\n"
    "variants: {baseline: {model.skip: none}, grid: {model.skip: [none, projection]}}\nseeds: 3\n";
const std::string tune =
    "tune: {training.learning_rate.initial: [0.01, 0.1], by: validation.accuracy, seeds: 2}\n";

}  // namespace

TEST_CASE(
    "the tuning study trains every variant with every value under seeds that the comparison does not use") {
  const Study study = study_of(head + tune);
  const Study tuning = tuning_study(study, metric_names_of_design);
  CHECK(tuning.name == "s (tuning)");
  CHECK(tuning.seeds == std::vector<std::uint64_t>{1'000'001, 1'000'002});
  CHECK(to_string(tuning.report.primary) == "validation.accuracy");
  REQUIRE(tuning.variants.size() == 4);
  CHECK(tuning.variants[1].name == "skip=none @ initial=0.1");
  CHECK(tuning.variants[1].config.training.learning_rate.initial == 0.1);
  CHECK(tuning.variants[2].name == "skip=projection @ initial=0.01");
  CHECK_FALSE(tuning.tune);
}

TEST_CASE("several settings are tried in every combination, the first slowest") {
  const Study study =
      study_of(head + "tune: {training.learning_rate.initial: [0.01, 0.1], training.batch_size: [8, 16]}\n");
  REQUIRE(study.tune->choices.size() == 4);
  CHECK(study.tune->choices[1].label == "initial=0.01,batch_size=16");
  CHECK(study.tune->seeds == 2);
  CHECK(to_string(study.tune->by) == "validation.log_loss");
}

TEST_CASE("what was tuned is in a variant's configuration and in its digest, and is not a factor") {
  const Study study = study_of(head + tune);
  const Study tuned = with_tuned(study, {{"skip=projection", 1}, {"skip=none", 0}}, metric_names_of_design);
  CHECK(tuned.variants[1].config.training.learning_rate.initial == 0.1);
  CHECK(tuned.variants[1].factors.size() == 1);
  CHECK(tuned.variants[1].sha256 != study.variants[1].sha256);
  CHECK(tuned.variants[0].sha256 == study.variants[0].sha256);  // it has that value anyway
  CHECK(tuned.plan_sha256 != study.plan_sha256);
  CHECK(tuned.yaml == study.yaml);
}

TEST_CASE("the whole file of a study that tunes or settles reads back as the same study") {
  for (const std::string& text :
       {head + tune, std::string("study: s\nvariants: {grid: {model.skip: [none, projection]}}\n"
                                 "seeds: {first: 6, step: 2, most: 9, until: settled}\n")}) {
    const Study study = study_of(text), again = study_of(study.yaml);
    CHECK(again.yaml == study.yaml);
    CHECK(again.plan_sha256 == study.plan_sha256);
    CHECK(again.until_settled == study.until_settled);
    CHECK(again.tune.has_value() == study.tune.has_value());
  }
}

TEST_CASE("seeds until settled begin with those of the first look") {
  const Study study = study_of("study: s\nseeds: {first: 6, step: 2, most: 9, until: settled}\n");
  CHECK(study.seeds == std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6});
  CHECK(study.until_settled == SeedsUntilSettled{6, 2, 9});
  CHECK(study_of("study: s\nseeds: {until: settled}\n").until_settled == SeedsUntilSettled{8, 4, 24});
  const Study later = with_seeds(study, 8, {{"default", 6}});
  CHECK(later.seeds.size() == 8);
  CHECK(later.plan_sha256 != study.plan_sha256);
  CHECK(with_seeds(study, 6, {}).plan_sha256 == study.plan_sha256);
}

TEST_CASE("seeds until settled and what is tuned are refused with the place and what would be right") {
  const auto [text, place, said] = GENERATE(table<std::string, std::string, std::string>(
      {{"seeds: {first: 8}\n", "2:8", "a mapping says until when seeds are added"},
       {"seeds: {first: 8, until: bored}\n", "2:26", "seeds.until: found 'bored', expected settled"},
       {"seeds: {first: 0, until: settled}\n", "2:16", "seeds.first: found '0'"},
       {"seeds: {first: 8, most: 4, until: settled}\n", "2:25", "seeds.most 4 is less than seeds.first 8"},
       {"seeds: {frist: 8, until: settled}\n", "2:9", "did you mean 'first'?"},
       {"seeds: {until: settled}\nstop_rules: {halving: {}}\ntraining: {epochs: 9}\n", "3:13",
        "until settled"},
       {"seeds: {until: settled}\ntrainer: {command: [x, \"{args}\"], settings: {lr: 0.1}, metrics: {test.loss: "
        "down}, paired: false}\nreport: {primary: test.loss}\n",
        "2:8", "trainer.paired is false"},
       {"tune: {by: validation.accuracy}\n", "2:7", "tune names no setting"},
       {"tune: {training.learning_rate.intial: [1, 2]}\n", "2:8",
        "did you mean 'training.learning_rate.initial'?"},
       {"tune: {training.epochs: 3}\n", "2:25", "a list of two values or more"},
       {"tune: {training.epochs: [3, many]}\n", "2:7", "tune: epochs=many: "},
       {"tune: {training.epochs: [3, 4], by: test.accuracy}\n", "2:37", "must look at validation"},
       {"tune: {training.epochs: [3, 4], by: validation.acuracy}\n", "2:37",
        "tune.by: found 'validation.acuracy', expected a known metric after the split"},
       {"tune: {training.epochs: [3, 4], by: accuracy}\n", "2:37",
        "tune.by: found 'accuracy', expected a split and a metric"},
       {"tune: {training.epochs: [3, 4], seeds: 0}\n", "2:40", "tune.seeds: found '0'"},
       {"tune: {report.confidence: [0.9, 0.95]}\n", "2:8", "it is one for all variants"},
       {"tune: {model.skip: [none, projection]}\nvariants: {grid: {model.skip: [none, projection]}}\n", "2:8",
        "compared or tuned, not both"},
       {"data: {validation: 0}\ntune: {training.epochs: [3, 4]}\n", "3:7", "data.validation is 0"}}));
  INFO(text);
  const std::string refused = refusal_of("study: s\n" + text);
  CHECK_THAT(refused, Contains(":" + place + ": "));
  CHECK_THAT(refused, Contains(said));
}

TEST_CASE("what the tuning study could not be is refused where the file says tune") {
  const std::string long_name(StudyLimits::name - 5, 'v'), long_study(longest_study_name - 5, 's');
  const std::string rates = "tune: {training.learning_rate.initial: [0.1, 0.2]}\n";
  const std::string same = "are the same configuration";
  const auto [text, said] = GENERATE_COPY(table<std::string, std::string>(
      {{"study: s\ntune: {training.learning_rate.initial: [0.1, 0.1]}\n", same},
       {"study: s\ntune: {training.learning_rate.initial: [0.1, 0.2, 0.10]}\n",
        "tune: 'default @ initial=0.1' and 'default @ initial=0.10' " + same},
       {"study: s\ntune: {training.optimizer: [adam, {type: adam}]}\n", same},
       {"study: s\ntune: {training.batch_size: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}\n"
        "variants: {random: {count: 101, space: {model.dropout: {uniform: [0, 0.5]}}}}\n",
        "tune trains 101 variants with 10 choices each, at most 1000 are possible"},
       {"study: s\n" + rates + "variants: {list: {" + long_name + ": {}}}\n",
        "@ initial=0.1' is longer than 200"},
       {"study: " + long_study + "\n" + rates, "(tuning)' is longer than 100 characters"}}));
  INFO(text);
  const std::string refused = refusal_of(text);
  CHECK_THAT(refused, Catch::StartsWith("s.yaml:2:7: ") && Contains(said));
}
