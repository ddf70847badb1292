#include "report/judged_images.hpp"

#include <cmath>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/answer_words.hpp"
#include "report/collect.hpp"
#include "report/inference_notes.hpp"
#include "report/synthetic.hpp"
#include "report/verdict.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

/// Variants 2 and up were judged by images of their own, those in `same` excepted.
StudyRecords on_own_images(const std::vector<std::vector<double>>& accuracies, std::int64_t same = 0) {
  StudyRecords study = synthetic::with_accuracies(accuracies);
  for (std::int64_t variant = 2; variant <= static_cast<std::int64_t>(accuracies.size()); ++variant) {
    if (variant == same) continue;
    DatasetRecord own = study.datasets.at(1);
    own.id = 10 + variant;
    own.sha256 = std::string(64, static_cast<char>('a' + variant));
    for (RunRecord& run : study.runs) {
      if (run.variant_id == variant) run.origin.test_dataset_id = own.id;
    }
    study.datasets.push_back(own);
  }
  return study;
}

const std::vector<double> low = {0.80, 0.81, 0.79, 0.80, 0.82, 0.80, 0.81, 0.79},
                          high = {0.90, 0.92, 0.91, 0.90, 0.93, 0.92, 0.93, 0.90};

}  // namespace

TEST_CASE("a report claims no difference of sides that were judged by different images") {
  const Comparison comparison = compare(on_own_images({low, high}), {});
  const AnsweredContrast& of = comparison.answer->contrasts.at(0);
  CHECK(of.other_images);
  CHECK(of.pooled.word == Word::cannot_say);
  CHECK(std::isnan(of.conclusion.pooled.member.p));
  CHECK_FALSE(of.conclusion.pooled.member.interval.has_width());
  CHECK_THAT(headline(comparison), Contains("annot say") && Contains("judged by different images"));
  CHECK_THAT(verdict(comparison),
             Contains("judged by different images (") && Contains(": glyphs, 4000 images, SHA-256 bbbb") &&
                 Contains(": glyphs, 4000 images, SHA-256 cccc") && !Contains("better:"));
  CHECK_FALSE(comparison.variants.at(1).difference);
  const std::string notes = fmt::format("{}", fmt::join(inference_notes(comparison), " "));
  CHECK_THAT(notes,
             Contains("it and the baseline were judged by different images: B.") && !Contains("two seeds"));
}

TEST_CASE("a report compares those sides alone that had the same images") {
  const Comparison comparison = compare(on_own_images({low, high, high}, 3), {});
  CHECK_FALSE(comparison.variants.at(1).difference);
  CHECK(comparison.variants.at(2).difference);
  std::size_t better = 0, silent = 0;
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    better += of.pooled.word == Word::better;
    silent += of.other_images;
  }
  CHECK(better == 1);
  CHECK(silent == 1);
}

TEST_CASE("images that change with the seed, alike on both sides, are the same images") {
  StudyRecords study = synthetic::with_accuracies({low, high});
  DatasetRecord other = study.datasets.at(1);
  other.id = 9, other.sha256 = std::string(64, 'c');
  study.datasets.push_back(other);
  for (RunRecord& run : study.runs) {
    if (run.seed > 4) run.origin.test_dataset_id = 9;
  }
  synthetic::end(study, 8, RunStatus::running);
  CHECK(compare(study, {}).answer->contrasts.at(0).pooled.word == Word::better);
}

TEST_CASE("variants on different images have no common ranks") {
  const std::vector<std::vector<double>> five = {low, high, high, low, high};
  StudyRecords same = synthetic::with_accuracies(five), own = on_own_images(five);
  for (StudyRecords* study : {&same, &own}) {
    for (VariantRecord& variant : study->variants) variant.factors.clear();
  }
  CHECK(compare(same, {}).ranks);
  CHECK_FALSE(compare(own, {}).ranks);
}

TEST_CASE("a main effect whose sides had different images is none") {
  const std::vector<std::vector<double>> four = {low, high, low, high};  // skip by hidden
  StudyRecords study = synthetic::with_accuracies(four);
  DatasetRecord own = study.datasets.at(1);
  own.id = 9, own.sha256 = std::string(64, 'c');
  study.datasets.push_back(own);
  for (RunRecord& run : study.runs) {
    if (run.variant_id % 2 == 0) run.origin.test_dataset_id = 9;
  }
  const Comparison comparison = compare(study, {});
  std::vector<std::string> reasons;
  for (const FactorialEffect& effect : comparison.factor_analysis.value().main)
    reasons.emplace_back(effect.reason);
  CHECK(reasons == std::vector<std::string>{"the sides were judged by different images", ""});
}
