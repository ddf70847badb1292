#include "store/schema.hpp"

#include <array>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "base/time.hpp"
#include "store/schema_steps.hpp"
#include "store/settings_of.hpp"

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

const std::array steps = {Migration{1, "studies, runs and their metrics", schema_1},
                          Migration{2, "which runs' data were audited", schema_2},
                          Migration{3, "the time of metrics, and the selected weights", schema_3},
                          Migration{4, "workers, resuming and stop rules", schema_4},
                          Migration{5, "every setting of a variant", schema_5, fill_settings},
                          Migration{6, "tags, notes and what is archived", schema_6},
                          Migration{7, "an index of what is archived", schema_7},
                          Migration{8, "runs that were asked to stop", schema_8},
                          Migration{9, "which program and which arithmetic made a run's numbers", schema_9}};

std::int64_t version_of(SQLite::Database& database) {
  return database.execAndGet("PRAGMA user_version").getInt64();
}

void apply(SQLite::Database& database, const Migration& step) {
  database.exec(step.sql);
  if (step.fill) step.fill(database);
  SQLite::Statement record(database, "INSERT INTO migration(version, name, applied_at) VALUES (?, ?, ?)");
  record.bind(1, step.version);
  record.bind(2, step.name);
  record.bind(3, utc_text());
  record.exec();
  database.exec(fmt::format("PRAGMA application_id = {}", application_id));
  database.exec(fmt::format("PRAGMA user_version = {}", step.version));
}

}  // namespace

std::span<const Migration> migrations() { return steps; }

int schema_version() { return steps.back().version; }

void migrate(SQLite::Database& database, int version) {
  if (version_of(database) >= version) return;
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  for (const Migration& step : steps) {  // what another program was first to do is left out
    if (step.version <= version && version_of(database) < step.version) apply(database, step);
  }
  transaction.commit();
}

}  // namespace ablate
