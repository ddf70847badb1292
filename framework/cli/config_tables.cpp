#include "cli/config_tables.hpp"

#include <set>

#include "config/differences.hpp"
#include "config/study.hpp"
#include "metrics/metric_table.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

/// What trained the finished runs, each once.
std::vector<std::string> programs_of(const PairSide& side) {
  std::set<std::string> programs;
  for (const RunRecord& run : side.runs) {
    const std::string& program = run.origin.program_sha256;
    if (run.status == RunStatus::done) programs.insert(program.empty() ? "unknown" : program.substr(0, 8));
  }
  return {programs.begin(), programs.end()};
}

}  // namespace

Table config_difference_table(const VariantRecord& first, const VariantRecord& second,
                              const std::string& first_name, const std::string& second_name) {
  const auto read = [](const VariantRecord& variant) {
    return parse_variant(variant.config, variant.name, metric_names());
  };
  Table table{{{"setting"}, {first_name}, {second_name}}, {}};
  const Variant a = read(first), b = read(second);
  const auto differences = a.trainer || b.trainer ? config_differences(a.trainer, b.trainer)
                                                  : config_differences(a.config, b.config);
  for (const ConfigDifference& found : differences) {
    const auto cell = [](const std::optional<std::string>& text) { return text ? Value(*text) : Value(); };
    table.rows.push_back({found.key, cell(found.first), cell(found.second)});
  }
  return table;
}

Table side_difference_table(const PairSide& first, const PairSide& second) {
  Table table = config_difference_table(first.variant, second.variant, "A", "B");
  const auto a = programs_of(first), b = programs_of(second);
  if (a != b || a.size() > 1)
    table.rows.push_back({std::string("program (SHA-256)"), names_text(a, 3), names_text(b, 3)});
  return table;
}

}  // namespace ablate
