#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/base64.hpp"
#include "base/digest.hpp"
#include "base/error.hpp"
#include "exchange/export.hpp"
#include "exchange/real_text.hpp"
#include "store/new_file.hpp"
#include "store/study_rows.hpp"
#include "store/versions.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;
using OrderedJson = nlohmann::ordered_json;

/// Text is always quoted, so that "1" is not a number and "" is not NULL.
struct CsvText {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(double number) const { return real_text(number); }
  std::string operator()(const std::string& text) const {
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
  }
  std::string operator()(const Blob& bytes) const { return "base64:" + base64(bytes); }
};

/// A file in the making, with its digest.
class HashedFile {
 public:
  explicit HashedFile(const fs::path& path) : out_(path, std::ios::binary) {}
  void write(const std::string& text) {
    out_ << text;
    digest_.update(text);
  }
  bool good() const { return out_.good(); }
  std::string finish() {
    out_.close();
    return hex(digest_.finish());
  }

 private:
  std::ofstream out_;
  Sha256 digest_;
};

[[noreturn]] void refuse_to_write(const fs::path& file) {
  throw RequestError(fmt::format("cannot write {}: {}", file.string(), std::strerror(errno)));
}

/// One line of the manifest; nothing where `stop` ended it.
std::optional<OrderedJson> write_table(const StudyRows& study, const ExportedTable& table,
                                       const fs::path& folder, const ExportOptions& options,
                                       const std::atomic<bool>& stop) {
  HashedFile file(folder / (table.name + ".csv"));
  OrderedJson columns = OrderedJson::array();
  std::string head;
  for (const ExportedColumn& column : table.columns) {
    columns.push_back({{"name", column.name}, {"type", column.type}});
    head += (head.empty() ? "" : ",") + column.name;
  }
  file.write(head + "\n");
  std::int64_t rows = 0;
  const bool whole =
      is_left_out(table, options) || study.each_row(table, [&](const std::vector<SqlValue>& values) {
        std::string line;
        for (const SqlValue& value : values) {
          if (&value != values.data()) line += ',';
          line += std::visit(CsvText(), value);
        }
        file.write(line + "\n");
        ++rows;
        return !stop && file.good();
      });
  const std::string sha256 = file.finish();
  if (stop) return std::nullopt;
  if (!whole || !file.good()) refuse_to_write(folder / (table.name + ".csv"));
  return OrderedJson{{"name", table.name},
                     {"file", table.name + ".csv"},
                     {"columns", columns},
                     {"rows", rows},
                     {"sha256", sha256}};
}

}  // namespace

bool export_csv(const fs::path& database, const std::string& study, const fs::path& folder,
                const ExportOptions& options, const std::atomic<bool>& stop) {
  const StudyRows rows(database, study);
  NewFile made(folder);
  fs::create_directory(made.part());
  OrderedJson manifest = {
      {"format", export_format}, {"version", export_version}, {"schema", newest_schema_version()}};
  manifest["tables"] = OrderedJson::array();
  for (const ExportedTable& table : rows.tables()) {
    auto line = write_table(rows, table, made.part(), options, stop);
    if (!line) return false;
    manifest["tables"].push_back(std::move(*line));
  }
  std::ofstream out(made.part() / "manifest.json", std::ios::binary);
  out << manifest.dump(2) << "\n";
  out.close();
  if (!out) refuse_to_write(made.part() / "manifest.json");
  made.finish();
  return true;
}

}  // namespace ablate
