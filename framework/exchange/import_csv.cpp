#include <fstream>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/base64.hpp"
#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text_value.hpp"
#include "exchange/import.hpp"
#include "store/staging.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::size_t largest_manifest = 1 << 20;

/// A field as it is in the file.
struct Field {
  std::string text;
  bool quoted = false;
};

/// Reads records of RFC 4180 one after the other, and digests the bytes.
class CsvFile {
 public:
  explicit CsvFile(const fs::path& path) : in_(path, std::ios::binary) {}
  bool is_open() const { return in_.is_open(); }

  /// False at the end of the file.
  bool next(std::vector<Field>& fields) {
    fields.clear();
    bytes_.clear();
    Field field;
    bool inside = false;
    for (int c; (c = in_.get()) != std::ifstream::traits_type::eof();) {
      bytes_ += static_cast<char>(c);
      if (inside && c == '"' && in_.peek() == '"') {
        bytes_ += static_cast<char>(in_.get());
        field.text += '"';
      } else if (c == '"') {
        inside = !inside;
        field.quoted = true;
      } else if (!inside && (c == ',' || c == '\n')) {
        fields.push_back(std::move(field));
        field = {};
        if (c == '\n') break;
      } else {
        field.text += static_cast<char>(c);
      }
    }
    digest_.update(bytes_);
    return !bytes_.empty();
  }

  std::string sha256() { return hex(digest_.finish()); }

 private:
  std::ifstream in_;
  Sha256 digest_;
  std::string bytes_;
};

SqlValue value_of(Field& field, const Staging& staging) {
  constexpr std::string_view blob = "base64:";
  if (field.quoted) return std::move(field.text);
  if (field.text.empty()) return {};
  if (field.text.starts_with(blob)) {
    if (auto bytes = bytes_of_base64(std::string_view(field.text).substr(blob.size())))
      return std::move(*bytes);
  }
  if (const auto whole = number_of<std::int64_t>(field.text)) return *whole;
  if (const auto real = number_of<double>(field.text)) return *real;
  staging.refuse(fmt::format("'{}' is neither a number nor in quotes", field.text.substr(0, 40)));
}

/// What manifest.json says of one table.
struct Listed {
  std::string name, sha256;
  std::int64_t rows = 0;
};

struct Manifest {
  std::int64_t schema = 0;
  std::vector<Listed> tables;
};

Manifest read_manifest(const fs::path& folder) {
  const fs::path file = folder / "manifest.json";
  std::error_code error;
  if (!fs::is_regular_file(file, error)) {
    throw RequestError(
        fmt::format("{} is a folder without manifest.json, no export of ablate", folder.string()),
        "ablate export csv STUDY makes one; a results file can be imported too");
  }
  Manifest manifest;
  try {
    const Json json = Json::parse(read_file(file, largest_manifest));
    manifest.schema = json.value("schema", std::int64_t{0});
    check_export_head(file, json.value("format", ""), json.value("version", std::int64_t{0}),
                      manifest.schema);
    for (const Json& table : json.at("tables")) {
      manifest.tables.push_back({table.at("name").get<std::string>(), table.at("sha256").get<std::string>(),
                                 table.at("rows").get<std::int64_t>()});
    }
  } catch (const Json::exception&) {
    throw RequestError(fmt::format("{} is not the manifest of an ablate export", file.string()),
                       "was it cut short, or changed? export the study again");
  }
  return manifest;
}

void load_table(const fs::path& folder, const Listed& table, Staging& staging) {
  // The name becomes a file's name only once it is known to be a table's.
  std::vector<Field> fields;
  staging.check_table(table.name);
  CsvFile file(folder / (table.name + ".csv"));
  if (!file.is_open() || !file.next(fields)) staging.refuse(fmt::format("{}.csv is not there", table.name));
  std::vector<std::string> columns;
  for (const Field& field : fields) columns.push_back(field.text);
  staging.begin(table.name, columns);
  std::int64_t rows = 0;
  std::vector<SqlValue> values;
  while (file.next(fields)) {
    values.clear();
    for (Field& field : fields) values.push_back(value_of(field, staging));
    staging.row(values);
    ++rows;
  }
  if (rows != table.rows || file.sha256() != table.sha256)
    staging.refuse(fmt::format("{}.csv is not as it was exported", table.name));
}

}  // namespace

void load_csv(const fs::path& folder, const fs::path& database) {
  const Manifest manifest = read_manifest(folder);
  Staging staging(database, folder, manifest.schema);
  for (const Listed& table : manifest.tables) load_table(folder, table, staging);
  staging.finish();
}

}  // namespace ablate
