#include "report/answer.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "report/answer_words.hpp"
#include "report/asked.hpp"
#include "report/collect.hpp"
#include "report/fairness.hpp"
#include "report/section_of.hpp"
#include "report/synthetic.hpp"
#include "report/verdict.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

Word word_of(const Comparison& comparison) { return comparison.answer->contrasts.at(0).pooled.word; }

std::size_t words_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

/// Skip and width crossed: the gain of the skip by width, one value per seed.
StudyRecords crossed(const std::vector<double>& narrow, const std::vector<double>& wide) {
  return synthetic::with_accuracies({six, changed(narrow), six, changed(wide)});
}

}  // namespace

TEST_CASE("a headline says what is better, by how much, and rests on the interval that is printed") {
  const auto comparison = asked(synthetic::with_accuracies({six, changed({.02, .03, .01, .02, .03, .02})}));
  CHECK(headline(comparison) ==
        "skip: projection is better than none: +0.0217 in test.accuracy over 6 seeds.");
  CHECK_THAT(
      bullets(comparison),
      Contains(
          "Effect (6 seeds, 95% interval): skip: none → projection +0.0217 (+0.0100 to +0.0300) better."));
  CHECK_THAT(bullets(comparison), Contains("Price of projection instead of none: parameters +7.7%"));
  CHECK(comparison.answer->contrasts.at(0).conclusion.pooled.member.p == 2.0 / 64);
}

TEST_CASE("the five words follow the interval and the margin, in the metric's direction") {
  const auto word = [](const std::vector<double>& by, double margin) {
    return word_of(asked(synthetic::with_accuracies({six, changed(by)}), {.margin = margin}));
  };
  CHECK(word({.02, .03, .01, .02, .03, .02}, 0.0) == Word::better);
  CHECK(word({-.02, -.03, -.01, -.02, -.03, -.02}, 0.0) == Word::worse);
  CHECK(word({.02, .03, .01, .02, .03, .02}, 0.05) == Word::better_within);
  CHECK(word({-.02, -.03, -.01, -.02, -.03, -.02}, 0.05) == Word::worse_within);
  CHECK(word({.01, -.01, .01, -.01, .01, -.01}, 0.05) == Word::same);
  CHECK(word({.01, -.01, .01, -.01, .01, -.01}, 0.0) == Word::cannot_say);
  auto lower = synthetic::with_accuracies({six, changed({.02, .03, .01, .02, .03, .02})});
  for (auto& row : lower.selected) row.suite.log_loss = 1.0 - row.suite.accuracy;
  ReportOptions options;
  options.primary = "test.log_loss";
  CHECK(word_of(compare(lower, options)) == Word::better);
}

TEST_CASE("six differences of which one is slightly below 0 are told with their interval, not as no effect") {
  const auto comparison =
      asked(synthetic::with_accuracies({six, changed({.01, .01, .01, .01, .01, -.0005})}));
  const auto& effect = comparison.answer->contrasts.at(0).conclusion.pooled;
  CHECK(effect.member.summary.mean == Approx(0.00825));
  CHECK(effect.member.interval.low == Approx(-0.0005));
  CHECK(word_of(comparison) == Word::cannot_say);
  CHECK_THAT(headline(comparison), Contains("cannot say whether projection is better or worse than none"));
  CHECK_THAT(verdict(comparison), !Contains("No effect"));
}

TEST_CASE("a side that diverged under half of the other's seeds is not called better") {
  auto records = synthetic::with_accuracies({std::vector<double>(12, 0.8), std::vector<double>(12, 0.9)});
  for (auto& row : records.selected) row.suite.accuracy += 0.001 * static_cast<double>(row.run_id % 5);
  for (std::int64_t run = 19; run <= 24; ++run) synthetic::end(records, run, RunStatus::diverged);
  const auto comparison = asked(records);
  const Said& said = comparison.answer->contrasts.at(0).pooled;
  CHECK(comparison.answer->contrasts.at(0).conclusion.pooled.word == Word::better);
  CHECK(said.word == Word::cannot_say);
  CHECK((said.outcomes.wins == 6 && said.outcomes.losses == 6 && said.outcomes.p == 1.0));
  CHECK(
      headline(comparison) ==
      "skip: 12 seeds cannot say whether projection is better or worse than none: projection diverged under 6 of them.");
  CHECK(said_text(comparison, comparison.answer->contrasts[0], said) == "cannot say: runs diverged");
  CHECK_THAT(
      bullets(comparison),
      Contains(
          "diverged: B in 6 of 12 runs, so neither side is called better over the seeds that both finished"));
}

