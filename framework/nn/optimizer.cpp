#include "nn/optimizer.hpp"

#include <cmath>

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

/// One step's vectors, all of `size` elements; `first` and `second` are the state, where the type keeps it.
struct Step {
  float* w;
  float* g;
  float* first;
  float* second;
  std::size_t size;
  float rate;
};

void sgd(const Step& s, const OptimizerSettings& settings) {
  if (!s.first) {
    for (std::size_t i = 0; i < s.size; ++i) s.w[i] -= s.rate * s.g[i];
    return;
  }
  const auto mu = static_cast<float>(settings.momentum);
  for (std::size_t i = 0; i < s.size; ++i) {
    s.first[i] = mu * s.first[i] + s.g[i];
    s.w[i] -= s.rate * (settings.nesterov ? s.g[i] + mu * s.first[i] : s.first[i]);
  }
}

void adam(const Step& s, const OptimizerSettings& settings, std::int64_t t) {
  const auto b1 = static_cast<float>(settings.beta1), b2 = static_cast<float>(settings.beta2);
  const auto eps = static_cast<float>(settings.epsilon);
  const auto unbias1 = static_cast<float>(1.0 / (1.0 - std::pow(settings.beta1, static_cast<double>(t))));
  const auto unbias2 = static_cast<float>(1.0 / (1.0 - std::pow(settings.beta2, static_cast<double>(t))));
  for (std::size_t i = 0; i < s.size; ++i) {
    s.first[i] = b1 * s.first[i] + (1.0f - b1) * s.g[i];
    s.second[i] = b2 * s.second[i] + (1.0f - b2) * s.g[i] * s.g[i];
    s.w[i] -= s.rate * (unbias1 * s.first[i]) / (std::sqrt(unbias2 * s.second[i]) + eps);
  }
}

void rmsprop(const Step& s, const OptimizerSettings& settings) {
  const auto rho = static_cast<float>(settings.rho), mu = static_cast<float>(settings.momentum);
  const auto eps = static_cast<float>(settings.epsilon);
  for (std::size_t i = 0; i < s.size; ++i) {
    s.first[i] = rho * s.first[i] + (1.0f - rho) * s.g[i] * s.g[i];
    float change = s.g[i] / (std::sqrt(s.first[i]) + eps);
    if (s.second) change = s.second[i] = mu * s.second[i] + change;
    s.w[i] -= s.rate * change;
  }
}

void adagrad(const Step& s, const OptimizerSettings& settings) {
  const auto eps = static_cast<float>(settings.epsilon);
  for (std::size_t i = 0; i < s.size; ++i) {
    s.first[i] += s.g[i] * s.g[i];
    s.w[i] -= s.rate * s.g[i] / (std::sqrt(s.first[i]) + eps);
  }
}

}  // namespace

Optimizer::Optimizer(const OptimizerSettings& settings, std::size_t parameters)
    : settings_(settings), state_(kept_vectors(settings) * parameters, 0.0f) {}

void Optimizer::step(std::span<float> parameters, std::span<float> gradient, double rate) {
  ++steps_;
  const std::size_t size = parameters.size();
  const auto decay = static_cast<float>(settings_.weight_decay);
  if (settings_.type == OptimizerKind::adamw) {
    for (float& w : parameters) w *= 1.0f - static_cast<float>(rate) * decay;
  } else if (decay > 0.0f) {
    for (std::size_t i = 0; i < size; ++i) gradient[i] += decay * parameters[i];
  }
  const Step step{parameters.data(),
                  gradient.data(),
                  state_.empty() ? nullptr : state_.data(),
                  state_.size() > size ? state_.data() + size : nullptr,
                  size,
                  static_cast<float>(rate)};
  switch (settings_.type) {
    case OptimizerKind::sgd:
      return sgd(step, settings_);
    case OptimizerKind::adam:
    case OptimizerKind::adamw:
      return adam(step, settings_, steps_);
    case OptimizerKind::rmsprop:
      return rmsprop(step, settings_);
    case OptimizerKind::adagrad:
      return adagrad(step, settings_);
  }
}

}  // namespace ablate
