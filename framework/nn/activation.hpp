#pragma once
/// Activation functions and their slopes.

#include "compute/kernels.hpp"
#include "config/settings.hpp"

namespace ablate {

///     relu         max(z, 0); slope 0 at 0
///     tanh         tanh z
///     sigmoid      1 / (1 + e^-z)
///     leaky_relu   z for z > 0, else z / 100
///     gelu         z Phi(z), with the exact normal distribution function Phi   Hendrycks and Gimpel 2016, arXiv:1606.08415
const compute::ActivationKernel& activation_kernel(Activation activation);

}  // namespace ablate