TEST_CASE("an effect that turns with a factor is told level by level, and its mean is not") {
  const auto comparison =
      asked(crossed({.021, .022, .023, .024, .025, .026}, {-.021, -.022, -.023, -.024, -.025, -.026}),
            {.factor = "model.skip", .from = "none", .to = "projection"});
  const AnsweredContrast& of = comparison.answer->contrasts.at(0);
  CHECK_FALSE(of.conclusion.pooled.is_told);
  CHECK(headline(comparison) ==
        "skip projection against none, by hidden: better at 64; worse at 128 (it depends).");
  CHECK_THAT(bullets(comparison), Contains("hidden 64 +0.0235") && Contains("hidden 128 −0.0235") &&
                                      Contains("It depends on hidden") && !Contains("all settings"));
  const Table table = page_table(comparison, "contrasts");
  CHECK(to_string(table.rows.at(0).back()) == "not stated: depends on hidden");
}

TEST_CASE("an effect that falls and rises again with a numeric factor is told level by level") {
  std::vector<double> up, down;
  for (int seed = 0; seed < 8; ++seed)
    up.push_back(0.812 + 0.0001 * seed), down.push_back(0.790 - 0.0001 * seed);
  const std::vector<double> base(8, 0.8);
  const auto comparison = asked(synthetic::with_accuracies({base, up, base, down, base, up}),
                                {.factor = "model.skip", .from = "none", .to = "projection"});
  CHECK(headline(comparison) ==
        "skip projection against none, by hidden: better at 64 and 256; worse at 128 (it depends).");
  CHECK_THAT(bullets(comparison), Contains("It depends on hidden (p 0."));
  CHECK_THAT(section_of(comparison, "contrasts").notes.back(), Contains("Intervals lie on both sides of 0"));
}

TEST_CASE("what so few seeds cannot find of a dependence is said") {
  // Two levels, five seeds: 1 / 16 is more than 0.05.
  const std::vector<double> five(5, 0.8), better = {.81, .82, .83, .82, .81};
  const auto few = synthetic::with_accuracies({five, better, five, better});
  const ContrastSettings question{.factor = "model.skip", .from = "none", .to = "projection"};
  CHECK_THAT(bullets(asked(few, question)),
             Contains("5 seeds cannot show whether it depends on hidden (no p below 0.0625)"));
  CHECK_THAT(
      bullets(asked(crossed({.02, .03, .01, .02, .03, .02}, {.02, .03, .01, .02, .03, .02}), question)),
      !Contains("cannot show whether"));
}

TEST_CASE("a difference of a hundred-thousandth has the digits that its interval needs") {
  const auto comparison =
      asked(synthetic::with_accuracies({six, changed({.00001, .000011, .000012, .00001, .000009, .00001})}));
  CHECK_THAT(headline(comparison), Contains("+0.0000103") && !Contains("+0.0000 "));
  CHECK_THAT(to_string(page_table(comparison, "comparison").rows.at(1).at(5)), Contains("+0.0000103"));
}

