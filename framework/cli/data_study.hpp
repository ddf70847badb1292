#pragma once
/// `ablate data` on what a study file or a source's name stands for.

#include <optional>
#include <string>
#include <vector>

#include "cli/common.hpp"
#include "data/audit.hpp"

namespace ablate {

/// Names of the data sources.
std::vector<std::string> source_names();

/// A study file, or a study of one variant that uses the named source with its usual settings.
Study load_study_or_source(const std::string& what, const std::vector<std::string>& sets, Console& console);

/// `ablate data check`: prints the audit of all data that `what` uses; exit code 1 where something leaks.
int check_data(const std::string& what, const std::vector<std::string>& sets,
               std::optional<double> near_threshold, Format format, Console& console);

}  // namespace ablate
