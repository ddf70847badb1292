#include "cli/data_study.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "cli/audit_text.hpp"
#include "cli/fitted_table.hpp"
#include "config/sources.hpp"
#include "metrics/metric_table.hpp"

namespace ablate {

std::vector<std::string> source_names() {
  std::vector<std::string> names;
  for (const SourceRow& row : source_rows()) names.emplace_back(row.name);
  return names;
}

Study load_study_or_source(const std::string& what, const std::vector<std::string>& sets, Console& console) {
  if (what.ends_with(".yaml") || what.ends_with(".yml")) {
    Study study = load_study_file(what, sets, console);
    if (!study.trainer()) return study;
    throw RequestError(
        fmt::format("the runs of {} are trained by another program, whose data only it knows", what),
        "a study with a data block, or a source");
  }
  const auto names = source_names();
  if (std::find(names.begin(), names.end(), what) == names.end()) {
    throw RequestError(fmt::format("'{}' is neither a study file (*.yaml) nor a data source", what),
                       suggestion(what, names));
  }
  std::vector<Override> overrides;
  for (const std::string& set : sets) overrides.push_back(parse_override(set));
  const std::string text = fmt::format("study: data\ndata: {{source: \"{}\"}}\n", what);
  return parse_study(text, "ablate data " + what, overrides, metric_names());
}

int check_data(const std::string& what, const std::vector<std::string>& sets,
               std::optional<double> near_threshold, Format format, Console& console) {
  if (what.empty())
    throw RequestError("data check: say of what", "ablate data check configs/quickstart.yaml");
  DatasetCache datasets;
  AuditOptions options;
  options.near_threshold = near_threshold;
  const StudyAudit audit = audit_study(load_study_or_source(what, sets, console), datasets, options);
  print_table(console, audit_table(audit), format, {.cuts_texts = false});
  console.err << fmt::format("{} in {:.2f} s\n", audit.findings.empty() ? "clean" : "audited", audit.seconds);
  return audit.has(Severity::leak) ? exit_runs_failed : exit_done;
}

}  // namespace ablate
