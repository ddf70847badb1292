#pragma once
/// Steps of the optimisers, element by element (optimizer_steps.hpp has the formulas).

#include "compute/isa/vector.hpp"
#include "compute/optimizer_steps.hpp"

namespace ablate::compute::ABLATE_ISA {
namespace {

void scale(float* w, float keep, std::size_t size) {
  for (std::size_t i = 0; i < size; i += lanes) store(w + i, keep == 0.0f ? V{} : all(keep) * load(w + i));
}

void add_scaled(float* y, float factor, const float* x, std::size_t size) {
  for (std::size_t i = 0; i < size; i += lanes) store(y + i, fma(all(factor), load(x + i), load(y + i)));
}

void momentum(float* w, const float* g, float* v, float rate, float mu, bool nesterov, std::size_t size) {
  for (std::size_t i = 0; i < size; i += lanes) {
    const V gradient = load(g + i), velocity = fma(all(mu), load(v + i), gradient);
    store(v + i, velocity);
    const V step = nesterov ? fma(all(mu), velocity, gradient) : velocity;
    store(w + i, fma(all(-rate), step, load(w + i)));
  }
}

void adam(float* w, const float* g, float* m, float* v, const OptimizerSteps::Adam& a, std::size_t size) {
  const V rest1 = all(1.0f - a.beta1), rest2 = all(1.0f - a.beta2);
  for (std::size_t i = 0; i < size; i += lanes) {
    const V gradient = load(g + i);
    const V mean = fma(all(a.beta1), load(m + i), rest1 * gradient);
    const V square = fma(all(a.beta2), load(v + i), rest2 * gradient * gradient);
    store(m + i, mean);
    store(v + i, square);
    const V step =
        all(a.rate) * (all(a.unbias1) * mean) / (square_root(all(a.unbias2) * square) + all(a.epsilon));
    store(w + i, load(w + i) - step);
  }
}

void rmsprop(float* w, const float* g, float* v, float* m, const OptimizerSteps::RmsProp& r,
             std::size_t size) {
  const V rest = all(1.0f - r.rho);
  for (std::size_t i = 0; i < size; i += lanes) {
    const V gradient = load(g + i);
    const V square = fma(all(r.rho), load(v + i), rest * gradient * gradient);
    store(v + i, square);
    V step = gradient / (square_root(square) + all(r.epsilon));
    if (m) {
      step = fma(all(r.momentum), load(m + i), step);
      store(m + i, step);
    }
    store(w + i, fma(all(-r.rate), step, load(w + i)));
  }
}

void adagrad(float* w, const float* g, float* v, float rate, float epsilon, std::size_t size) {
  for (std::size_t i = 0; i < size; i += lanes) {
    const V gradient = load(g + i), square = fma(gradient, gradient, load(v + i));
    store(v + i, square);
    store(w + i, fma(all(-rate), gradient / (square_root(square) + all(epsilon)), load(w + i)));
  }
}

}  // namespace
}  // namespace ablate::compute::ABLATE_ISA
