#pragma once
/// What an optimiser does to each parameter w with its gradient g. Sizes are multiples of 16. Each line of a formula is rounded as
/// it is written: fma(a, b, c) once, every other operation once.

#include <cstddef>

namespace ablate::compute {

struct OptimizerSteps {
  /// w := keep w; all 0 where keep is 0, whatever they were.
  void (*scale)(float* w, float keep, std::size_t size);
  /// y := fma(factor, x, y)
  void (*add_scaled)(float* y, float factor, const float* x, std::size_t size);
  /// v := fma(mu, v, g);  w := fma(-rate, v, w), or with Nesterov w := fma(-rate, fma(mu, v, g), w)
  void (*momentum)(float* w, const float* g, float* v, float rate, float mu, bool nesterov, std::size_t size);
  /// m := fma(b1, m, (1 - b1) g);  v := fma(b2, v, (1 - b2) g g);
  /// w := w - rate (unbias1 m) / (sqrt(unbias2 v) + eps)
  struct Adam {
    float rate, beta1, beta2, unbias1, unbias2, epsilon;
  };
  void (*adam)(float* w, const float* g, float* m, float* v, const Adam& adam, std::size_t size);
  /// v := fma(rho, v, (1 - rho) g g);  d := g / (sqrt(v) + eps);  with m: m := fma(mu, m, d), and d is m;  w := fma(-rate, d, w)
  struct RmsProp {
    float rate, rho, momentum, epsilon;
  };
  void (*rmsprop)(float* w, const float* g, float* v, float* m, const RmsProp& rmsprop, std::size_t size);
  /// v := fma(g, g, v);  w := fma(-rate, g / (sqrt(v) + eps), w)
  void (*adagrad)(float* w, const float* g, float* v, float rate, float epsilon, std::size_t size);
};

}  // namespace ablate::compute
