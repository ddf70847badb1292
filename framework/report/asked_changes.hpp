#pragma once
/// What a study asks: changes of factors, or whole variants against the baseline. It is decided by what is planned,
/// so runs that fail, are stopped or are not in yet change no question.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "report/answer.hpp"

namespace ablate {

/// A change of one factor, from one of its levels to another.
struct AskedChange {
  std::size_t factor, from, to;
};

/// `changes` is empty where whole variants are compared with the baseline.
struct AskedChanges {
  std::vector<JointFactor> factors;
  std::vector<AskedChange> changes;
  bool declared = false;    ///< the study file names the factor
  bool of_changes = false;  ///< of a one-at-a-time study, each against the baseline
};

/// The declared factor's changes. Else, where there is a baseline: each change of a one-at-a-time study, or those of
/// the first factor. The latter only where every variant but the baseline takes part in one: another variant differs
/// from it in that factor alone, and one of the two has the baseline's level.
AskedChanges asked_changes(const Comparison& comparison);

/// The factors beside the one that changes, in their order.
std::vector<std::size_t> other_factors(const AskedChanges& asked, const AskedChange& change);

/// A setting of the other factors that has both sides.
struct AskedSetting {
  std::vector<std::size_t> setting;  ///< a level a factor of `other_factors`
  std::size_t from, to;              ///< places in Comparison::variants
};
std::vector<AskedSetting> asked_settings(const Comparison& comparison, const AskedChanges& asked,
                                         const AskedChange& change);

/// Places in `others` of the factors whose levels get rows of their own.
std::vector<std::size_t> by_places(const Comparison& comparison, const std::vector<JointFactor>& factors,
                                   const std::vector<std::size_t>& others);

}  // namespace ablate