TEST_CASE("no headline is longer than 25 words, whatever the factors are called") {
  const std::string longest = "a name of a factor that somebody wrote out in full to be very clear about it";
  ReportOptions options;
  options.factors = {{"model.skip", longest, {{"projection", longest + " 1"}, {"none", longest + " 2"}}},
                     {"model.hidden", longest, {{"64", longest + " 3"}, {"128", longest + " 4"}}}};
  options.contrast = {.factor = "model.skip", .from = "none", .to = "projection"};
  const std::vector<double> up = {.021, .022, .023, .024, .025, .026},
                            mixed = {.01, -.01, .01, -.01, .01, -.01};
  std::vector<double> down, further;
  for (const double value : up) down.push_back(-value), further.push_back(3 * value);
  const auto check = [&](const StudyRecords& records) {
    const std::string text = headline(compare(records, options));
    CAPTURE(text);
    CHECK(words_of(text) <= most_headline_words);
  };
  for (const auto& effect : {up, down, mixed}) check(synthetic::with_accuracies({six, changed(effect)}));
  for (const auto& wide : {up, down, further, mixed}) {
    StudyRecords records = crossed(up, wide);
    check(records);
    records.looks = {{"2026-11-26T10:00:00.000Z", "report", "test.accuracy", 4, 16, 4, ""}};
    check(records);
  }
  options.contrast = {};
  check(synthetic::with_accuracies({six, changed(up), changed(down), changed(mixed), changed(further)}));
}

TEST_CASE("of several levels those whose effect turns with another factor are told apart") {
  const std::vector<double> base = {.80, .81, .79, .80, .82, .80, .81, .80}, by = {1, 2, 3, 4, 5, 6, 7, 8};
  const auto plus = [&](double effect) {
    std::vector<double> values = base;
    for (std::size_t i = 0; i < by.size(); ++i) values[i] += effect + 0.0001 * by[i];
    return values;
  };
  // hidden 64, 128 and 256, each without and with the skip
  const auto records = synthetic::with_accuracies({base, base, plus(.02), plus(.06), plus(.03), plus(.03)});
  const auto comparison = asked(records, {.factor = "model.hidden", .from = "64"});
  REQUIRE(comparison.answer->contrasts.size() == 2);
  CHECK_FALSE(comparison.answer->contrasts[0].conclusion.pooled.is_told);
  CHECK(
      headline(comparison) ==
      "hidden against 64, in test.accuracy: better: 256; the effect of 128 depends on skip (better at every level).");
}

TEST_CASE("where the words rest on e-values nothing is said to depend") {
  StudyRecords records =
      crossed({.021, .022, .023, .024, .025, .026}, {-.021, -.022, -.023, -.024, -.025, -.026});
  records.looks = {{"2026-11-26T10:00:00.000Z", "report", "test.accuracy", 4, 16, 4, ""}};
  const auto comparison = asked(records, {.factor = "model.skip", .from = "none", .to = "projection"});
  CHECK_FALSE(comparison.answer->contrasts.at(0).conclusion.pooled.is_told);
  CHECK_THAT(headline(comparison), !Contains("depends"));
  CHECK(to_string(page_table(comparison, "contrasts").rows.at(0).back()) ==
        "not stated: may depend on hidden");
}

TEST_CASE("what only ever changes together is one factor with a joint label, and shares add up") {
  auto records = synthetic::with_accuracies({six, changed({.02, .03, .01, .02, .03, .02}),
                                             changed({.01, .01, .02, .01, .01, .02}),
                                             changed({.03, .04, .02, .03, .04, .02})});
  const char* optimizers[] = {"sgd", "adam", "sgd", "adam"};
  for (std::size_t i = 0; i < 4; ++i) {
    const bool adam = std::string(optimizers[i]) == "adam";
    records.variants[i].factors.push_back({"training.optimizer.type", std::string(optimizers[i])});
    records.variants[i].factors.push_back({"training.learning_rate.initial", adam ? 0.001 : 0.01});
    records.variants[i].factors.erase(records.variants[i].factors.begin());  // the skip, which they replace
  }
  const auto comparison = compare(records, {});
  const auto factors = joint_factors(comparison);
  REQUIRE(factors.size() == 2);
  CHECK(joint_name(comparison, factors[1]) == "type + initial");
  CHECK(joint_label(comparison, factors[1], 1) == "adam + 0.001");
  const Table shares = page_table(comparison, "variance");
  CHECK(to_string(shares.rows.at(1).at(0)) == "type + initial");
  double total = 0.0;
  for (const auto& row : file_table(comparison, "variance").rows) {
    if (const auto* share = std::get_if<double>(&row.at(3))) total += *share;
  }
  CHECK(total == Approx(1.0));
}

