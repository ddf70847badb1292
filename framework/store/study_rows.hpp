#pragma once
/// Every row of a study, table by table. Private to framework/store.

#include <functional>

#include "store/connection.hpp"
#include "store/merge_tables.hpp"

namespace ablate {

inline constexpr const char* export_format = "ablate study";
inline constexpr int export_version = 1;

struct ExportedColumn {
  std::string name, type;
};

/// A table, and what of it belongs to a study (?1).
struct ExportedTable {
  std::string name;
  std::vector<ExportedColumn> columns;
  std::string where;
};

/// Every table of the file but `migration`, parents before children.
std::vector<ExportedTable> exported_tables(Connection& connection);

/// Calls `row` for each row of the table, in the order of its key, until it says false; true where none did.
bool each_row(Connection& connection, const ExportedTable& table, std::int64_t study_id,
              const std::function<bool(const std::vector<Cell>&)>& row);

/// "0.1", "1.0", "1e-05": the shortest text that reads back as that number and as no whole one.
std::string real_text(double number);

}  // namespace ablate
