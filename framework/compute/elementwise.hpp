#pragma once
/// Functions of single elements. Numbers of elements are multiples of 16; arrays may be the same, not overlap otherwise.
/// Polynomials and fused multiply-adds only, so every instruction set gives the same bits. "ulp": the largest error found
/// against double precision, in units in the last place; tests/compute/elementwise_test.cpp holds them.

#include <cstddef>
#include <cstdint>

namespace ablate::compute {

/// One function of a vector.
using Map = void (*)(const float* x, float* y, std::size_t size);

/// y := f(x), and its slope: y := d f'(x), where f' is within 4e-7 of the exact slope.
struct ActivationKernel {
  Map value;
  void (*times_slope)(const float* x, const float* d, float* y, std::size_t size);
};

struct Elementwise {
  Map exp;         ///< 1 ulp; 0 below -87.33, the largest (2.2e38) above 88.3
  Map tanh;        ///< 2 ulp
  Map sigmoid;     ///< 1 / (1 + e^-x): 3 ulp
  Map erf;         ///< 2 ulp
  Map normal_cdf;  ///< Phi(x): 6 ulp

  ActivationKernel relu;        ///< max(x, 0), slope 0 at 0; NaN stays NaN
  ActivationKernel leaky_relu;  ///< x above 0, else x / 100
  ActivationKernel tanh_unit, sigmoid_unit;
  ActivationKernel gelu;  ///< x Phi(x): 7 ulp

  void (*add)(const float* x, float* y, std::size_t size);       ///< y += x
  void (*multiply)(const float* x, float* y, std::size_t size);  ///< y *= x
};

/// Softmax with cross-entropy of one image. Of its `classes` logits z, with m their maximum and y the label: the sum s of e_c = e^(z_c - m)
/// becomes the return value, and `row` becomes p - onehot(y) with p_c = e_c / s, followed by 0 up to a multiple of 16. What is below
/// e^-60 counts as 0, so that no product further on is subnormal. The sum is that of sixteen partial ones
/// (class c belongs to c mod 16), each upwards, added by halves: (0 + 8), (1 + 9), ... NaN where any logit is not finite.
using Softmax = float (*)(float* row, std::size_t classes, std::size_t label, float& maximum);

/// Sums over whole vectors.
struct Sums {
  /// Sum of squares in double precision: sixteen partial sums (element i belongs to i mod 16), added by halves.
  double (*squares)(const float* x, std::size_t size);
  bool (*all_finite)(const float* x, std::size_t size);
};

}  // namespace ablate::compute
