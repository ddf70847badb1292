#include "report/summary_columns.hpp"

#include "text/numbers.hpp"

namespace ablate {

void add_columns(Table& table, const std::string& prefix, std::initializer_list<const char*> names) {
  for (const char* name : names) table.columns.push_back({prefix + name});
}

void add_summary(std::vector<Value>& row, const Summary& summary) {
  row.push_back(whole(summary.n));
  for (const double value : {summary.mean, summary.standard_deviation, summary.minimum, summary.maximum}) {
    row.push_back(summary.n ? number_or_null(value) : Value());
  }
}

}  // namespace ablate
