#pragma once
/// Where weights start.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "config/settings.hpp"
#include "nn/matrix.hpp"

namespace ablate {

/// A weight matrix (outputs x inputs) drawn from the stream (seed, purpose), column by column, so that the same shape gets the
/// same weights wherever it is.
///
///     he_normal       N(0, 2 / inputs)                                    He et al. 2015, arXiv:1502.01852
///     he_uniform      U(-r, r), r = sqrt(6 / inputs)
///     glorot_uniform  U(-r, r), r = sqrt(6 / (inputs + outputs))          Glorot and Bengio 2010
///     normal          N(0, s^2), s = init.standard_deviation
Matrix draw_weights(const Init& init, std::uint64_t seed, std::string_view purpose, std::size_t outputs,
                    std::size_t inputs);

}  // namespace ablate
