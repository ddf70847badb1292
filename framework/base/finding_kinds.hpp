#pragma once
/// What an audit can find, and which of it makes test numbers unfit as evidence. The audit that finds, the
/// database that keeps and the report that marks all follow this one table.

#include <span>
#include <string_view>

namespace ablate {

enum class Severity {
  leak,     ///< the test images had a part in the training: the test numbers are marked, and are no evidence
  warning,  ///< to be known when the numbers are read
  note      ///< harmless, but perhaps not meant
};
/// "leak", "warning" or "note".
std::string_view to_string(Severity severity);

struct FindingKind {
  std::string_view name;  ///< as in the column leak.kind
  Severity severity;
  std::string_view meaning;  ///< a clause; what `count` counts
};

/// Every kind, leaks first.
std::span<const FindingKind> finding_kinds();

/// A kind that the table lacks, written by another version of the program, counts as a leak.
Severity severity_of(std::string_view kind);

}  // namespace ablate
