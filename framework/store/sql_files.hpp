#pragma once
/// The .sql files of framework/store, built into the program. Private to framework/store.

#include <span>
#include <string_view>

namespace ablate {

struct SqlFile {
  std::string_view name;  ///< without ".sql"
  std::string_view text;
};

/// In the order of their names: the named queries, and the steps of the schema.
std::span<const SqlFile> query_files();
std::span<const SqlFile> schema_files();

}  // namespace ablate
