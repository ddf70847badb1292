#pragma once
/// What a report says of the leak audit.

#include <string>
#include <vector>

#include "report/comparison.hpp"

namespace ablate {

/// What was compared and what that rules out, for the runs that were audited and no others.
std::vector<std::string> audit_sentences(const Comparison& comparison);

/// "4,000 in skip, wide and 3 more": how many, and in which variants where that is not all of them.
std::string extent_text(const Comparison& comparison, const AuditFinding& finding);

/// The sentences, and one for each finding.
std::vector<std::string> audit_notes(const Comparison& comparison);

/// "Leak", "Warning" or "Note", for the head of a line.
std::string severity_title(const std::string& kind);

}  // namespace ablate
