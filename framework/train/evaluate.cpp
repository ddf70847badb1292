#include "train/evaluate.hpp"

#include <algorithm>

#include "base/time.hpp"

namespace ablate {

SplitEvaluator::SplitEvaluator(const Dataset& dataset)
    : dataset_(dataset), evaluator_(static_cast<int>(dataset.classes.size())), labels_(block) {}

Evaluation SplitEvaluator::evaluate(Network& network, const Subset& subset) {
  for (std::size_t first = 0; first < subset.size(); first += block) {
    const auto which = std::span(subset).subspan(first, std::min(block, subset.size() - first));
    const auto labels = std::span(labels_).first(which.size());
    images_.read(dataset_.pixels.span(), dataset_.pixels_per_image(), which);
    gather_labels(dataset_, which, labels);
    const std::span<const float> logits = network.logits(images_);
    const Stopwatch watch;
    evaluator_.add(logits, labels);
    metric_seconds_ += watch.seconds();
  }
  const Stopwatch watch;
  Evaluation evaluation = evaluator_.finish();
  metric_seconds_ += watch.seconds();
  return evaluation;
}

}  // namespace ablate
