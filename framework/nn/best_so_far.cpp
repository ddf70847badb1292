#include "nn/best_so_far.hpp"

#include <cmath>

namespace ablate {

bool BestSoFar::improves(double value) {
  const double gain = lower_is_better_ ? memory_.best - value : value - memory_.best;
  const bool better = !std::isnan(value) && (!memory_.any || gain > minimum_change_);
  if (!better) {
    ++memory_.epochs_without;
    return false;
  }
  memory_.any = true;
  memory_.best = value;
  memory_.epochs_without = 0;
  return true;
}

}  // namespace ablate
