#include "metrics/confusion.hpp"

#include <cmath>

namespace ablate {

namespace {

double ratio(double part, double whole) { return whole == 0.0 ? 0.0 : part / whole; }

struct Margins {
  std::vector<double> truth, predicted;  ///< images a class
  double images = 0.0, right = 0.0;
};

Margins margins(std::span<const std::uint32_t> confusion, std::size_t classes) {
  Margins sums{std::vector<double>(classes), std::vector<double>(classes)};
  for (std::size_t t = 0; t < classes; ++t) {
    for (std::size_t p = 0; p < classes; ++p) {
      const double count = confusion[t * classes + p];
      sums.truth[t] += count;
      sums.predicted[p] += count;
    }
    sums.images += sums.truth[t];
    sums.right += confusion[t * classes + t];
  }
  return sums;
}

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// Gorodkin (2004), as covariances over n^2: of truth and prediction, over the root of the two variances.
double matthews(const Margins& sums) {
  const double square = sums.images * sums.images;
  const double covariance = sums.right * sums.images - dot(sums.truth, sums.predicted);
  const double of_truth = square - dot(sums.truth, sums.truth);
  const double of_predicted = square - dot(sums.predicted, sums.predicted);
  return ratio(covariance, std::sqrt(of_truth) * std::sqrt(of_predicted));
}

// (observed - chance) / (1 - chance), both sides times n^2: whole numbers up to the division, and 0/0 not a
// number.
double kappa(const Margins& sums) {
  const double chance = dot(sums.truth, sums.predicted);
  return (sums.right * sums.images - chance) / (sums.images * sums.images - chance);
}

}  // namespace

std::vector<ClassMetrics> class_metrics(std::span<const std::uint32_t> confusion, std::size_t classes) {
  const Margins sums = margins(confusion, classes);
  std::vector<ClassMetrics> result;
  result.reserve(classes);
  for (std::size_t c = 0; c < classes; ++c) {
    const double hits = confusion[c * classes + c];
    const double others = sums.images - sums.truth[c];
    const double false_alarms = sums.predicted[c] - hits;
    result.push_back({.precision = ratio(hits, sums.predicted[c]),
                      .recall = ratio(hits, sums.truth[c]),
                      .f1 = ratio(2.0 * hits, sums.truth[c] + sums.predicted[c]),
                      .specificity = ratio(others - false_alarms, others),
                      .auc_roc = MetricSuite::none,
                      .support = static_cast<std::size_t>(sums.truth[c])});
  }
  return result;
}

void add_confusion_metrics(std::span<const std::uint32_t> confusion, std::span<const ClassMetrics> of_classes,
                           MetricSuite& suite) {
  const Margins sums = margins(confusion, of_classes.size());
  double precision = 0.0, recall = 0.0, specificity = 0.0, f1 = 0.0, weighted_f1 = 0.0;
  for (const ClassMetrics& of_class : of_classes) {
    precision += of_class.precision;
    recall += of_class.recall;
    specificity += of_class.specificity;
    f1 += of_class.f1;
    weighted_f1 += of_class.f1 * static_cast<double>(of_class.support);
  }
  const auto classes = static_cast<double>(of_classes.size());
  suite.accuracy = sums.right / sums.images;
  suite.precision = precision / classes;
  suite.recall = recall / classes;
  suite.specificity = specificity / classes;
  suite.f1 = f1 / classes;
  suite.f1_of_means = ratio(2.0 * suite.precision * suite.recall, suite.precision + suite.recall);
  suite.weighted_f1 = weighted_f1 / sums.images;
  suite.mcc = matthews(sums);
  suite.kappa = kappa(sums);
}

}  // namespace ablate
