#include "metrics/evaluator.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "metrics/confusion.hpp"

namespace ablate {

namespace {

constexpr double largest_loss = 34.538776394910684;  // -ln 1e-15
constexpr std::int32_t most_classes = 256;

std::size_t checked(int classes) {
  if (classes < 1 || classes > most_classes) {
    throw std::invalid_argument(
        fmt::format("an evaluator of {} classes: 1 to {} are possible", classes, most_classes));
  }
  return static_cast<std::size_t>(classes);
}

void check_block(std::size_t logits, std::span<const std::uint8_t> truth, std::size_t classes) {
  if (logits != classes * truth.size()) {
    throw std::invalid_argument(
        fmt::format("{} logits do not fit {} images of {} classes", logits, truth.size(), classes));
  }
  const auto wrong =
      std::find_if(truth.begin(), truth.end(), [classes](std::uint8_t t) { return t >= classes; });
  if (wrong != truth.end()) {
    throw std::invalid_argument(fmt::format("label {} of image {} of a block is none of {} classes", *wrong,
                                            wrong - truth.begin(), classes));
  }
}

// Images a class, whether or not they could be predicted.
void set_support(std::span<const std::uint8_t> truth, std::span<ClassMetrics> classes) {
  for (ClassMetrics& of_class : classes) of_class.support = 0;
  for (const std::uint8_t label : truth) ++classes[label].support;
}

std::vector<ClassMetrics> undefined_classes(std::size_t classes) {
  constexpr double none = MetricSuite::none;
  return std::vector<ClassMetrics>(classes, ClassMetrics{none, none, none, none, none, 0});
}

double mean_area(std::span<const ClassMetrics> classes) {
  double sum = 0.0, count = 0.0;
  for (const ClassMetrics& of_class : classes) {
    if (std::isnan(of_class.auc_roc)) continue;
    sum += of_class.auc_roc;
    count += 1.0;
  }
  return sum / count;
}

}  // namespace

Evaluator::Evaluator(int classes, const compute::Kernels& kernels)
    : classes_(checked(classes)),
      tile_(classes_, kernels),
      confusion_(classes_ * classes_),
      own_scores_(classes_) {}

void Evaluator::add(std::span<const float> logits, std::span<const std::uint8_t> truth) {
  check_block(logits.size(), truth, classes_);
  truth_.insert(truth_.end(), truth.begin(), truth.end());
  for (std::size_t i = 0; i < truth.size();) {
    const float* const image = logits.data() + i * classes_;
    if (tile_.images() == 0 && (truth.size() - i) * classes_ >= tile_images * classes_ + tile_.overhang()) {
      tile_.lend(image, &truth[i]);
      i += tile_images;
    } else {
      tile_.push(image, truth[i++]);
    }
    if (tile_.full()) take_tile();
  }
}

// The tile's images are the next of truth_, and begin at a multiple of tile_images.
void Evaluator::take_tile() {
  if (probabilities_.size() <= taken_ / run) probabilities_.emplace_back(classes_ * stride);
  tile_.score(place(taken_, 0), stride);
  for (std::size_t lane = 0; lane < tile_.images(); ++lane, ++taken_) take_image(lane);
  tile_.clear();
}

void Evaluator::take_image(std::size_t lane) {
  const compute::Scores& scores = tile_.scores();
  if (scores.undefined[lane] != 0) {
    ++sums_.undefined;
    return;
  }
  const auto truth = static_cast<std::size_t>(tile_.truth(lane));
  const auto predicted = static_cast<std::size_t>(scores.predicted[lane]);
  ++confusion_[truth * classes_ + predicted];
  predicted_.push_back(static_cast<std::uint8_t>(predicted));
  sums_.log_loss += std::min(scores.surprise[lane], largest_loss);
  sums_.squared_error += scores.squared_error[lane];
  sums_.in_top3 += scores.rank_of_truth[lane] < 3;
  own_scores_[truth].push_back(std::exchange(*place(taken_, truth), RocArea::left_out));
  add_image(sums_.bins, static_cast<double>(scores.confidence[lane]), truth == predicted);
}

double Evaluator::area(std::size_t of_class) {
  area_.begin(own_scores_[of_class]);
  for (std::size_t first = 0; first < truth_.size(); first += run) {
    area_.add({place(first, of_class), std::min(run, truth_.size() - first)});
  }
  return area_.area(truth_.size() - own_scores_[of_class].size());
}

void Evaluator::add_probability_metrics(Evaluation& evaluation) {
  const auto images = static_cast<double>(truth_.size());
  MetricSuite& suite = evaluation.suite;
  suite.top3_accuracy = static_cast<double>(sums_.in_top3) / images;
  suite.log_loss = sums_.log_loss / images;
  suite.brier = sums_.squared_error / images;
  double gap = 0.0;
  for (const ConfidenceBin& bin : sums_.bins)
    gap += std::abs(bin.confidence - static_cast<double>(bin.right));
  suite.ece = gap / images;
  for (std::size_t c = 0; c < classes_; ++c) evaluation.classes[c].auc_roc = area(c);
  suite.auc_roc = mean_area(evaluation.classes);
}

Evaluation Evaluator::finish() {
  if (tile_.images() > 0) take_tile();
  Evaluation evaluation;
  evaluation.confusion = confusion_;
  if (truth_.empty() || sums_.undefined > 0) {
    evaluation.classes = undefined_classes(classes_);
  } else {
    evaluation.classes = class_metrics(confusion_, classes_);
    add_confusion_metrics(confusion_, evaluation.classes, evaluation.suite);
    add_probability_metrics(evaluation);
    evaluation.predicted = predicted_;
  }
  set_support(truth_, evaluation.classes);
  truth_.clear();
  predicted_.clear();
  taken_ = 0;
  for (std::vector<float>& scores : own_scores_) scores.clear();
  std::fill(confusion_.begin(), confusion_.end(), 0U);
  sums_ = {};
  return evaluation;
}

}  // namespace ablate
