#pragma once
/// Every row of a study, table by table, for those who write it in another form.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "store/sql_value.hpp"

namespace ablate {

class Connection;  // private to this folder

struct ExportedColumn {
  std::string name, type;
};

/// A table, and what of it belongs to a study (?1).
struct ExportedTable {
  std::string name;
  std::vector<ExportedColumn> columns;
  std::string where;
};

/// Every table of the file but `migration` and `stop_request`, parents before children.
std::vector<ExportedTable> exported_tables(Connection& connection);

/// A study of a results file, as it was when this object was made.
class StudyRows {
 public:
  /// Throws RequestError where Reader does, and where the file has no such study.
  StudyRows(const std::filesystem::path& database, const std::string& study);
  ~StudyRows();

  /// Every table of the file but `migration` and `stop_request`, parents before children.
  const std::vector<ExportedTable>& tables() const { return tables_; }
  /// Calls `row` for each row of the table that is the study's, in the order of its key, until it says false; true
  /// where none did.
  bool each_row(const ExportedTable& table,
                const std::function<bool(const std::vector<SqlValue>&)>& row) const;

 private:
  std::unique_ptr<Connection> connection_;
  std::int64_t study_id_ = 0;
  std::vector<ExportedTable> tables_;
};

/// What a document says of itself, and the tables' version in it.
inline constexpr const char* export_format = "ablate study";
inline constexpr int export_version = 1;

}  // namespace ablate
