#pragma once
/// The schema of the results file. Private to framework/store; what each column means is in
/// framework/store/README.md.

#include <cstdint>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace ablate {

/// Marks a SQLite file as ours (PRAGMA application_id): "ABLT".
inline constexpr std::int64_t application_id = 0x41424c54;

/// One step of the schema: a file of framework/store/schema, or a metric that the table got since the first step.
/// A file's text is frozen once released: an older results file gets to ours by exactly the steps that it lacks.
struct Migration {
  std::string name;  ///< the file's first comment; by it the results file knows that it has the step
  std::string sql;
  void (*fill)(SQLite::Database&) = nullptr;  ///< what SQL cannot say: runs after `sql`, in its transaction
};

/// All steps: those of the files in the order of their names, then those of metrics in the table's order.
const std::vector<Migration>& migrations();

/// The version that this program writes and reads (PRAGMA user_version): the number of steps.
int schema_version();

/// Brings the file from its version to `version` in one transaction, with a row in `migration` for each step that it
/// lacks: one that fails leaves the file as it was. At our version the views are rebuilt where they differ, and a
/// schema that is then not ours is a RequestError that names `file`, and changes nothing. Several programs may call it
/// at once: the first one does the work. Throws SQLite::Exception.
void migrate(SQLite::Database& database, const std::string& file, int version = schema_version());

/// The same without a transaction and without a look at what comes of it, step by step from an empty file on.
void apply_steps(SQLite::Database& database, int version);

/// Gives an empty file our version at once, from schema.sql: the same file in a tenth of the time.
void make_schema(SQLite::Database& database);

}  // namespace ablate
