#pragma once
/// Where weights start.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "config/settings.hpp"
#include "nn/matrix.hpp"

namespace ablate {

/// Fills rows [first_row, first_row + outputs) of `target` with a weight matrix (outputs x inputs) drawn from
/// the stream (seed, purpose), column by column, so that the same shape gets the same weights wherever it
/// lies.
///
///     he_normal       N(0, 2 / inputs)                                    He et al. 2015, arXiv:1502.01852
///     he_uniform      U(-r, r), r = sqrt(6 / inputs)
///     glorot_uniform  U(-r, r), r = sqrt(6 / (inputs + outputs))          Glorot and Bengio 2010
///     normal          N(0, s^2), s = init.standard_deviation
void draw_weights(const Init& init, std::uint64_t seed, std::string_view purpose, Matrix& target,
                  std::size_t first_row, std::size_t outputs);

}  // namespace ablate
