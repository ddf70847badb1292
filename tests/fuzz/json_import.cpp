/// Any bytes as a study's export: they give a results file, or a RequestError and none.

#include <filesystem>
#include <stdexcept>

#include "base/error.hpp"
#include "exchange/import.hpp"
#include "fuzz/targets.hpp"
#include "support/temporary_folder.hpp"

void ablate::fuzz::json_import(Bytes bytes) {
  static const test::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "export.json", database = folder.path() / "imported.db";
  folder.write("export.json", parts(bytes).front());
  try {
    load_json(file, database);
  } catch (const RequestError&) {
  }
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
    std::filesystem::remove(database.string() + ending);
  }
}
