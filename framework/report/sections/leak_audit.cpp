#include <fmt/format.h>

#include "base/finding_kinds.hpp"
#include "report/audit_text.hpp"
#include "report/sections/list.hpp"
#include "report/sources.hpp"

namespace ablate {
namespace {

Evidence leak_audit_source(const Comparison& comparison) {
  const std::string chosen = of_chosen(comparison);
  const auto has_finding = [](const RunSummary& run) { return run.findings > 0; };
  return {fmt::format("SELECT l.run_id, l.kind, l.detail, l.count\n"
                      "FROM leak l JOIN run r ON r.id = l.run_id{}\n"
                      "WHERE r.study_id = {} AND NOT r.obsolete{}\n"
                      "ORDER BY l.run_id, l.kind",
                      chosen.empty() ? "" : " JOIN variant v ON v.id = r.variant_id", comparison.study_id,
                      chosen),
          run_ids(comparison, has_finding)};
}

}  // namespace

Section leak_audit_section(const Comparison& comparison) {
  Section section{"leak", "Leak audit"};
  section.notes = audit_sentences(comparison);
  for (const AuditFinding& leak : comparison.leaks) {
    section.findings.push_back(
        {severity_of(leak.kind), leak.kind, leak.detail, extent_text(comparison, leak)});
  }
  section.evidence = leak_audit_source(comparison);
  return section;
}

}  // namespace ablate
