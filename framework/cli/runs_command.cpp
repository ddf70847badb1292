#include <algorithm>
#include <map>
#include <ostream>

#include <fmt/format.h>

#include "ablate/base/error.hpp"
#include "ablate/base/finding_kinds.hpp"
#include "ablate/base/suggest.hpp"
#include "ablate/cli/command.hpp"
#include "ablate/cli/common.hpp"
#include "ablate/store/reader.hpp"

namespace ablate {
namespace {

/// "yes" where a finding of the run's audit makes its test numbers no evidence.
std::string leaked(const Reader& reader, std::int64_t run_id) {
  const std::vector<LeakRecord> findings = reader.run_leaks(run_id);
  const bool any = std::any_of(findings.begin(), findings.end(), [](const LeakRecord& found) {
    return severity_of(found.kind) == Severity::leak;
  });
  return any ? "yes" : "";
}

/// Metrics at the selected epoch, as columns "test.accuracy", after the facts of the run.
Table runs_table(const Reader& reader, const std::string& only_study) {
  Table table;
  table.columns = {{"run"},       {"study"},    {"variant"},      {"seed"}, {"status"},
                   {"epochs"},    {"selected"}, {"parameters"},   {"started"}, {"leaked"}};
  const std::size_t facts = table.columns.size();
  for (const char* split : {"validation", "test"}) {
    for (const Metric& metric : metric_table()) table.columns.push_back({fmt::format("{}.{}", split, metric.name), 4});
  }
  const std::size_t metrics = metric_table().size();
  for (const StudyCounts& row : reader.studies()) {
    if (!only_study.empty() && row.study.name != only_study) continue;
    std::map<std::int64_t, std::vector<SplitMetrics>> selected;
    for (SplitMetrics& at : reader.selected(row.study.id)) selected[at.run_id].push_back(at);
    std::map<std::int64_t, std::int64_t> parameters;
    for (const VariantRecord& variant : reader.variants(row.study.id)) parameters[variant.id] = variant.parameters;
    for (const RunRecord& run : reader.runs(row.study.id)) {
      std::vector<Value> cells = {run.id, row.study.name, run.variant, run.seed, to_string(run.status),
                                  static_cast<std::int64_t>(run.epochs_done),
                                  run.best_epoch ? Value(static_cast<std::int64_t>(*run.best_epoch)) : Value(),
                                  parameters[run.variant_id], run.started_at, leaked(reader, run.id)};
      cells.resize(facts + 2 * metrics);
      for (const SplitMetrics& at : selected[run.id]) {
        if (at.split == SplitName::train) continue;
        std::size_t column = facts + (at.split == SplitName::test ? metrics : 0);
        for (const Metric& metric : metric_table()) cells[column++] = at.suite.*metric.value;
      }
      table.rows.push_back(std::move(cells));
    }
  }
  return table;
}

std::size_t find_column(const Table& table, const std::string& name) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name == name) return i;
    names.push_back(table.columns[i].name);
  }
  throw RequestError(fmt::format("there is no column '{}'", name), suggestion(name, names));
}

bool is_blank(const Value& value) {
  const auto* number = std::get_if<double>(&value);
  return std::holds_alternative<std::monostate>(value) || (number && *number != *number);
}

/// Numbers fall, texts rise; what is missing comes last.
void sort_rows(Table& table, const std::string& key) {
  const std::size_t column = find_column(table, key);
  std::stable_sort(table.rows.begin(), table.rows.end(), [&](const auto& a, const auto& b) {
    const Value &x = a[column], &y = b[column];
    if (is_blank(x) || is_blank(y)) return !is_blank(x) && is_blank(y);
    return std::holds_alternative<std::string>(x) ? x < y : y < x;
  });
}

Table pick_columns(const Table& table, const std::string& names) {
  Table picked;
  std::vector<std::size_t> from;
  for (std::size_t start = 0; start <= names.size();) {
    const std::size_t comma = std::min(names.find(',', start), names.size());
    from.push_back(find_column(table, names.substr(start, comma - start)));
    picked.columns.push_back(table.columns[from.back()]);
    start = comma + 1;
  }
  for (const auto& row : table.rows) {
    auto& cells = picked.rows.emplace_back();
    for (const std::size_t column : from) cells.push_back(row[column]);
  }
  return picked;
}

}  // namespace

int runs_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string study, database, format = "table", sort;
  std::string columns = "run,study,variant,seed,status,epochs,selected,validation.accuracy,test.accuracy,test.log_loss,leaked";
  double limit = 0;
  Options options(self);
  options.positional("STUDY", study, false, "only this study's runs");
  options.text("sort", "COLUMN", sort, "order by a column: numbers fall, texts rise");
  options.text("columns", "A,B,...", columns, "which columns, in which order");
  options.number("limit", "N", limit, 0, "at most this many rows; default: all");
  add_database_option(options, database);
  add_format_option(options, format);
  if (!options.parse(arguments, console)) return exit_done;
  const Format chosen = parse_format(format);

  const Reader reader(database_path(database));
  if (!study.empty()) reader.study(study);
  Table table = runs_table(reader, study);
  if (!sort.empty()) sort_rows(table, sort);
  if (limit > 0 && table.rows.size() > static_cast<std::size_t>(limit)) {
    console.err << fmt::format("{} of {} runs\n", static_cast<std::size_t>(limit), table.rows.size());
    table.rows.resize(static_cast<std::size_t>(limit));
  }
  if (table.rows.empty()) console.err << "no runs yet; begin with: ablate run configs/quickstart.yaml\n";
  console.out << render(pick_columns(table, columns), chosen);
  return exit_done;
}

}  // namespace ablate
