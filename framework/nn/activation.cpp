#include "nn/activation.hpp"

#include <stdexcept>

#include "compute/dispatch.hpp"

namespace ablate {

const compute::ActivationKernel& activation_kernel(Activation activation) {
  const compute::Elementwise& functions = compute::kernels().elementwise;
  switch (activation) {
    case Activation::relu:
      return functions.relu;
    case Activation::tanh:
      return functions.tanh_unit;
    case Activation::sigmoid:
      return functions.sigmoid_unit;
    case Activation::leaky_relu:
      return functions.leaky_relu;
    case Activation::gelu:
      return functions.gelu;
  }
  throw std::logic_error("an activation without a function");
}

}  // namespace ablate
