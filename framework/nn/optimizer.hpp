#pragma once
/// Optimisers: each sees two vectors, parameters and gradient, and nothing else.

#include <cstdint>
#include <span>
#include <vector>

#include "compute/aligned.hpp"
#include "config/settings.hpp"

namespace ablate {

/// With w the parameters, g the gradient, eta the learning rate, lambda the weight decay and t the step from
/// 1:
///
///     sgd      g += lambda w;  v := mu v + g;  w -= eta (nesterov ? g + mu v : v)
///              (Sutskever et al. 2013, in the form without dampening; v starts at 0)
///     adam     g += lambda w;  m := b1 m + (1 - b1) g;  v := b2 v + (1 - b2) g^2;
///              w -= eta (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps)
///              (Kingma and Ba 2015, arXiv:1412.6980)
///     adamw    w -= eta lambda w, then as adam without lambda
///              (Loshchilov and Hutter 2019, arXiv:1711.05101)
///     rmsprop  g += lambda w;  v := rho v + (1 - rho) g^2;  d := g / (sqrt(v) + eps);
///              m := mu m + d;  w -= eta m
///              (Tieleman and Hinton 2012, lecture 6.5)
///     adagrad  g += lambda w;  v += g^2;  w -= eta g / (sqrt(v) + eps)
///              (Duchi et al. 2011)
///
/// How each is rounded is in compute/optimizer_steps.hpp. The powers b1^t and b2^t are products of t factors, from
/// the left, in double precision.
class Optimizer {
 public:
  Optimizer(const OptimizerSettings& settings, std::size_t parameters);

  /// sgd without momentum: a step is w := (1 - eta lambda) w - eta g, which Network::descend does by itself.
  bool is_plain() const { return settings_.type == OptimizerKind::sgd && settings_.momentum == 0.0; }
  double weight_decay() const { return settings_.weight_decay; }

  /// One step; `gradient` is used up. Both are of a multiple of 16 elements.
  void step(std::span<float> parameters, std::span<float> gradient, double rate);

  /// What a resumed run needs besides the settings: the moments, and the number of steps.
  std::span<float> state() { return state_; }
  std::int64_t steps() const { return steps_; }
  void set_steps(std::int64_t steps);

 private:
  void count_step();

  OptimizerSettings settings_;
  compute::AlignedFloats state_;  ///< as many vectors of the parameters' length as the type keeps (0, 1 or 2)
  std::int64_t steps_ = 0;
  double power1_ = 1.0, power2_ = 1.0;  ///< b1^t and b2^t
};

}  // namespace ablate
