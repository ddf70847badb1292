#pragma once
/// What imported runs report.

#include <string>
#include <vector>

#include "cli/import_runs.hpp"

namespace ablate {

/// Which way their metrics are better: of the suite by itself, of others by --metric.
class ForeignMetrics {
 public:
  /// Throws RequestError for a --metric that no run has, or without a direction.
  ForeignMetrics(const std::vector<ForeignRun>& runs, const ImportOptions& options);

  /// `"test.accuracy": up, "test.bleu": down`, for a study file; those of --metric first.
  std::string directions() const;
  /// What the report rests on: --primary, else the first of test, else the first. Throws RequestError where there is none.
  std::string primary() const;

 private:
  void declare(const std::string& name, bool up);
  std::string primary_hint() const;

  std::string asked_;
  std::vector<std::string> reported_;                   ///< sorted
  std::vector<std::pair<std::string, bool>> declared_;  ///< whether more is better
};

}  // namespace ablate
