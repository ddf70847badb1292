#pragma once
/// A study's answer as it stands: the first screen of its report, as one JSON object.

#include <string>

#include <nlohmann/json.hpp>

#include "report/comparison.hpp"

namespace ablate {

/// Question, headline, bullets, chips, what was looked at before, the effect plot as SVG, the table of variants as HTML: by
/// the functions of the static report. Where `hidden`, nothing that tells variants apart, and why.
nlohmann::ordered_json answer_data(const Comparison& comparison, bool hidden);

/// A blind page shows no difference yet: runs of the study are left, and this is no look in plan.
bool is_hidden(const Comparison& comparison, bool blind);

}  // namespace ablate
