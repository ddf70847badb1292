#include "report/over_images.hpp"

#include <cmath>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "report/asked.hpp"
#include "report/collect.hpp"
#include "report/fairness.hpp"
#include "report/image_words.hpp"
#include "report/section_of.hpp"
#include "report/sections/list.hpp"
#include "store/looks.hpp"
#include "store/store.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

constexpr std::size_t images = 40;

/// Which images a run gets right: all but those of its own that a rule picks.
std::vector<std::uint8_t> predicted(bool skip, std::int64_t seed) {
  std::vector<std::uint8_t> classes(images);
  for (std::size_t i = 0; i < images; ++i) {
    const auto s = static_cast<std::size_t>(seed);
    const bool wrong = (i * 7 + s * 3) % 11 < (skip ? 2U : 4U) || (i % 9 == 0 && s % 2 == 0);
    classes[i] = static_cast<std::uint8_t>((i % 2 + (wrong ? 1 : 0)) % 2);
  }
  return classes;
}

struct Study {
  Folder folder;
  std::filesystem::path file = folder / "a.db";

  /// `crossed`: with and without skip, on images of data.seed 1 and on those of data.seed 2.
  explicit Study(std::size_t seeds = 4, bool crossed = false) {
    Store store(file);
    std::vector<VariantRecord> variants = {variant_named("none"), variant_named("skip")};
    variants[0].is_baseline = true;
    for (VariantRecord& variant : variants) {
      variant.factors = {{"model.skip", variant.name}};
      variant.parameters = 10;
    }
    if (crossed) {
      for (const char* skip : {"none", "skip"})
        variants.emplace_back(variant_named(std::string(skip) + " 2")).factors = {
            {"model.skip", std::string(skip)}};
      for (std::size_t i = 0; i < 4; ++i)
        variants[i].factors.push_back({"data.seed", std::int64_t{i < 2 ? 1 : 2}});
    }
    std::vector<std::int64_t> all;
    for (std::size_t s = 1; s <= seeds; ++s) all.push_back(static_cast<std::int64_t>(s));
    const auto id = store.plan(study_named("s"), variants, all);
    std::vector<std::uint8_t> truth(images);
    for (std::size_t i = 0; i < images; ++i) truth[i] = static_cast<std::uint8_t>(i % 2);
    Store::Provenance provenance;
    provenance.machine_id = store.add_machine({});
    provenance.train_dataset_id = store.add_dataset({.name = "d", .split = "train", .sha256 = "1"});
    provenance.test_dataset_id = store.add_dataset(
        {.name = "d", .split = "test", .sha256 = "2", .images = images, .classes = 2, .labels = truth});
    const std::int64_t other = store.add_dataset(
        {.name = "d", .split = "test", .sha256 = "3", .images = images, .classes = 2, .labels = truth});
    while (const auto run = claim(store, id)) {
      Store::Provenance own = provenance;
      if (run->variant.ends_with(" 2")) own.test_dataset_id = other;
      store.set_provenance(run->id, own);
      const auto classes = predicted(run->variant.starts_with("skip"), run->seed);
      double right = 0.0;
      for (std::size_t i = 0; i < images; ++i) right += classes[i] == truth[i] ? 1.0 : 0.0;
      store.add_epoch(run->id, epoch_of(1, right / static_cast<double>(images)), 60.0);
      Outcome outcome;
      outcome.at_selected.test.emplace().predicted = classes;
      store.finish(run->id, outcome);
    }
  }

  Comparison comparison(const ReportOptions& options = {}) const {
    return collect(Reader(file), "s", options);
  }
};

/// Whether the effect plot draws a second interval.
bool has_whiskers(const Comparison& comparison) {
  const Section section = contrasts_section(comparison);
  const ForestRow& row = section.figures.at(0).forest->rows.at(0);
  return row.outer_low == row.outer_low;
}

/// d of a seed at each image.
std::vector<double> differences(std::int64_t seed) {
  std::vector<double> d;
  const auto none = predicted(false, seed), skip = predicted(true, seed);
  for (std::size_t i = 0; i < images; ++i) d.push_back(double(skip[i] == i % 2) - double(none[i] == i % 2));
  return d;
}

}  // namespace

TEST_CASE("a report has the difference on these images and on images like these, from the kept predictions") {
  const Study study;
  const Comparison comparison = study.comparison();
  const TwoLevels& levels = comparison.answer->contrasts.at(0).pooled_images;
  REQUIRE(levels.reason.empty());
  CHECK(levels.seeds == 4);
  CHECK(levels.images == images);
  CHECK(levels.mean ==
        Approx(comparison.answer->contrasts[0].conclusion.pooled.member.summary.mean).epsilon(1e-12));
  // The formula written out: mean squares of the 4 x 40 table.
  double mean = 0.0, squares = 0.0, of_seeds = 0.0, of_images = 0.0;
  for (int seed = 1; seed <= 4; ++seed) {
    for (const double d : differences(seed)) mean += d / (4.0 * images);
  }
  for (int seed = 1; seed <= 4; ++seed) {
    double row = 0.0;
    for (const double d : differences(seed)) row += d / images, squares += (d - mean) * (d - mean);
    of_seeds += images * (row - mean) * (row - mean);
  }
  for (std::size_t i = 0; i < images; ++i) {
    double column = 0.0;
    for (int seed = 1; seed <= 4; ++seed) column += differences(seed)[i] / 4.0;
    of_images += 4.0 * (column - mean) * (column - mean);
  }
  const double v1 = of_seeds / 3.0 / 160.0, v2 = of_images / 39.0 / 160.0,
               v3 = (squares - of_seeds - of_images) / (3.0 * 39.0) / 160.0;
  CHECK(levels.variance == Approx(std::max(v1, v3) + v2 - v3).epsilon(1e-9));
  // The formula has far more degrees of freedom than four seeds, but more chance is no surer.
  const Interval& seeds = comparison.answer->contrasts[0].conclusion.pooled.member.interval;
  CHECK(levels.on_images_like_these.low <= seeds.low);
  CHECK(levels.on_images_like_these.high >= seeds.high);
  const auto section = contrasts_section(comparison);
  CHECK(section.tables.at(0).table.columns.at(3).name == "on images like these");
  CHECK_THAT(fmt::format("{}", section.notes.at(2)),
             Contains("The training sample is one and fixed in both"));
}

