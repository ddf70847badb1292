#pragma once
/// Activation functions and their slopes, as types, so that a layer's loop is compiled once for each.

#include <cmath>
#include <numbers>
#include <stdexcept>

#include "config/settings.hpp"

namespace ablate {

/// max(z, 0); slope 0 at 0.
struct Relu {
  static float value(float z) { return z > 0.0f ? z : 0.0f; }
  static float slope(float z) { return z > 0.0f ? 1.0f : 0.0f; }
};

struct Tanh {
  static float value(float z) { return std::tanh(z); }
  static float slope(float z) {
    const float a = std::tanh(z);
    return 1.0f - a * a;
  }
};

/// 1 / (1 + e^-z)
struct Sigmoid {
  static float value(float z) { return 1.0f / (1.0f + std::exp(-z)); }
  static float slope(float z) {
    const float a = value(z);
    return a * (1.0f - a);
  }
};

/// z for z > 0, else z / 100.
struct LeakyRelu {
  static constexpr float leak = 0.01f;
  static float value(float z) { return z > 0.0f ? z : leak * z; }
  static float slope(float z) { return z > 0.0f ? 1.0f : leak; }
};

/// z Phi(z), with the exact normal distribution function Phi (Hendrycks and Gimpel 2016, arXiv:1606.08415).
struct Gelu {
  static float value(float z) { return z * phi(z); }
  static float slope(float z) {
    constexpr float density_at_0 = 0.3989422804f;
    return phi(z) + z * density_at_0 * std::exp(-0.5f * z * z);
  }

 private:
  static float phi(float z) { return 0.5f * std::erfc(-z * std::numbers::sqrt2_v<float> / 2.0f); }
};

/// Calls `use` with the type of the activation.
template <class Use>
void with_activation(Activation activation, Use&& use) {
  switch (activation) {
    case Activation::relu:
      return use(Relu{});
    case Activation::tanh:
      return use(Tanh{});
    case Activation::sigmoid:
      return use(Sigmoid{});
    case Activation::leaky_relu:
      return use(LeakyRelu{});
    case Activation::gelu:
      return use(Gelu{});
  }
  throw std::logic_error("an activation without a function");
}

}  // namespace ablate
