/// Any bytes as a study's export: they give a results file, or a RequestError and none.

#include <cstdlib>
#include <filesystem>
#include <map>

#include <SQLiteCpp/SQLiteCpp.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "exchange/import.hpp"
#include "fuzz/targets.hpp"
#include "store/schema.hpp"
#include "support/temporary_folder.hpp"

namespace {

/// The schema that an export says it has; the newest where it says none that there is.
int schema_of(const std::string& text) {
  constexpr std::string_view key = "\"schema\":";
  const std::size_t place = text.find(key);
  const int said = place == text.npos ? 0 : std::atoi(text.c_str() + place + key.size());
  return 1 <= said && said <= ablate::schema_version() ? said : ablate::schema_version();
}

/// A results file of that schema without a row. To make it takes twenty times as long as to import a small export.
const std::string& empty_file(int schema, const std::filesystem::path& place) {
  static std::map<int, std::string> made;
  const auto [bytes, is_new] = made.try_emplace(schema);
  if (is_new) {
    {
      SQLite::Database database(place.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      ablate::migrate(database, place.string(), schema);
    }
    bytes->second = ablate::read_file(place, std::size_t{16} << 20);
  }
  return bytes->second;
}

}  // namespace

void ablate::fuzz::json_import(Bytes bytes) {
  static const test::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "export.json", database = folder.path() / "imported.db";
  const std::string text(parts(bytes).front());
  folder.write("export.json", text);
  folder.write("imported.db", empty_file(schema_of(text), folder.path() / "empty.db"));
  std::filesystem::remove(folder.path() / "empty.db");
  try {
    load_json(file, database);
  } catch (const RequestError&) {
  }
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
    std::filesystem::remove(database.string() + ending);
  }
}
