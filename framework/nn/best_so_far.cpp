#include "ablate/nn/best_so_far.hpp"

#include <cmath>

namespace ablate {

bool BestSoFar::improves(double value) {
  const double gain = lower_is_better_ ? best_ - value : value - best_;
  const bool better = !std::isnan(value) && (!any_ || gain > minimum_change_);
  if (!better) {
    ++epochs_without_;
    return false;
  }
  any_ = true;
  best_ = value;
  epochs_without_ = 0;
  return true;
}

}  // namespace ablate
