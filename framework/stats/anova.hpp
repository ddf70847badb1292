#pragma once
/// The share of variance that each factor explains.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "stats/factorial.hpp"

namespace ablate {

struct AnovaTerm {
  std::vector<std::size_t> factors = {};  ///< one, two for an interaction, none for the seeds
  std::size_t degrees = 0;
  double sum_of_squares = undefined;
  double share = undefined;       ///< of the total sum of squares (eta squared)
  std::size_t error_degrees = 0;  ///< of the term times the seeds
  double f = undefined;           ///< its mean square over that of the term times the seeds
  double p = undefined;           ///< of F
  std::string_view reason = {};   ///< why there is no F; empty where there is one
};

struct Anova {
  std::vector<AnovaTerm> factors;
  std::vector<AnovaTerm> interactions;  ///< two-way; empty where `interactions_reason` says why
  AnovaTerm seeds;                      ///< the blocks
  AnovaTerm residual;                   ///< all else: chance, and what the terms above do not explain
  double total_sum_of_squares = undefined;
  std::size_t runs = 0, left_out = 0;  ///< with a value; without
  std::string_view reason = {};        ///< why there is no table; empty where there is one
  std::string_view interactions_reason = {};
};

/// More indicator columns than these (a level of a factor, a pair of levels, a seed: one each) are not
/// fitted.
inline constexpr std::size_t most_anova_columns = 200;
/// Nor more of a term times the seeds; the term then has no F.
inline constexpr std::size_t most_error_columns = 400;

/// Analysis of variance with seeds as blocks: value = seed + factors + two-way interactions + residual,
/// fitted by least squares. Sums of squares are those of type II: what a term takes away from the residual of
/// all terms that do not contain it. In a complete factorial they are the classical ones, and shares add up
/// to 1; with missing runs they need not. Source: Fisher 1935 (blocks); Yates 1934 and Langsrud 2003 (type
/// II).
///
/// F is against the term times the seeds: runs of one seed are not independent, and a seed's effect that is the
/// same in all settings would pass for many witnesses. With all runs it is that of the analysis of repeated
/// measures, seeds as subjects (Winer 1971, ch. 4); with missing ones, error is what the term times the seeds
/// adds to the whole model. It assumes normal errors, and their differences between levels for alike.
///
/// Runs without a value are left out. Interactions are left out, and fall to the residual, where they would
/// leave it no degree of freedom, would be confounded with a main effect, or have too many levels. No table
/// for fewer than two values, values that are all alike, or main effects of too many levels. No F and no p
/// for the seeds, for a term that the others span (share not a number), with one seed, or where the term is the
/// same under every seed. Runs are as `require_factorial` wants them, or std::invalid_argument is thrown.
Anova anova(std::span<const FactorialRun> runs);

}  // namespace ablate