TEST_CASE("after an unplanned look no interval over images is told: it holds for one look") {
  const Study study;
  REQUIRE(has_whiskers(study.comparison()));
  REQUIRE(record_look(study.file, 1, {"", "report", "test.accuracy", 3, 6, 2, ""}).empty());
  const Comparison comparison = study.comparison();
  REQUIRE(comparison.answer->looks.by_e_value);
  CHECK_THAT(std::string(comparison.answer->contrasts.at(0).pooled_images.reason),
             Contains("was looked at before"));
  CHECK_FALSE(has_whiskers(comparison));
}

TEST_CASE("what has no second level of chance says why") {
  const Study study;
  ReportOptions loss;
  loss.primary = "test.log_loss";
  const auto reason = [](const Comparison& comparison) {
    return std::string(comparison.answer->contrasts.at(0).pooled_images.reason);
  };
  CHECK(reason(study.comparison(loss)) == "known for test.accuracy alone");
  CHECK_THAT(contrasts_section(study.comparison(loss)).notes.at(2),
             Contains("on these test images alone") && Contains("known for test.accuracy alone"));
  CHECK_THAT(reason(Study(2).comparison()), Contains("too few seeds"));
  execute(study.file, "DELETE FROM prediction WHERE run_id > 4");
  CHECK_THAT(reason(study.comparison()), Contains("too few seeds"));
  execute(study.file, "DELETE FROM truth");
  CHECK_THAT(reason(study.comparison()), Contains("labels are not in the file"));
}

TEST_CASE("a row whose settings have images of their own has its interval, the mean over them the reason") {
  ReportOptions asked;
  asked.contrast.factor = "model.skip";
  const Comparison comparison = Study(4, true).comparison(asked);
  const AnsweredContrast& of = comparison.answer->contrasts.at(0);
  CHECK(std::string(of.pooled_images.reason) == "its runs were tested on different images");
  REQUIRE(of.level_images.size() == 2);
  for (const TwoLevels& level : of.level_images) {
    CHECK(std::string(level.reason).empty());
    CHECK(level.seeds == 4);
  }
  CHECK_FALSE(of.other_images);
  asked.contrast.factor = "data.seed";
  const Comparison data = Study(4, true).comparison(asked);
  CHECK(data.answer->contrasts.at(0).other_images);
  CHECK_THAT(weaknesses(data), Contains("the sides were judged by different images"));
}

TEST_CASE("a claim that does not reach to other images is told as weakened") {
  Comparison comparison = Study(6).comparison();
  AnsweredContrast& of = comparison.answer->contrasts.at(0);
  const auto weak = [&] { return weaknesses(comparison); };
  of.conclusion.pooled.member.interval = {0.001, 0.01};
  of.pooled.word = Word::better;
  of.pooled_images.on_images_like_these = {0.002, 0.009};
  CHECK_THAT(weak(), !Contains("other images"));
  of.pooled_images.on_images_like_these = {-0.001, 0.012};
  CHECK_THAT(weak(), Contains("on other images of this kind there may be no difference: " + of.name));
}

TEST_CASE("a difference within the margin that may leave it on other images is told as weakened") {
  Comparison comparison = Study(6).comparison();
  AnsweredContrast& of = comparison.answer->contrasts.at(0);
  const std::string beyond =
      "on other images of this kind the difference may be beyond the margin: " + of.name;
  const auto check = [&](Word word, const Interval& images, bool zero, bool margin) {
    of.pooled.word = word, of.pooled_images.on_images_like_these = images;
    CHECK((weaknesses(comparison).find("there may be no difference") != std::string::npos) == zero);
    CHECK((weaknesses(comparison).find(beyond) != std::string::npos) == margin);
  };
  comparison.answer->margin = 0.003;
  check(Word::same, {-0.0009, 0.0029}, false, false);
  check(Word::same, {-0.0009, 0.0031}, false, true);
  check(Word::better_within, {0.0001, 0.0031}, false, true);
  check(Word::worse_within, {-0.0031, 0.0001}, true, true);
  check(Word::better, {0.0001, 0.0031}, false, false);
}

TEST_CASE(
    "that the training sample is one and fixed is said where nothing changes it, and the program drew it") {
  auto records = synthetic::with_accuracies({six, changed({.02, .03, .01, .02, .03, .02})});
  CHECK(is_training_sample_fixed(asked(records)));
  for (auto& variant : records.variants) variant.factors.front().key = "data.train_images";
  CHECK_FALSE(is_training_sample_fixed(asked(records)));
  auto script = synthetic::with_accuracies({six, changed({.02, .03, .01, .02, .03, .02})});
  for (auto& variant : script.variants) variant.parameters = 0;
  CHECK_FALSE(is_training_sample_fixed(asked(script)));
}
