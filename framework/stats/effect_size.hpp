#pragma once
/// How large an effect is, in units that need no metric.

#include <span>

#include "stats/summary.hpp"

namespace ablate {

/// Cohen's d_z of paired differences: mean / standard deviation. Not a number for n < 2 and without spread.
/// Source: Cohen 1988.
double cohens_d_z(const Summary& differences);

/// d_z without its bias upwards: d_z J(n - 1), J(m) = Gamma(m / 2) / (sqrt(m / 2) Gamma((m - 1) / 2)). Not a
/// number for n < 3, where d_z has no expectation, and without spread. Source: Hedges 1981.
double hedges_g_z(const Summary& differences);

/// The chance that a run of the first variant has a higher value than one of the second, ties counting half:
/// from 0 to 1, 0.5 where neither leads; unpaired, over all pairs of runs. Lower is better: swap the
/// arguments. Not a number where either is empty or holds a value that is none. Source: Mann and Whitney
/// 1947, as rliable reports it (Agarwal et al. 2021).
double probability_of_improvement(std::span<const double> first, std::span<const double> second);

/// P(first > second) - P(first < second), from -1 to 1; edges as above. Source: Cliff 1993.
double cliffs_delta(std::span<const double> first, std::span<const double> second);

}  // namespace ablate
