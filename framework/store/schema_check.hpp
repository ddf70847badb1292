#pragma once
/// Whether a file's schema is the one that its version promises. Private to framework/store.

#include <filesystem>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace ablate {

/// What in `database`, which claims to be of that version, is not as our steps make it: a table or view that is
/// missing or has another text, and every trigger and every view that is none of ours: they would run with each
/// read or write. Tables and indexes that somebody added are left alone. Reads nothing but the schema's text.
std::vector<std::string> schema_faults(SQLite::Database& database, int version);

/// Throws RequestError where there is a fault.
void check_schema(SQLite::Database& database, const std::filesystem::path& path, int version);

}  // namespace ablate
