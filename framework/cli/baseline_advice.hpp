#pragma once
/// Whether a report of a study will have something to compare.

#include <string>

#include "config/study.hpp"

namespace ablate {

/// A warning with its end where a study of several variants names neither a baseline nor a contrast: its report
/// would compare nothing. Else empty.
std::string baseline_advice(const Study& study);

}  // namespace ablate
