#include "nn/optimizer.hpp"

#include "compute/dispatch.hpp"

namespace ablate {
namespace {

std::size_t kept_vectors(const OptimizerSettings& settings) {
  switch (settings.type) {
    case OptimizerKind::sgd:
      return settings.momentum > 0.0 ? 1 : 0;
    case OptimizerKind::adagrad:
      return 1;
    case OptimizerKind::rmsprop:
      return settings.momentum > 0.0 ? 2 : 1;
    case OptimizerKind::adam:
    case OptimizerKind::adamw:
      return 2;
  }
  return 0;
}

}  // namespace

Optimizer::Optimizer(const OptimizerSettings& settings, std::size_t parameters)
    : settings_(settings), state_(kept_vectors(settings) * parameters, 0.0f) {}

void Optimizer::count_step() {
  ++steps_;
  power1_ *= settings_.beta1;
  power2_ *= settings_.beta2;
}

void Optimizer::set_steps(std::int64_t steps) {
  steps_ = 0;
  power1_ = power2_ = 1.0;
  while (steps_ < steps) count_step();
}

void Optimizer::step(std::span<float> parameters, std::span<float> gradient, double rate) {
  count_step();
  const compute::OptimizerSteps& steps = compute::kernels().steps;
  const std::size_t size = parameters.size();
  const auto eta = static_cast<float>(rate), decay = static_cast<float>(settings_.weight_decay);
  const auto momentum = static_cast<float>(settings_.momentum),
             epsilon = static_cast<float>(settings_.epsilon);
  float *w = parameters.data(), *g = gradient.data();
  float* const first = state_.empty() ? nullptr : state_.data();
  float* const second = state_.size() > size ? state_.data() + size : nullptr;
  if (settings_.type == OptimizerKind::adamw)
    steps.scale(w, 1.0f - eta * decay, size);
  else if (decay > 0.0f)
    steps.add_scaled(g, decay, w, size);
  switch (settings_.type) {
    case OptimizerKind::sgd:
      if (!first) return steps.add_scaled(w, -eta, g, size);
      return steps.momentum(w, g, first, eta, momentum, settings_.nesterov, size);
    case OptimizerKind::adam:
    case OptimizerKind::adamw:
      return steps.adam(
          w, g, first, second,
          {eta, static_cast<float>(settings_.beta1), static_cast<float>(settings_.beta2),
           static_cast<float>(1.0 / (1.0 - power1_)), static_cast<float>(1.0 / (1.0 - power2_)), epsilon},
          size);
    case OptimizerKind::rmsprop:
      return steps.rmsprop(w, g, first, second, {eta, static_cast<float>(settings_.rho), momentum, epsilon},
                           size);
    case OptimizerKind::adagrad:
      return steps.adagrad(w, g, first, eta, epsilon, size);
  }
}

}  // namespace ablate
