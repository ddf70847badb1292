#pragma once
/// The table of one instruction set.

#include "compute/isa/dense.hpp"
#include "compute/isa/elementwise.hpp"
#include "compute/isa/ink.hpp"
#include "compute/isa/optimizers.hpp"
#include "compute/isa/scores.hpp"
#include "compute/kernels.hpp"

#define ABLATE_TEXT_OF(name) #name
#define ABLATE_NAME(name) ABLATE_TEXT_OF(name)

namespace ablate::compute::ABLATE_ISA {

extern const Kernels table;
const Kernels table = {
    ABLATE_NAME(ABLATE_ISA),
    lanes,
    {read_image, forward, forward_ink, add_gradient, add_gradient_ink, add_bias_gradient, input_delta},
    {map<exp_of>,
     map<tanh_of>,
     map<sigmoid_of>,
     map<erf_of>,
     map<normal_cdf_of>,
     {map<relu_of>, times_slope<relu_slope>},
     {map<leaky_relu_of>, times_slope<leaky_relu_slope>},
     {map<tanh_of>, times_slope<tanh_slope>},
     {map<sigmoid_of>, times_slope<sigmoid_slope>},
     {map<gelu_of>, times_slope<gelu_slope>},
     add,
     multiply},
    softmax,
    {squares, all_finite},
    {scale, add_scaled, momentum, adam, rmsprop, adagrad},
    score_tile};

}  // namespace ablate::compute::ABLATE_ISA
