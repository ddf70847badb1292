#pragma once
/// What a report says of the leak audit.

#include <string>
#include <vector>

#include "ablate/report/comparison.hpp"

namespace ablate {

/// What was compared and what that rules out, for the runs that were audited and no others.
std::vector<std::string> audit_sentences(const Comparison& comparison);

/// "Leak", "Warning" or "Note", for the head of a line.
std::string severity_title(const std::string& kind);

}  // namespace ablate
