#pragma once
/// The schema of the results file as numbered steps. Private to framework/store; what each column means
/// stands in framework/store/README.md.

#include <cstdint>
#include <span>

namespace SQLite {
class Database;
}

namespace ablate {

/// Marks a SQLite file as ours (PRAGMA application_id): "ABLT".
inline constexpr std::int64_t application_id = 0x41424c54;

/// One step from version - 1 to version. Its text is frozen once released: a file made by an older program
/// gets from its version to ours by exactly the steps that it lacks.
struct Migration {
  int version;
  const char* name;
  const char* sql;
  void (*fill)(SQLite::Database&) = nullptr;  ///< what SQL cannot say: runs after `sql`, in its transaction
};

/// All steps, in order, from version 1.
std::span<const Migration> migrations();

/// The version that this program writes and reads (PRAGMA user_version).
int schema_version();

/// Brings the file from its version to `version` in one transaction, with a row in `migration` for each step:
/// a step that fails leaves the file as it was. Several programs may call it at once: the first one does the
/// work. Throws SQLite::Exception.
void migrate(SQLite::Database& database, int version = schema_version());

}  // namespace ablate
