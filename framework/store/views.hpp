#pragma once
/// The views for people, made by code: metrics come from the metric table, the columns of `tidy` from the file's
/// factors. Private to framework/store.

#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace ablate {

/// How the file's views differ from those that this program makes: "view tidy is not there", "view x is none of
/// ablate's". The factors of `tidy` may be those of an earlier plan. Reads nothing but the schema's text.
std::vector<std::string> view_faults(SQLite::Database& database);

/// Rebuilds those that are not as this program makes them of the file's factors. Within a transaction.
void refresh_views(SQLite::Database& database);

}  // namespace ablate
