#include "store/study_rows.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "store/connection.hpp"
#include "store/merge_tables.hpp"
#include "store/store_rows.hpp"

namespace ablate {
namespace {

const std::string runs = "(SELECT id FROM main.run WHERE study_id = ?1)";
const std::string variants = "(SELECT id FROM main.variant WHERE study_id = ?1)";
const std::string machines = "(SELECT machine_id FROM main.run WHERE study_id = ?1)";
const std::string datasets =
    "(SELECT train_dataset_id FROM main.run WHERE study_id = ?1 UNION "
    "SELECT test_dataset_id FROM main.run WHERE study_id = ?1)";

ExportedTable table_of(Connection& connection, const std::string& name, const std::string& where) {
  ExportedTable table{name, {}, where};
  Query query(connection, "SELECT name, type FROM pragma_table_info(?, 'main') ORDER BY cid");
  query << name;
  while (query.next()) {
    ExportedColumn& column = table.columns.emplace_back();
    query >> column.name >> column.type;
  }
  return table;
}

std::string key_of(Connection& connection, const std::string& table) {
  Query query(connection, "SELECT name FROM pragma_table_info(?, 'main') WHERE pk > 0 ORDER BY pk");
  query << table;
  std::vector<std::string> columns;
  while (query.next()) query >> columns.emplace_back();
  return listed(columns);
}

}  // namespace

std::vector<ExportedTable> exported_tables(Connection& connection) {
  std::vector<ExportedTable> tables;
  const auto add = [&](const std::string& name, const std::string& where) {
    tables.push_back(table_of(connection, name, where));
  };
  const auto add_owned = [&](const char* owner, const std::string& of) {
    for (const TableColumns& owned : tables_owned_by(connection, owner))
      add(owned.table, fmt::format("{} IN {}", owner, of));
  };
  add("study", "id = ?1");
  add("variant", "study_id = ?1");
  add_owned("variant_id", variants);
  add("machine", "id IN " + machines);
  add("dataset", "id IN " + datasets);
  add_owned("dataset_id", datasets);
  add("run", "study_id = ?1");
  add_owned("run_id", runs);
  add("tag", "run_id IN " + runs);
  add("look", "study_id = ?1");
  add("note", "study_id = ?1 OR run_id IN " + runs);
  return tables;
}

StudyRows::StudyRows(const std::filesystem::path& database, const std::string& study)
    : connection_(std::make_unique<Connection>(open_for_reading(database))) {
  connection_->guard([&] {
    connection_->database().exec("BEGIN");  // one moment, until the connection closes
    study_id_ = study_id_of(*connection_, study);
    tables_ = exported_tables(*connection_);
  });
}

StudyRows::~StudyRows() = default;

bool StudyRows::each_row(const ExportedTable& table,
                         const std::function<bool(const std::vector<SqlValue>&)>& row) const {
  return connection_->guard([&] {
    std::vector<std::string> names;
    for (const ExportedColumn& column : table.columns) names.push_back(column.name);
    Query query(*connection_, fmt::format("SELECT {} FROM main.{} WHERE {} ORDER BY {}", listed(names),
                                          table.name, table.where, key_of(*connection_, table.name)));
    query << study_id_;
    std::vector<SqlValue> values(names.size());
    while (query.next()) {
      for (SqlValue& value : values) query >> value;
      if (!row(values)) return false;
    }
    return true;
  });
}

}  // namespace ablate
