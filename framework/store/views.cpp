#include "store/views.hpp"

#include <algorithm>
#include <set>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "base/text_value.hpp"
#include "metrics/metric_name.hpp"
#include "metrics/metric_table.hpp"
#include "store/run_sql.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_factor_columns = 200;  // of the 2,000 that SQLite allows a view

/// `'it''s'` with quotes of either kind.
std::string quoted(const std::string& text, char quote) {
  std::string out(1, quote);
  for (const char c : text) out += c == quote ? std::string(2, quote) : std::string(1, c);
  return out + quote;
}

/// ", test.accuracy AS test_accuracy, ...".
std::string split_columns(const std::string& split) {
  std::string text;
  for (const Metric& metric : metric_table()) text += fmt::format(", {0}.{1} AS {0}_{1}", split, metric.name);
  return text;
}

constexpr const char* runs_of_the_plan =
    "\nFROM run\nJOIN variant ON variant.id = run.variant_id\nJOIN study ON study.id = run.study_id\n"
    "LEFT JOIN run_metric AS test ON test.run_id = run.id AND test.split = 'test'\n"
    "LEFT JOIN run_metric AS validation ON validation.run_id = run.id AND validation.split = 'validation'\n"
    "WHERE NOT run.obsolete";

std::string results_text() {
  return fmt::format(
      "CREATE VIEW results AS\nSELECT study.name AS study, variant.name AS variant, run.seed AS seed, "
      "run.status AS status,\n"
      "  (SELECT coalesce(group_concat(key || '=' || coalesce(value, ''), ', '), '')\n"
      "     FROM (SELECT key, value FROM factor WHERE variant_id = variant.id ORDER BY position)) AS factors,\n"
      "  variant.is_baseline AS is_baseline, variant.parameters AS parameters,\n"
      "  variant.flops_per_sample AS flops_per_sample, run.epochs_done AS epochs_done,\n"
      "  run.best_epoch AS best_epoch, {} AS seconds{}{},\n  run.id AS run_id, run.uuid AS uuid,\n"
      "  (SELECT coalesce(group_concat(name, ', '), '') FROM (SELECT name FROM tag WHERE run_id = run.id ORDER "
      "BY name)) AS tags,\n"
      "  (SELECT coalesce(group_concat(text, ' | '), '')\n"
      "     FROM (SELECT text FROM note WHERE run_id = run.id ORDER BY created_at, id)) AS notes,\n"
      "  max(run.archived, study.archived) AS archived{}",
      run_seconds, split_columns("test"), split_columns("validation"), runs_of_the_plan);
}

std::string curves_text() {
  std::string metrics;
  for (const Metric& metric : metric_table()) metrics += fmt::format(", metric.{0} AS {0}", metric.name);
  return fmt::format(
      "CREATE VIEW curves AS\nSELECT study.name AS study, variant.name AS variant, run.seed AS seed, "
      "metric.split AS split,\n  metric.epoch AS epoch, epoch.learning_rate AS learning_rate{},\n"
      "  run.id AS run_id\nFROM epoch_metric AS metric\n"
      "JOIN epoch ON epoch.run_id = metric.run_id AND epoch.epoch = metric.epoch\n"
      "JOIN run ON run.id = metric.run_id\nJOIN variant ON variant.id = run.variant_id\n"
      "JOIN study ON study.id = run.study_id\nWHERE NOT run.obsolete",
      metrics);
}

constexpr std::string_view factor_begin =
    "(SELECT value FROM factor WHERE variant_id = variant.id AND key = ";

constexpr std::string_view value_begin = "(SELECT value FROM run_value WHERE run_id = run.id AND split = ";
constexpr std::string_view value_middle = " AND metric = ";

/// What `tidy` has beside the columns that every file has.
struct TidyColumns {
  std::vector<std::string> factors;
  std::vector<MetricName> metrics;  ///< outside the suite
};

/// Names of columns, which SQLite takes for the same whatever their case: one that is taken gets a number.
class ColumnNames {
 public:
  std::string add(std::string name) {
    const std::string plain = name;
    for (int i = 2; !taken_.insert(lower_case(name)).second; ++i) name = fmt::format("{}_{}", plain, i);
    return ablate::quoted(name, '"');
  }

 private:
  std::set<std::string> taken_;
};

std::string tidy_text(const TidyColumns& of) {
  ColumnNames names;
  for (const char* split : {"test", "validation"}) {
    for (const Metric& metric : metric_table()) names.add(fmt::format("{}_{}", split, metric.name));
  }
  std::string columns, own;
  for (const std::string& factor : of.factors)
    columns += fmt::format(",\n  {}{}) AS {}", factor_begin, quoted(factor, '\''), names.add(factor));
  for (const MetricName& metric : of.metrics) {
    own += fmt::format(",\n  {}{}{}{}) AS {}", value_begin, quoted(metric.split, '\''), value_middle,
                       quoted(metric.metric, '\''), names.add(metric.split + '_' + metric.metric));
  }
  return fmt::format(
      "CREATE VIEW tidy AS\nSELECT run.id AS run_id, study.name AS study, variant.name AS variant,\n"
      "  variant.is_baseline AS is_baseline, run.seed AS seed, run.status AS status{},\n  {} AS seconds{}{}{}{}",
      columns, run_seconds, split_columns("test"), split_columns("validation"), own, runs_of_the_plan);
}