TEST_CASE("each change of a one-at-a-time study is a contrast of one family") {
  const auto comparison = asked(synthetic::with_accuracies(
      {six, changed({.02, .03, .01, .02, .03, .02}), changed({-.02, -.03, -.01, -.02, -.03, -.02})}));
  REQUIRE(comparison.answer->contrasts.size() == 2);
  CHECK(comparison.answer->contrasts[1].name == "hidden: 64 → 128");
  CHECK(comparison.answer->contrasts[0].conclusion.family_size == 2);
  CHECK(headline(comparison) ==
        "Against the baseline, in test.accuracy: better: skip projection; worse: hidden 128.");
}

TEST_CASE("a declared factor of a one-at-a-time study is asked about from the level of its bare baseline") {
  auto records = synthetic::with_accuracies(
      {six, changed({.02, .03, .01, .02, .03, .02}), changed({-.02, -.03, -.01, -.02, -.03, -.02})});
  records.variants[0].factors.clear();
  records.variants[1].factors = {{"model.skip", "projection"}};
  records.variants[2].factors = {{"model.hidden", 128}};
  const auto comparison = asked(records, {.factor = "model.hidden"});
  REQUIRE(comparison.answer);
  CHECK_FALSE(comparison.answer->is_unanswered);
  REQUIRE(comparison.answer->contrasts.size() == 1);
  CHECK(comparison.answer->contrasts[0].name == "hidden: unchanged → 128");
  CHECK(comparison.answer->contrasts[0].conclusion.pooled.word == Word::worse);
}

TEST_CASE("a metric and a baseline that were chosen afterwards are called so") {
  auto records = synthetic::with_accuracies({six, changed({.02, .03, .01, .02, .03, .02})});
  ReportOptions options;
  options.afterthoughts = {"test.accuracy"};
  CHECK_THAT(bullets(compare(records, options)),
             Contains("test.accuracy was chosen afterwards, uncorrected"));
  records.variants[0].is_baseline = false;
  CHECK_THAT(
      headline(compare(records, {})),
      Contains("No variant is named as the baseline, so no difference is claimed. Chosen by validation: "));
  auto blind = records;
  for (auto* rows : {&blind.selected, &blind.curves})
    std::erase_if(*rows, [](const auto& row) { return row.split == SplitName::validation; });
  CHECK_THAT(headline(compare(blind, {})),
             Contains("None of the 2 variants is chosen: no run has a validation value."));
  options.baseline = "A";
  CHECK_THAT(headline(compare(records, options)), Contains("projection is better than none"));
  CHECK_THAT(bullets(compare(records, options)), Contains("the baseline A was chosen afterwards"));
  options.baseline = "a";
  CHECK_THROWS_WITH(compare(records, options), Contains("no variant 'a'") && Contains("did you mean 'A'?"));
}

TEST_CASE("what was chosen once runs were done is said, with how many were") {
  auto records = synthetic::with_accuracies({six, changed({.02, .03, .01, .02, .03, .02})});
  records.choices = {"primary chosen after 4 of 12 runs were done: test.accuracy (before: test.f1)"};
  const auto comparison = asked(records);
  CHECK_THAT(bullets(comparison), Contains("primary chosen after 4 of 12 runs were done: test.accuracy"));
  CHECK_THAT(section_of(comparison, "fairness").notes.at(0), Contains("Chosen afterwards"));
}

TEST_CASE("runs whose best epoch is their last, and a rate that nothing varies, weaken the answer") {
  const auto comparison = asked(synthetic::with_accuracies({six, changed({.02, .03, .01, .02, .03, .02})}));
  CHECK_THAT(bullets(comparison),
             Contains("still improving: 2 of 2 variants (the best epoch was the last in 12 of 12 runs)") &&
                 Contains("the learning rate was not tuned for either side"));
  for (const Warning& warning : fairness_warnings(comparison))
    CHECK(warning.rule.find(':') != std::string::npos);
}

