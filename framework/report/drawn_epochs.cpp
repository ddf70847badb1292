#include "report/drawn_epochs.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ablate {
namespace {

DrawnEpochs drawn_up_to(int longest) {
  constexpr int enough = 2000;
  return {std::max(1, (longest + enough - 1) / enough), longest};
}

}  // namespace

std::string DrawnEpochs::sql() const {
  return all() ? std::string() : fmt::format(" AND ((m.epoch - 1) % {} = 0 OR m.epoch = {})", step, last);
}

DrawnEpochs drawn_epochs(const std::vector<RunRecord>& runs) {
  int longest = 0;
  for (const RunRecord& run : runs) longest = std::max(longest, run.epochs_done);
  return drawn_up_to(longest);
}

DrawnEpochs drawn_epochs(const Comparison& comparison) {
  int longest = 0;
  for (const VariantSummary& variant : comparison.variants) {
    for (const RunSummary& run : variant.runs) longest = std::max(longest, run.epochs_done);
  }
  return drawn_up_to(longest);
}

}  // namespace ablate
