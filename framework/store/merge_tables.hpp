#pragma once
/// Which tables hang on which, read from the schema itself, so that a table that a later step adds comes
/// along. Private to framework/store.

#include <string>
#include <vector>

#include "store/connection.hpp"

namespace ablate {

struct TableColumns {
  std::string table;
  std::vector<std::string> columns;  ///< in the table's order
};

/// All columns of a table of the main file, without those named.
std::vector<std::string> columns_of(Connection& connection, const std::string& table,
                                    const std::vector<std::string>& without = {});

/// Tables whose column `owner` ("run_id", "variant_id", "dataset_id") is part of their key and names what
/// they belong to, by name; their columns without it. `run`, `tag` and `note` are none of them, nor
/// is `stop_request`, which is for this file's workers alone.
std::vector<TableColumns> tables_owned_by(Connection& connection, const std::string& owner);

/// "a.x, a.y"; without a prefix "x, y".
std::string listed(const std::vector<std::string>& columns, const std::string& prefix = {});

}  // namespace ablate
