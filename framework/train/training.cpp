#include "train/training.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "compute/dispatch.hpp"

namespace ablate {
namespace {

/// The loss writes where the label says. Readers of files refuse such a label; a data set made by code may
/// hold one.
const Dataset& with_labels_in_range(const Dataset& dataset) {
  const auto labels = dataset.labels.span();
  const auto largest = std::max_element(labels.begin(), labels.end());
  if (largest == labels.end() || *largest < dataset.classes.size()) return dataset;
  throw std::invalid_argument(fmt::format("label {} of image {} is none of the {} classes of {}", *largest,
                                          largest - labels.begin(), dataset.classes.size(), dataset.name));
}

/// All of train, or a sample of it by the stream (seed, "evaluate_train"), in the data set's order.
Subset to_evaluate(const Subset& train, const TrainEvaluation& settings, std::uint64_t seed) {
  const auto count = static_cast<std::size_t>(settings.count);
  if (settings.kind != TrainEvaluationKind::sample || count >= train.size()) return train;
  Subset sample = train;
  Stream stream(seed, "evaluate_train");
  shuffle(std::span(sample), stream);
  sample.resize(count);
  std::sort(sample.begin(), sample.end());
  return sample;
}

bool evaluates_train(const TrainingSettings& settings, int epoch) {
  switch (settings.evaluate_train.kind) {
    case TrainEvaluationKind::never:
      return false;
    case TrainEvaluationKind::every:
      return epoch % settings.evaluate_train.count == 0 || epoch == settings.epochs;
    case TrainEvaluationKind::every_epoch:
    case TrainEvaluationKind::sample:
      break;
  }
  return true;
}

}  // namespace

std::string train_evaluated(const TrainingSettings& settings) {
  const int count = settings.evaluate_train.count;
  switch (settings.evaluate_train.kind) {
    case TrainEvaluationKind::every:
      return fmt::format("every {} epochs, and after epoch {}", count, settings.epochs);
    case TrainEvaluationKind::sample:
      return fmt::format("every epoch, a sample of at most {} images", count);
    case TrainEvaluationKind::never:
      return "never";
    case TrainEvaluationKind::every_epoch:
      break;
  }
  return "every epoch";
}

Training::Training(const Config& config, std::uint64_t seed, const Dataset& dataset)
    : settings_(config.training),
      seed_(seed),
      dataset_(with_labels_in_range(dataset)),
      parts_(partition(dataset, config.data, seed)),
      train_sample_(to_evaluate(parts_.train, settings_.evaluate_train, seed)),
      network_(dataset.pixels_per_image(), config.model, dataset.classes.size(),
               config.training.train_biases),
      optimizer_(config.training.optimizer, network_.parameters().size()),
      evaluator_(dataset),
      gradient_(network_.parameters().size()),
      labels_(static_cast<std::size_t>(settings_.batch_size)) {
  network_.initialise(seed);
}

EpochEnd Training::learn(int epoch, double rate, const Pulse& pulse, EpochSums& sums) {
  const Subset order = epoch_order(parts_.train, settings_.shuffle, seed_, epoch);
  Stream dropout(seed_, fmt::format("dropout/epoch/{}", epoch));
  const auto batch = static_cast<std::size_t>(settings_.batch_size);
  for (std::size_t first = 0; first < order.size(); first += batch) {
    if (!pulse()) return EpochEnd::stopped;
    const auto which = std::span(order).subspan(first, std::min(batch, order.size() - first));
    const std::size_t after = std::min(first + batch, order.size());
    const auto next = std::span(order).subspan(after, std::min(batch, order.size() - after));
    const double loss = step(which, next, rate, dropout, sums);
    if (!std::isfinite(loss)) return EpochEnd::diverged;
    sums.loss += loss;
    ++sums.batches;
  }
  return EpochEnd::whole;
}

double Training::step(std::span<const std::uint32_t> which, std::span<const std::uint32_t> next, double rate,
                      Stream& dropout, EpochSums& sums) {
  const auto labels = std::span(labels_).first(which.size());
  images_.read(dataset_.pixels.span(), dataset_.pixels_per_image(), which);
  ImageBatch::announce(dataset_.pixels.span(), dataset_.pixels_per_image(), next);
  gather_labels(dataset_, which, labels);
  const bool take_norm = sums.batches % norm_every == 0;
  if (optimizer_.is_plain() && !take_norm) {
    return network_.descend(images_, labels, &dropout, rate, optimizer_.weight_decay());
  }
  const double loss = network_.gradient(images_, labels, &dropout, gradient_);
  if (take_norm) {
    sums.norm += std::sqrt(compute::kernels().sums.squares(gradient_.data(), gradient_.size()));
    ++sums.norms;
  }
  optimizer_.step(network_.parameters(), gradient_, rate);
  return loss;
}

BySplit<Evaluation> Training::evaluate(int epoch) {
  BySplit<Evaluation> evaluations;
  if (evaluates_train(settings_, epoch)) evaluations.train = evaluator_.evaluate(network_, train_sample_);
  if (!parts_.validation.empty()) evaluations.validation = evaluator_.evaluate(network_, parts_.validation);
  evaluations.test = evaluator_.evaluate(network_, parts_.test);
  return evaluations;
}

}  // namespace ablate
