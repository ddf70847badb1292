#pragma once
/// Effects of the factors of a full or partial factorial, paired by seed.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "stats/paired.hpp"

namespace ablate {

/// A run of a factorial study. Level 0 of a factor is the one that its others are compared with.
struct FactorialRun {
  std::vector<std::size_t> levels;  ///< one level per factor
  std::int64_t seed = 0;
  double value = undefined;  ///< not a finite number where the run diverged, failed or is missing
};

/// Throws std::invalid_argument where runs have different numbers of levels, or a run appears twice.
void require_factorial(std::span<const FactorialRun> runs);

struct FactorLevel {
  std::size_t factor, level;
};

struct FactorialEffect {
  std::vector<FactorLevel> of;         ///< one for a main effect, two for an interaction; no level is 0
  std::size_t settings = 0;            ///< of the other factors, over which it is a mean
  std::vector<std::int64_t> left_out;  ///< seeds without a value on both sides
  PairedDifference difference;         ///< over the other seeds, one value per seed
  std::string_view reason = {};        ///< why there is none; empty where there is one
};

/// Main effect of each level against level 0: y(level) - y(0), all else equal, averaged over the settings of
/// the other factors in which both were run. Within a seed first, then over seeds, so that its interval and p
/// are those of paired differences. Source: Yates 1937; Box, Hunter and Hunter 2005, ch. 5, without their
/// assumption of equal variances.
///
/// A partial design counts the settings in which some seed has both sides. A seed that lacks a run there is
/// not left out: its value is that of the least-squares fit of seeds and settings (`contrast`). Where no
/// setting has both, there is no effect but a reason. Runs are as `require_factorial` wants them, and
/// `confidence` lies in (0, 1), or std::invalid_argument is thrown.
std::vector<FactorialEffect> main_effects(std::span<const FactorialRun> runs, double confidence);

/// Two-way interactions: how much the effect of one factor's level changes with another's, y(a, b) - y(a, 0)
/// - y(0, b) + y(0, 0) (twice what is halved for 2^k designs), averaged over the settings in which all four
/// were run under some seed. All else as for the main effects.
std::vector<FactorialEffect> interactions(std::span<const FactorialRun> runs, double confidence);

}  // namespace ablate