TEST_CASE("runs of which every third epoch is drawn are still improving, and their difference still grows") {
  auto records = synthetic::records({{"A", "B"}, 6, 60, true});
  for (auto& row : records.selected)
    row.suite.accuracy = row.run_id > 6 ? 0.82 + 0.001 * static_cast<double>(row.run_id) : 0.8;
  std::erase_if(records.curves, [](const auto& row) { return (row.epoch - 1) % 3 != 0; });
  for (auto& row : records.curves) {
    const double slope =
        0.001 + (row.run_id > 6 ? 0.002 : 0.0) + 0.00001 * static_cast<double>(row.run_id % 5);
    row.suite.accuracy = 0.5 + slope * row.epoch;
  }
  CHECK_THAT(weaknesses(asked(records)),
             Contains("still improving: 2 of 2 variants (the best epoch was the last in 12 of 12 runs)"));
  for (auto& run : records.runs) run.best_epoch = 1;
  CHECK_THAT(weaknesses(asked(records)), Contains("still improving: 2 of 2 variants;") &&
                                             Contains("was still growing by 0.002 per epoch"));
}

TEST_CASE("a calibration error stands beside the one that chance gives a perfect network") {
  auto records = synthetic::with_accuracies({six, changed({.02, .03, .01, .02, .03, .02})});
  for (auto& row : records.selected) row.suite.ece = 1.0 - row.suite.accuracy;
  ReportOptions options;
  options.primary = "test.ece";
  CHECK_THAT(
      bullets(compare(records, options)),
      Contains("a perfectly calibrated network would show an ece of up to about 0.019 on 4000 images"));
}

TEST_CASE("the first figure has every seed as a dot, and the files have every seed's difference") {
  const auto comparison = asked(synthetic::with_accuracies({six, changed({.02, .03, .01, .02, .03, .02})}));
  const Figure figure = figure_of(comparison, "contrast");
  REQUIRE(figure.forest->rows.size() == 1);
  CHECK(figure.forest->rows[0].dots.size() == 6);
  CHECK(figure.forest->rows[0].note == "better");
  CHECK_THAT(html_page(comparison), Contains("class=\"dot\"") && Contains("<h2 id=\"answer-title\""));
  const Table seeds = file_table(comparison, "contrast_seeds");
  REQUIRE(seeds.rows.size() == 6);
  CHECK(std::get<double>(seeds.rows[1].back()) == Approx(0.03));
}

TEST_CASE(
    "of many contrasts the figure draws forty rows, no heading without one, and says how many there are") {
  std::vector<std::vector<double>> accuracies = {six};
  for (int i = 0; i < 45; ++i) accuracies.push_back(changed({.02, .03, .01, .02, .03, .02}));
  auto records = synthetic::with_accuracies(accuracies);
  for (auto& variant : records.variants) variant.factors.clear();
  const Figure figure = figure_of(asked(records), "contrast");
  CHECK(figure.forest->rows.size() == 40);
  CHECK_THAT(figure.caption, Contains("40 of 45 rows are drawn."));
  // 22 changes, each at two widths: a heading and three rows.
  for (std::size_t v = 0; v < records.variants.size(); ++v)
    records.variants[v].factors = {{"model.skip", fmt::format("s{}", v / 2)},
                                   {"model.hidden", std::int64_t{v % 2 ? 128 : 64}}};
  const Figure headed = figure_of(asked(records, {.factor = "model.skip"}), "contrast");
  CHECK(std::count_if(headed.forest->rows.begin(), headed.forest->rows.end(),
                      [](const ForestRow& row) { return !row.heading; }) == 40);
  CHECK_FALSE(headed.forest->rows.back().heading);
}

TEST_CASE("the first figure has the interval over images beside that over seeds, and its caption says so") {
  auto comparison = asked(synthetic::with_accuracies({six, changed({.02, .03, .01, .02, .03, .02})}));
  CHECK_FALSE(has_outer(figure_of(comparison, "contrast").forest->rows[0]));
  TwoLevels& images = comparison.answer->contrasts[0].pooled_images;
  images.on_images_like_these = {0.001, 0.04}, images.reason = {};
  const Figure figure = figure_of(comparison, "contrast");
  CHECK(figure.forest->rows[0].outer_low == 0.001);
  CHECK(figure.forest->rows[0].outer_high == 0.04);
  CHECK_THAT(figure.caption, Contains("Whiskers: the interval on images like these."));
}