/// Full keys of settings, and settings that studies define themselves where no other column has their name; what else a
/// stranger's file calls a factor gets no column.
std::vector<std::string> factors_in(SQLite::Database& database) {
  SQLite::Statement query(
      database,
      "SELECT DISTINCT key FROM factor WHERE key NOT GLOB '*[^A-Za-z0-9_.]*' AND length(key) < 100 "
      "AND (key GLOB '*.*' OR (key NOT LIKE 'test!_%' ESCAPE '!' AND key NOT LIKE 'validation!_%' ESCAPE '!' "
      "AND lower(key) NOT IN ('run_id', 'study', 'variant', 'is_baseline', 'seed', 'status', 'seconds') "
      "AND EXISTS (SELECT 1 FROM setting WHERE setting.key = factor.key))) ORDER BY key LIMIT ?");
  query.bind(1, static_cast<std::int64_t>(most_factor_columns));
  std::vector<std::string> factors;
  while (query.executeStep()) factors.push_back(query.getColumn(0).getString());
  return factors;
}

/// Metrics that studies declare, of test and validation, outside the suite.
std::vector<MetricName> metrics_in(SQLite::Database& database) {
  SQLite::Statement query(database,
                          "SELECT DISTINCT substr(key, 17) FROM setting WHERE key >= 'trainer.metrics.' "
                          "AND key < 'trainer.metrics/' AND key NOT GLOB '*[^A-Za-z0-9_.-]*' "
                          "AND length(key) < 100 ORDER BY 1 LIMIT ?");
  query.bind(1, static_cast<std::int64_t>(most_factor_columns));
  std::vector<MetricName> metrics;
  while (query.executeStep()) {
    MetricName name = metric_name(query.getColumn(0).getString());
    const auto table = metric_table();
    const bool in_suite = std::any_of(table.begin(), table.end(),
                                      [&](const Metric& metric) { return metric.name == name.metric; });
    if (!in_suite && (name.split == "test" || name.split == "validation")) metrics.push_back(std::move(name));
  }
  return metrics;
}

std::map<std::string, std::string> stored_views(SQLite::Database& database) {
  SQLite::Statement query(database, "SELECT name, coalesce(sql, '') FROM sqlite_schema WHERE type = 'view'");
  std::map<std::string, std::string> texts;
  while (query.executeStep()) texts[query.getColumn(0).getString()] = query.getColumn(1).getString();
  return texts;
}

/// Each view with the text that makes it.
std::map<std::string, std::string> view_texts(const TidyColumns& columns) {
  return {{"results", results_text()}, {"curves", curves_text()}, {"tidy", tidy_text(columns)}};
}

/// The text between quotes that begins at `at`, which then is behind it.
std::string read_quoted(const std::string& text, std::size_t& at) {
  std::string read;
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\'' && text.compare(at, 2, "''") != 0) break;
    if (text[at] == '\'') ++at;
    read += text[at];
  }
  ++at;
  return read;
}

/// The columns for which a text of `tidy` was made; whether it was, making it again tells.
TidyColumns columns_of_view(const std::string& tidy) {
  TidyColumns columns;
  for (std::size_t at = 0; (at = tidy.find(factor_begin, at)) != std::string::npos;) {
    at += factor_begin.size();
    columns.factors.push_back(read_quoted(tidy, at));
  }
  for (std::size_t at = 0; (at = tidy.find(value_begin, at)) != std::string::npos;) {
    at += value_begin.size();
    MetricName& metric = columns.metrics.emplace_back();
    metric.split = read_quoted(tidy, at);
    at += value_middle.size();
    metric.metric = read_quoted(tidy, at);
  }
  return columns;
}

}  // namespace

std::vector<std::string> view_faults(SQLite::Database& database) {
  auto stored = stored_views(database);
  std::vector<std::string> faults;
  for (const auto& [name, text] : view_texts(columns_of_view(stored["tidy"]))) {
    if (stored[name] != text)
      faults.push_back(
          fmt::format("view {} is {}", name, stored[name].empty() ? "not there" : "not as ablate makes it"));
    stored.erase(name);
  }
  for (const auto& [name, text] : stored) faults.push_back(fmt::format("view {} is none of ablate's", name));
  return faults;
}

void refresh_views(SQLite::Database& database) {
  const auto stored = stored_views(database);
  for (const auto& [name, text] : view_texts({factors_in(database), metrics_in(database)})) {
    const auto found = stored.find(name);
    if (found != stored.end() && found->second == text) continue;
    database.exec(fmt::format("DROP VIEW IF EXISTS {}", name));
    database.exec(text);
  }
}

}  // namespace ablate
