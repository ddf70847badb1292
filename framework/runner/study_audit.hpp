#pragma once
/// The audit of all data that a study uses, and of how it uses them.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "config/study.hpp"
#include "data/audit.hpp"
#include "runner/dataset_cache.hpp"
#include "store/records.hpp"

namespace ablate {

/// One data set, audited once however many variants use it.
struct AuditedData {
  std::string name;
  AuditReport report;
};

/// One finding and the variants that it concerns.
struct StudyFinding {
  std::size_t data = 0;  ///< place in StudyAudit::data
  DataFinding finding;
  std::vector<std::string> variants;  ///< in the order of the study
};

struct StudyAudit {
  std::vector<AuditedData> data;
  std::vector<StudyFinding>
      findings;              ///< leaks first; those of the data, of its division and of the protocol
  std::size_t variants = 0;  ///< in the study
  double seconds = 0.0;      ///< that comparing the images took, without loading them
  bool is_known = false;     ///< all of the data had been audited before

  bool has(Severity severity) const;
};

/// What is known of data sets, for the studies that share them.
using AuditCache = std::map<std::shared_ptr<const Dataset>, AuditReport>;

/// Audits every distinct data set of the study's variants that `known` lacks, how each variant divides it, and its
/// protocol. Loads what `datasets` does not hold yet.
StudyAudit audit_study(const Study& study, DatasetCache& datasets, const AuditOptions& options,
                       AuditCache& known);
StudyAudit audit_study(const Study& study, DatasetCache& datasets, const AuditOptions& options = {});

/// What is stored with each run of a variant.
std::vector<LeakRecord> findings_of(const StudyAudit& audit, const std::string& variant);
AuditRecord audit_record(const StudyAudit& audit, const Dataset& dataset);

}  // namespace ablate
