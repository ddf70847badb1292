#pragma once
/// The axes of a plot's panels, the same in every output.

#include "draw/plot.hpp"

namespace ablate {

/// From `low` to `high`, with tics every `step` from the first multiple of it on.
struct PlotAxis {
  double low = 0.0, high = 0.0, step = 1.0;
};

/// One for all panels: from the least to the greatest x.
PlotAxis x_axis_of(const Plot& plot);

/// From tic to tic around what the panel, or with `same_scale` every panel of its scale, draws.
PlotAxis y_axis_of(const Plot& plot, const Panel& panel);

}  // namespace ablate
