#pragma once
/// The level of planned looks whose tests have few seeds.

namespace ablate {

/// What to give `planned_looks` so that tests of few seeds keep `level`: their statistics vary more from look to look
/// than a Brownian motion does, and three looks after 10 to 16 seeds would claim 5.3% for 5% (normal errors; t and flips
/// alike: experiments/calibration).
inline double level_of_few_seeds(double level) { return 0.92 * level; }

}  // namespace ablate
