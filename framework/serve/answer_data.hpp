#pragma once
/// A study's answer as it stands: the first screen of its report, as one JSON object.

#include <nlohmann/json.hpp>

#include "report/comparison.hpp"
#include "serve/blindness.hpp"

namespace ablate {

/// Question, headline, bullets, chips, what was looked at before, the effect plot as SVG, the table of variants as HTML with its notes: by
/// the functions of the static report. Where the study is hidden, nothing that tells variants apart, and why.
nlohmann::ordered_json answer_data(const Comparison& comparison, Blind blind);

}  // namespace ablate
