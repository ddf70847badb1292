#pragma once
/// The figure of the learning rates: variants that share a schedule share a line.

#include "report/figures.hpp"

namespace ablate {

Figure rates_figure(const Comparison& comparison);

}  // namespace ablate
