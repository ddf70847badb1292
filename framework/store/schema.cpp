#include "store/schema.hpp"

#include <set>
#include <stdexcept>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "base/time.hpp"
#include "metrics/metric_table.hpp"
#include "store/schema_check.hpp"
#include "store/settings_of.hpp"
#include "store/sql_files.hpp"
#include "store/views.hpp"

namespace ablate {
namespace {

struct Bind {
  SQLite::Statement& statement;
  int index;
  void operator()(std::monostate) const { statement.bind(index); }
  template <class T>
  void operator()(const T& value) const {
    statement.bind(index, value);
  }
};

/// The settings of the variants that the file holds already.
void fill_settings(SQLite::Database& database) {
  SQLite::Statement variants(database, "SELECT id, config FROM variant");
  SQLite::Statement put(database, insert_setting);
  while (variants.executeStep()) {
    for (const FactorRecord& setting : settings_of(variants.getColumn(1).getString())) {
      put.bind(1, variants.getColumn(0).getInt64());
      put.bind(2, setting.key);
      std::visit(Bind{put, 3}, setting.value);
      put.exec();
      put.reset();
    }
  }
}

Migration step_of(const EmbeddedFile& file) {
  constexpr std::string_view comment = "-- ";
  const std::size_t end = file.text.find('\n');
  if (!file.text.starts_with(comment) || end == std::string_view::npos)
    throw std::logic_error(fmt::format("the schema's step {} does not begin with its name", file.name));
  Migration step{std::string(file.text.substr(comment.size(), end - comment.size())), std::string(file.text)};
  if (stem_of(file) == "05_settings") step.fill = fill_settings;
  return step;
}

/// Metrics whose columns the first step spells out.
constexpr std::size_t first_metrics = 14;

Migration step_of(const Metric& metric) {
  return {
      fmt::format("metric {}", metric.name),
      fmt::format("ALTER TABLE epoch_metric ADD COLUMN {0} REAL; ALTER TABLE run_metric ADD COLUMN {0} REAL",
                  metric.name)};
}

std::int64_t version_of(SQLite::Database& database) {
  return database.execAndGet("PRAGMA user_version").getInt64();
}

std::set<std::string> steps_taken(SQLite::Database& database) {
  std::set<std::string> names;
  if (!database.tableExists("migration")) return names;
  SQLite::Statement query(database, "SELECT name FROM migration");
  while (query.executeStep()) names.insert(query.getColumn(0).getString());
  return names;
}

void record_step(SQLite::Database& database, const Migration& step) {
  SQLite::Statement record(
      database,
      "INSERT INTO migration(version, name, applied_at) SELECT coalesce(max(version), 0) + 1, ?, ? FROM migration");
  record.bind(1, step.name);
  record.bind(2, utc_text());
  record.exec();
}

void mark_version(SQLite::Database& database, int version) {
  if (version == schema_version()) refresh_views(database);
  database.exec(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", application_id, version));
}

bool is_empty(SQLite::Database& database) {
  return database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
}

}  // namespace

const std::vector<Migration>& migrations() {
  static const std::vector<Migration> steps = [] {
    std::vector<Migration> all;
    for (const EmbeddedFile& file : schema_files()) all.push_back(step_of(file));
    for (const Metric& metric : metric_table().subspan(first_metrics)) all.push_back(step_of(metric));
    return all;
  }();
  return steps;
}

int schema_version() { return static_cast<int>(migrations().size()); }

void apply_steps(SQLite::Database& database, int version) {
  const std::set<std::string> taken = steps_taken(database);
  for (int i = 0; i < version; ++i) {
    const Migration& step = migrations()[static_cast<std::size_t>(i)];
    if (taken.contains(step.name)) continue;
    database.exec(step.sql);
    if (step.fill) step.fill(database);
    record_step(database, step);
  }
  mark_version(database, version);
}

void make_schema(SQLite::Database& database) {
  database.exec(std::string(whole_schema().front().text));
  for (const Migration& step : migrations()) record_step(database, step);
  mark_version(database, schema_version());
}

void migrate(SQLite::Database& database, const std::string& file, int version) {
  const bool newest = version == schema_version();
  if (version_of(database) >= version && (!newest || view_faults(database).empty())) return;
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  if (newest && is_empty(database)) {
    make_schema(database);
  } else if (version_of(database) < version) {  // what another program was first to do is left out
    apply_steps(database, version);
  } else {
    refresh_views(database);
  }
  if (newest) check_schema(database, file, version);
  transaction.commit();
}

}  // namespace ablate
