#pragma once
/// Whether a file's schema is the one that its version promises. Private to framework/store.

#include <map>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace ablate {

/// What in the schema is not as our steps make it: triggers, and views that are none of ours, would run with each
/// read or write; a table that is missing or has another text lacks our checks. Of an older version triggers and
/// foreign views alone: bringing it up to date finds the rest. Tables and indexes that somebody added are left alone.
/// Reads nothing but the schema's text.
std::vector<std::string> schema_faults(SQLite::Database& database, int version);

/// Each table as the newest step leaves it, with the text that makes it.
const std::map<std::string, std::string>& our_tables();

/// Throws RequestError, which names `file`, where there is a fault. A writer makes our views again: those it lets pass.
void check_schema(SQLite::Database& database, const std::string& file, int version, bool for_writing = false);

}  // namespace ablate
