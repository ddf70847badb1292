#include "metrics/evaluator.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

using ablate::Evaluation;
using ablate::Evaluator;

namespace {

constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float no_number = std::numeric_limits<float>::quiet_NaN();

Evaluation evaluate(int classes, const std::vector<float>& logits, const std::vector<std::uint8_t>& truth) {
  Evaluator evaluator(classes);
  evaluator.add(logits, truth);
  return evaluator.finish();
}

std::vector<double> values(const ablate::MetricSuite& suite) {
  std::vector<double> all;
  for (const ablate::Metric& metric : ablate::metric_table()) all.push_back(suite.*metric.value);
  return all;
}

bool all_undefined(const ablate::MetricSuite& suite) {
  for (const double value : values(suite)) {
    if (!std::isnan(value)) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a confusion matrix worked out by hand gives its metrics") {
  // Three classes, one image per column; truth 0 0 1 1, predicted 0 1 1 1: class 2 is absent and never
  // predicted.
  const Evaluation e = evaluate(3, {2, 1, 0, 1, 2, 0, 0, 3, 1, 0, 2, 1}, {0, 0, 1, 1});
  CHECK(e.confusion == std::vector<std::uint32_t>{1, 1, 0, 0, 2, 0, 0, 0, 0});
  CHECK(e.suite.accuracy == 0.75);
  CHECK(e.suite.precision == Approx((1.0 + 2.0 / 3.0) / 3.0));
  CHECK(e.suite.recall == Approx(0.5));
  CHECK(e.suite.specificity == Approx((1.0 + 0.5 + 1.0) / 3.0));
  CHECK(e.suite.f1 == Approx((2.0 / 3.0 + 0.8) / 3.0));
  CHECK(e.suite.f1_of_means == Approx(2 * (5.0 / 9.0) * 0.5 / (5.0 / 9.0 + 0.5)));
  CHECK(e.suite.weighted_f1 == Approx((2.0 / 3.0 + 0.8) / 2.0));
  CHECK(e.suite.kappa == Approx(0.5));
  CHECK(e.suite.mcc == Approx(4.0 / std::sqrt(8.0 * 6.0)));
  CHECK(e.classes[2].support == 0);
  CHECK(e.classes[2].precision == 0.0);
  CHECK(std::isnan(e.classes[2].auc_roc));
}

TEST_CASE("log loss comes from the logits, not from a rounded probability") {
  // p(truth) = 1 / (1 + e^-30): as a float it is 1 and its logarithm 0.
  CHECK(evaluate(2, {30, 0}, {0}).suite.log_loss == Approx(std::log1p(std::exp(-30.0))).epsilon(1e-12));
  CHECK(evaluate(2, {0, 20}, {0}).suite.log_loss ==
        Approx(20.0 + std::log1p(std::exp(-20.0))).epsilon(1e-12));
}

TEST_CASE("log loss never exceeds that of a probability of 1e-15") {
  CHECK(evaluate(2, {0, 1000}, {0}).suite.log_loss == Approx(-std::log(1e-15)).epsilon(1e-12));
}

TEST_CASE("tied scores count half in the AUC") {
  CHECK(evaluate(2, {1, 1, 1, 1, 1, 1}, {0, 1, 1}).suite.auc_roc == 0.5);
  // Class 0's scores: positives at 0 and 1, negatives at 0 and -1, so it wins 3 of 4 pairs and ties the
  // fourth.
  CHECK(evaluate(2, {0, 0, 1, 0, 0, 0, -1, 0}, {0, 0, 1, 1}).classes[0].auc_roc == 0.875);
}

TEST_CASE("of equal logits the lower class number comes first") {
  const std::vector<float> equal{0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  const Evaluation e = evaluate(5, equal, {2, 3});
  CHECK(e.confusion[2 * 5 + 0] == 1);
  CHECK(e.confusion[3 * 5 + 0] == 1);
  CHECK(e.suite.top3_accuracy == 0.5);
}

TEST_CASE("a single class is always right, and what compares classes is undefined") {
  const Evaluation e = evaluate(1, {3, -7}, {0, 0});
  CHECK(e.suite.accuracy == 1.0);
  CHECK(e.suite.top3_accuracy == 1.0);
  CHECK(e.suite.f1 == 1.0);
  CHECK(e.suite.specificity == 0.0);
  CHECK(e.suite.log_loss == 0.0);
  CHECK(e.suite.brier == 0.0);
  CHECK(e.suite.ece == 0.0);
  CHECK(e.suite.mcc == 0.0);
  CHECK(std::isnan(e.suite.kappa));
  CHECK(std::isnan(e.suite.auc_roc));
}

TEST_CASE("the predicted class of every image is told in their order, split after split") {
  Evaluator evaluator(3);
  const std::vector<float> logits{2, 1, 0, 1, 2, 0, 0, 3, 4, 1, 1, 1};
  for (int split = 0; split < 2; ++split) {
    evaluator.add(std::span(logits).first(3), std::vector<std::uint8_t>{0});
    evaluator.add(std::span(logits).subspan(3), std::vector<std::uint8_t>{0, 1, 1});
    CHECK(evaluator.finish().predicted == std::vector<std::uint8_t>{0, 1, 2, 0});
  }
  CHECK(evaluate(2, {1, 0, 0, no_number}, {0, 1}).predicted.empty());
}

TEST_CASE("a logit that is not a number makes every metric not a number") {
  const Evaluation e = evaluate(2, {1, 0, 0, no_number, no_number, 1}, {0, 1, 1});
  CHECK(all_undefined(e.suite));
  CHECK(std::isnan(e.classes[0].precision));
  CHECK(e.classes[0].support == 1);
  CHECK(e.classes[1].support == 2);
  CHECK(e.confusion == std::vector<std::uint32_t>{1, 0, 0, 0});
}

TEST_CASE("an infinite logit counts as the largest finite one of its sign") {
  const Evaluation sure = evaluate(3, {inf, 0, 0, 0, inf, -inf}, {0, 1});
  CHECK(sure.suite.accuracy == 1.0);
  CHECK(sure.suite.log_loss < 1e-300);
  CHECK(sure.suite.brier == 0.0);
  const Evaluation even = evaluate(2, {-inf, -inf, inf, inf}, {0, 1});
  CHECK(even.suite.log_loss == Approx(std::log(2.0)));
  CHECK(even.suite.accuracy == 0.5);
  CHECK(evaluate(2, {-inf, inf}, {0}).suite.log_loss == Approx(-std::log(1e-15)));
}

TEST_CASE("of no images every metric is not a number") {
  const Evaluation e = Evaluator(3).finish();
  CHECK(all_undefined(e.suite));
  REQUIRE(e.classes.size() == 3);
  CHECK(e.classes[1].support == 0);
  CHECK(std::isnan(e.classes[1].recall));
  CHECK(e.confusion == std::vector<std::uint32_t>(9, 0));
}

TEST_CASE("an evaluator starts anew after each split") {
  Evaluator evaluator(2);
  evaluator.add(std::vector<float>{no_number, 0, 0, 1}, std::vector<std::uint8_t>{0, 1});
  evaluator.finish();
  const std::vector<float> logits{1, 0, 0, 2, 3, 0};
  const std::vector<std::uint8_t> truth{0, 1, 1};
  evaluator.add(logits, truth);
  const Evaluation again = evaluator.finish();
  CHECK(values(again.suite) == values(evaluate(2, logits, truth).suite));
  CHECK(again.confusion == std::vector<std::uint32_t>{1, 0, 1, 1});
}

TEST_CASE("the cut into blocks does not change a bit") {
  constexpr std::size_t images = 50, classes = 5;
  std::vector<float> logits(images * classes);
  std::vector<std::uint8_t> truth(images);
  for (std::size_t i = 0; i < logits.size(); ++i) logits[i] = static_cast<float>((i * 7919) % 101) / 16.0F;
  for (std::size_t i = 0; i < images; ++i) truth[i] = static_cast<std::uint8_t>(i * i % classes);
  Evaluator evaluator(classes);
  for (std::size_t first = 0, size = 1; first < images; first += size, size += 3) {
    const std::size_t count = std::min(size, images - first);
    evaluator.add(std::span(logits).subspan(first * classes, count * classes),
                  std::span(truth).subspan(first, count));
  }
  CHECK(values(evaluator.finish().suite) == values(evaluate(classes, logits, truth).suite));
}

TEST_CASE("labels beyond the classes and sizes that do not fit are refused, and nothing is added") {
  Evaluator evaluator(2);
  CHECK_THROWS_AS(evaluator.add(std::vector<float>{1, 0, 0, 1}, std::vector<std::uint8_t>{0, 2}),
                  std::invalid_argument);
  CHECK_THROWS_AS(evaluator.add(std::vector<float>{1, 0, 0}, std::vector<std::uint8_t>{0, 1}),
                  std::invalid_argument);
  CHECK(all_undefined(evaluator.finish().suite));
}

TEST_CASE("an evaluator has 1 to 256 classes") {
  CHECK_THROWS_AS(Evaluator(0), std::invalid_argument);
  CHECK_THROWS_AS(Evaluator(257), std::invalid_argument);
  std::vector<float> logits(256, 0.0F);
  logits[255] = 1.0F;
  CHECK(evaluate(256, logits, {255}).suite.accuracy == 1.0);
}
