#include "cli/audit_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "text/escape.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_variants = 4;

bool shares_images(const StudyAudit& audit, std::size_t data) {
  return std::any_of(audit.findings.begin(), audit.findings.end(), [&](const StudyFinding& found) {
    return found.data == data && found.finding.kind == "duplicates_across";
  });
}

std::string near_text(const AuditReport& report) {
  if (!report.near_threshold) return "near-duplicates were not checked";
  const std::string within =
      fmt::format("near-duplicates (pixels {:.4g} of 255 apart in the mean)", *report.near_threshold);
  if (report.near_checked == report.test_images) return within + " were searched for in all test images";
  return fmt::format("{} were searched for in {} of {} test images, then the search became too long", within,
                     report.near_checked, report.test_images);
}

/// What was compared; of data without common images also that.
std::string compared_text(const StudyAudit& audit, std::size_t data) {
  const AuditReport& report = audit.data[data].report;
  return fmt::format("{}exact comparison of {} training and {} test images; {}",
                     shares_images(audit, data) ? "" : "no image is in both splits: ", report.train_images,
                     report.test_images, near_text(report));
}

/// "", or which variants a finding concerns where that is not all of several.
std::string variants_text(const StudyAudit& audit, const std::vector<std::string>& variants) {
  if (variants.size() == audit.variants) return "";
  const std::size_t shown = std::min(variants.size(), most_variants);
  std::string text = fmt::format(
      "{}", fmt::join(variants.begin(), variants.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < variants.size()) text += fmt::format(" and {} more", variants.size() - shown);
  return text;
}

std::string finding_line(const StudyAudit& audit, const StudyFinding& found) {
  const auto& [data, finding, variants] = found;
  const bool leak = finding.severity() == Severity::leak;
  const std::string severity = leak ? "LEAK" : std::string(to_string(finding.severity()));
  const std::string concerned = variants_text(audit, variants);
  return fmt::format("audit of {}: {} {}: {} ({}{})\n", escape_terminal(audit.data[data].name), severity,
                     finding.kind, escape_terminal(finding.detail), finding.count,
                     concerned.empty() ? "" : "; variants " + escape_terminal(concerned));
}

}  // namespace

std::string audit_text(const StudyAudit& audit, bool quiet) {
  std::string text;
  if (audit.is_known) return text;
  for (std::size_t i = 0; i < audit.data.size() && !quiet; ++i) {
    text += fmt::format("audit of {}: {}\n", escape_terminal(audit.data[i].name), compared_text(audit, i));
  }
  for (const StudyFinding& found : audit.findings) {
    if (!quiet || found.finding.severity() != Severity::note) text += finding_line(audit, found);
  }
  return text;
}

Table audit_table(const StudyAudit& audit) {
  Table table;
  table.columns = {{"data"}, {"severity"}, {"kind"}, {"count"}, {"finding"}, {"variants"}};
  for (std::size_t i = 0; i < audit.data.size(); ++i) {
    const auto& [name, report] = audit.data[i];
    const auto images = static_cast<std::int64_t>(report.train_images + report.test_images);
    table.rows.push_back({name, std::string("checked"), std::string("images"), images,
                          compared_text(audit, i), std::string()});
    for (const auto& [data, finding, variants] : audit.findings) {
      if (data != i) continue;
      table.rows.push_back({name, std::string(to_string(finding.severity())), finding.kind, finding.count,
                            finding.detail, variants_text(audit, variants)});
    }
  }
  return table;
}

}  // namespace ablate
