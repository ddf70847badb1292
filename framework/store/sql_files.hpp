#pragma once
/// The .sql files of framework/store. Private to framework/store.

#include "base/embedded_file.hpp"

namespace ablate {

/// In the order of their names: the named queries, and the steps of the schema.
std::span<const EmbeddedFile> query_files();
std::span<const EmbeddedFile> schema_files();

/// schema.sql alone: the tables and indexes that all steps together make, as a new file gets them.
std::span<const EmbeddedFile> whole_schema();

/// A file's name without ".sql".
inline std::string_view stem_of(const EmbeddedFile& file) {
  return file.name.substr(0, file.name.rfind('.'));
}

}  // namespace ablate
