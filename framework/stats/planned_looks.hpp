#pragma once
/// Looks that were planned: how much of the level each may spend.

#include <cstddef>
#include <span>
#include <vector>

#include "stats/summary.hpp"

namespace ablate {

struct PlannedLook {
  std::size_t seeds = 0;
  double spent = 0.0;    ///< of the level, up to and with this look
  double z = undefined;  ///< boundary of a normal statistic; infinite where the look may claim nothing
  double nominal = 0.0;  ///< p that the look refuses at, two-sided: 1 - confidence of its intervals
};

/// Two-sided O'Brien-Fleming spending at looks after so many seeds, rising: each side has spent 2 (1 -
/// Phi(z(level / 4) / sqrt(t))) of its level / 2 when the share t = seeds / most of the seeds is there; the
/// boundaries are those of a Brownian motion at these times. A look whose nominal p would be below what flips
/// of its seeds can give (2 / 2^n) claims nothing and spends nothing; the next one has its share. Intervals at
/// confidence 1 - nominal hold the truth at all looks together with 1 - level (repeated confidence intervals,
/// Jennison and Turnbull 1989). std::invalid_argument for no look, looks that do not rise, or a level outside of
/// (0, 1). Source: Lan and DeMets 1983; O'Brien and Fleming 1979; the recursion: Armitage, McPherson and Rowe
/// 1969. Boundaries within 1e-9.
std::vector<PlannedLook> planned_looks(std::span<const std::size_t> seeds, double level);

/// first, first + step, ... and most: the looks of `seeds: {first, step, most, until: settled}`. A last step that
/// would go beyond `most` ends there. std::invalid_argument for first < 1, step < 1 or most < first.
std::vector<std::size_t> look_times(std::size_t first, std::size_t step, std::size_t most);

}  // namespace ablate
