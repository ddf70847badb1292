#include "runner/study_audit.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/time.hpp"
#include "runner/plan.hpp"

namespace ablate {
namespace {

void add(StudyAudit& audit, std::size_t data, const DataFinding& finding, const std::string& variant) {
  const auto same = [&](const StudyFinding& known) {
    return known.data == data && known.finding.kind == finding.kind &&
           known.finding.detail == finding.detail && known.finding.count == finding.count;
  };
  auto known = std::find_if(audit.findings.begin(), audit.findings.end(), same);
  if (known == audit.findings.end()) known = audit.findings.insert(known, {data, finding, {}});
  known->variants.push_back(variant);
}

}  // namespace

bool StudyAudit::has(Severity severity) const {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const StudyFinding& found) { return found.finding.severity() == severity; });
}

StudyAudit audit_study(const Study& study, DatasetCache& datasets, const AuditOptions& options) {
  AuditCache none;
  return audit_study(study, datasets, options, none);
}

StudyAudit audit_study(const Study& study, DatasetCache& datasets, const AuditOptions& options,
                       AuditCache& known) {
  StudyAudit all;
  all.variants = study.variants.size();
  all.is_known = true;
  if (study.trainer()) return all;  // its data are its own
  std::map<const Dataset*, std::size_t> places;
  for (const Variant& variant : study.variants) {
    const Config& config = variant.config;
    const auto dataset = datasets.get(config.data);
    const auto [place, is_new] = places.try_emplace(dataset.get(), all.data.size());
    if (is_new) {
      if (!known.contains(dataset)) {
        const Stopwatch watch;
        known[dataset] = audit(*dataset, options);
        all.seconds += watch.seconds();
        all.is_known = false;
      }
      all.data.push_back({dataset->name, known[dataset]});
    }
    std::vector<DataFinding> findings = all.data[place->second].report.findings;
    for (DataFinding& found :
         audit_partition(*dataset, partition(*dataset, config.data, study.seeds.front()))) {
      findings.push_back(std::move(found));
    }
    for (const LeakRecord& leak : protocol_leaks(config, *dataset)) {
      findings.push_back({leak.kind, leak.detail, leak.count});
    }
    for (const DataFinding& found : findings) add(all, place->second, found, variant.name);
  }
  std::stable_sort(
      all.findings.begin(), all.findings.end(),
      [](const StudyFinding& a, const StudyFinding& b) { return comes_before(a.finding, b.finding); });
  return all;
}

std::vector<LeakRecord> findings_of(const StudyAudit& audit, const std::string& variant) {
  std::vector<LeakRecord> records;
  for (const auto& [data, finding, variants] : audit.findings) {
    if (std::find(variants.begin(), variants.end(), variant) == variants.end()) continue;
    records.push_back({finding.kind, finding.detail, finding.count});
  }
  return records;
}

AuditRecord audit_record(const StudyAudit& audit, const Dataset& dataset) {
  AuditRecord record;
  record.train_images = static_cast<std::int64_t>(dataset.train_images);
  record.test_images = static_cast<std::int64_t>(dataset.test_images);
  record.comparison = "exact";
  for (const AuditedData& data : audit.data) {
    if (data.name != dataset.name || !data.report.near_threshold) continue;
    record.comparison = fmt::format("exact, and near: within {} grey levels", *data.report.near_threshold);
  }
  return record;
}

}  // namespace ablate
