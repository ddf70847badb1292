#include "report/audit_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/finding_kinds.hpp"
#include "report/phrases.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_named = 4;

std::string how(const AuditCounts& audit) {
  const char* near = audit.near == audit.audited ? "near-duplicates were searched for too."
                     : audit.near > 0            ? "near-duplicates were searched for in some of them."
                                                 : "near-duplicates were not checked.";
  return fmt::format("(exact comparison of all pixels); {}", near);
}

/// Of the audited runs.
std::string compared_sentence(const AuditCounts& audit) {
  if (audit.apart == audit.begun)
    return fmt::format("No image of the test set is in the training set {}", how(audit));
  return fmt::format("The test set is disjoint from the training images in {} of {} {}", audit.apart,
                     counted(audit.audited, "audited run"), how(audit));
}

bool used_test(const AuditFinding& found) {
  const std::string& kind = found.kind;
  return kind == "trained_on_test" || kind == "selected_on_test" || kind == "scheduled_on_test";
}

}  // namespace

std::vector<std::string> audit_sentences(const Comparison& comparison) {
  const AuditCounts& audit = comparison.audit;
  if (audit.begun == 0 && comparison.counts.missing < comparison.counts.planned)
    return {"Not audited: the data are those of the runs' own program, which this one does not read."};
  if (audit.begun == 0) return {"No run has begun: there is nothing to audit."};
  std::vector<std::string> sentences;
  if (audit.audited > 0) sentences.push_back(compared_sentence(audit));
  if (audit.audited < audit.begun) {
    sentences.push_back(
        fmt::format("Not audited: {}. Whether their test images are in the training set is not known.",
                    counted(audit.begun - audit.audited, "run")));
  }
  if (std::none_of(comparison.leaks.begin(), comparison.leaks.end(), used_test)) {
    sentences.emplace_back(
        "No run was set to train on the test images, or to be selected or scheduled by them.");
  }
  return sentences;
}

std::string extent_text(const Comparison& comparison, const AuditFinding& finding) {
  const std::string count = group_digits(finding.count);
  const std::size_t concerned = finding.variants.size();
  if (concerned == comparison.variants.size()) return count;
  const std::size_t shown = std::min(concerned, most_named);
  const auto end = finding.variants.begin() + static_cast<std::ptrdiff_t>(shown);
  std::string text = fmt::format("{} in {}", count, fmt::join(finding.variants.begin(), end, ", "));
  if (shown < concerned) text += fmt::format(" and {} more", concerned - shown);
  return text;
}

std::vector<std::string> audit_notes(const Comparison& comparison) {
  std::vector<std::string> notes = audit_sentences(comparison);
  for (const AuditFinding& leak : comparison.leaks)
    notes.push_back(
        fmt::format("{}: {} ({}).", severity_title(leak.kind), leak.detail, extent_text(comparison, leak)));
  return notes;
}

std::string severity_title(const std::string& kind) {
  switch (severity_of(kind)) {
    case Severity::leak:
      return "Leak";
    case Severity::warning:
      return "Warning";
    case Severity::note:
      return "Note";
  }
  return "";
}

}  // namespace ablate
