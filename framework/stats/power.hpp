#pragma once
/// What so many seeds could have shown.

#include <cstddef>

namespace ablate {

/// The effect size d_z that a two-sided paired t test at `significance` finds with probability `power` from
/// `pairs` pairs: the d for which P(|T| > t_crit) = power, T noncentral t with pairs - 1 degrees of freedom
/// and noncentrality d sqrt(pairs). Not a number for pairs < 2; 0 where power <= significance, which chance
/// alone reaches. Both lie in (0, 1), or std::invalid_argument is thrown. Relative error below 1e-9; below
/// 1e-7 where d sqrt(pairs) is above 10^4, which two pairs need at a significance below 10^-4. Source: Cohen
/// 1988; G*Power (Faul et al. 2007).
double detectable_effect_size(std::size_t pairs, double significance, double power = 0.8);

}  // namespace ablate
