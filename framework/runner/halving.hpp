#pragma once
/// Successive halving (Jamieson and Talwalkar 2016, arXiv:1502.07943) over variants: after `first` epochs
/// only the best of them go on, after `first factor` epochs the best of those, and so on. A variant is judged
/// by the mean of the monitor over all its seeds, so that one lucky seed does not save it.

#include "config/study.hpp"
#include "store/store.hpp"

namespace ablate {

/// The rung after `epoch`, or nothing where the next one would be at the end of training or beyond.
std::optional<int> next_rung(const HalvingSettings& halving, int epoch, int epochs);

/// What happens to the runs at their rung: nothing while one of them is still on its way there; else the best
/// 1/factor of the variants (rounded up, and the baseline besides, which the report needs) go on, the rest
/// stop. A variant with a run that diverged or failed counts as the worst. `epochs` is the longest training
/// planned.
Store::RungDecision decide_rung(const HalvingSettings& halving, int epochs,
                                const std::vector<Store::RungRun>& runs,
                                std::optional<bool> lower_is_better = {});

}  // namespace ablate
