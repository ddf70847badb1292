#include "cli/mark_target.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "text/escape.hpp"

namespace ablate {

std::string run_name(const Reader& reader, const RunRecord& run) {
  return fmt::format("run {} ({}/{}/{})", run.id, escape_terminal(reader.study_name_of_run(run.id)),
                     escape_terminal(run.variant), run.seed);
}

MarkTarget find_target(const Reader& reader, const std::string& reference) {
  if (const auto row = reader.counts(reference))
    return {row->study, {}, fmt::format("study '{}'", escape_terminal(reference))};
  const bool is_run = reference.find_first_not_of("0123456789abcdefABCDEF-") == std::string::npos ||
                      reference.find('/') != std::string::npos;
  if (!is_run) {
    std::vector<std::string> names;
    for (const StudyRecord& study : reader.studies()) names.push_back(study.name);
    if (nearest(reference, names))
      throw RequestError(fmt::format("there is no study or run '{}'", reference),
                         suggestion(reference, names));
  }
  const RunRecord run = reader.run(reference);
  return {std::nullopt, run, run_name(reader, run)};
}

}  // namespace ablate
