#include "store/versions.hpp"

#include "store/connection.hpp"
#include "store/schema.hpp"

namespace ablate {

int newest_schema_version() { return schema_version(); }

int schema_version_of(const std::filesystem::path& path) { return version_for_reading(path); }

std::vector<std::string> schema_faults_of(const std::filesystem::path& path) {
  return schema_faults_for_reading(path);
}

Versions bring_up_to_date(const std::filesystem::path& path) {
  const int before = version_for_reading(path);
  const SQLite::Database migrated = open_existing(path);
  return {before, schema_version()};
}

bool make_readable(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return false;
  const SQLite::Database migrated = open_for_writing(path, writer_busy_milliseconds);
  return true;
}

}  // namespace ablate
