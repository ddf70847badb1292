#pragma once
/// The files of framework/store/queries, built into the program. Private to framework/store.

#include <span>
#include <string_view>

namespace ablate {

struct QueryFile {
  std::string_view name;  ///< without ".sql"
  std::string_view text;
};

/// In the order of their names.
std::span<const QueryFile> query_files();

}  // namespace ablate
