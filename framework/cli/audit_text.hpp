#pragma once
/// An audit in words: lines for a terminal, and a table.

#include <string>

#include "runner/study_audit.hpp"
#include "text/table.hpp"

namespace ablate {

/// One line per data set and one a finding, each with its line feed; leaks are in capitals. `quiet`: leaks and
/// warnings alone. Nothing of data that had been audited before.
std::string audit_text(const StudyAudit& audit, bool quiet);

/// One row per data set, which says what was compared, then its findings: data, severity, kind, count, finding,
/// variants.
Table audit_table(const StudyAudit& audit);

}  // namespace ablate
