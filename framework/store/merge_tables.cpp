#include "store/merge_tables.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ablate {
namespace {

std::vector<std::string> column_texts(Query& query) {
  std::vector<std::string> rows;
  while (query.next()) query >> rows.emplace_back();
  return rows;
}

}  // namespace

std::vector<std::string> columns_of(Connection& connection, const std::string& table,
                                    const std::vector<std::string>& without) {
  Query query(connection, "SELECT name FROM pragma_table_info(?, 'main') ORDER BY cid");
  query << table;
  std::vector<std::string> columns = column_texts(query);
  std::erase_if(columns, [&](const std::string& column) {
    return std::find(without.begin(), without.end(), column) != without.end();
  });
  return columns;
}

std::vector<TableColumns> tables_owned_by(Connection& connection, const std::string& owner) {
  std::vector<std::string> names;
  {
    Query query(
        connection,
        "SELECT t.name FROM main.sqlite_schema AS t, pragma_table_info(t.name, 'main') AS c "
        "WHERE t.type = 'table' AND c.name = ? AND c.pk > 0 AND t.name NOT IN ('tag', 'stop_request') ORDER BY 1");
    query << owner;
    names = column_texts(query);
  }
  std::vector<TableColumns> tables;
  for (const std::string& name : names) tables.push_back({name, columns_of(connection, name, {owner})});
  return tables;
}

std::string listed(const std::vector<std::string>& columns, const std::string& prefix) {
  std::string text;
  for (const std::string& column : columns) {
    text += fmt::format("{}{}{}", text.empty() ? "" : ", ", prefix, column);
  }
  return text;
}

}  // namespace ablate
