#pragma once
/// The block `report` of a study file.

#include <optional>

#include "config/contrast_settings.hpp"
#include "config/settings.hpp"

namespace ablate {

struct ReportBlock {
  ReportSettings rests_on;
  std::optional<ContrastSettings> contrast;
};

template <class Visitor>
void describe(Visitor& visit, ReportBlock& s) {
  describe(visit, s.rests_on);
  visit.block(
      s.contrast,
      {.key = "contrast",
       .help =
           "The question that the headline answers; declare it before looking at "
           "results. Absent or `null`: the first factor, from the baseline's level; where the variants are no "
           "factorial, each of them against the baseline."});
}

}  // namespace ablate
