#include "cli/config_tables.hpp"

#include "config/differences.hpp"
#include "config/study.hpp"
#include "metrics/metric_table.hpp"

namespace ablate {

Table config_difference_table(const VariantRecord& first, const VariantRecord& second,
                              const std::string& first_name, const std::string& second_name) {
  const auto read = [](const VariantRecord& variant) {
    return parse_variant(variant.config, variant.name, metric_names());
  };
  Table table{{{"setting"}, {first_name}, {second_name}}, {}};
  const Variant a = read(first), b = read(second);
  const auto differences = a.trainer && b.trainer ? config_differences(*a.trainer, *b.trainer)
                                                  : config_differences(a.config, b.config);
  for (const ConfigDifference& found : differences) {
    const auto cell = [](const std::optional<std::string>& text) { return text ? Value(*text) : Value(); };
    table.rows.push_back({found.key, cell(found.first), cell(found.second)});
  }
  return table;
}

}  // namespace ablate
