#include "ablate/cli/common.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ablate/metrics/metric_table.hpp"

namespace ablate {

void add_database_option(Options& options, std::string& chosen) {
  options.text("db", "FILE", chosen, "the results database; default: $ABLATE_DB, else ablate.db");
}

void add_databases_option(Options& options, std::vector<std::string>& chosen) {
  options.texts("db", "FILE", chosen,
                "the results database; default: $ABLATE_DB, else ablate.db; may be repeated");
}

std::filesystem::path database_path(const std::string& chosen) {
  if (!chosen.empty()) return chosen;
  const char* from_environment = std::getenv("ABLATE_DB");
  return from_environment && *from_environment ? from_environment : "ablate.db";
}

void add_format_option(Options& options, std::string& chosen) {
  options.text("format", "FORMAT", chosen,
               fmt::format("{}; default: table", fmt::join(format_names(), ", ")));
}

void add_set_option(Options& options, std::vector<std::string>& chosen) {
  options.texts("set", "KEY=VALUE", chosen,
                "change a setting of the file before variants are made; may be repeated");
}

ReportOptions report_options(const Study& study, const std::filesystem::path& folder) {
  ReportOptions options{folder, to_string(study.report.primary), study.report.confidence};
  for (const Variant& variant : study.variants) {
    for (const Factor& factor : variant.factors) {
      const bool labelled = factor.label != to_string(factor.value);
      if (factor.name == factor.key && !labelled) continue;
      auto title = std::find_if(options.factors.begin(), options.factors.end(),
                                [&](const FactorTitle& t) { return t.key == factor.key; });
      if (title == options.factors.end()) {
        title = options.factors.insert(title, {factor.key, factor.name});
      }
      if (labelled) title->labels[to_string(factor.value)] = factor.label;
    }
  }
  return options;
}

Study load_study_file(const std::string& path, const std::vector<std::string>& sets) {
  std::vector<Override> overrides;
  for (const std::string& text : sets) overrides.push_back(parse_override(text));
  return load_study(path, overrides, metric_names());
}

}  // namespace ablate
