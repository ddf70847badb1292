#include <cerrno>
#include <cstring>
#include <fstream>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/base64.hpp"
#include "base/error.hpp"
#include "exchange/export.hpp"
#include "exchange/real_text.hpp"
#include "store/new_file.hpp"
#include "store/study_rows.hpp"
#include "store/versions.hpp"

namespace ablate {
namespace {

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// What JSON has no word for is an object: {"real": "inf"}, {"base64": "..."} for bytes, {"text_base64":
/// "..."} for text that is no UTF-8.
struct JsonText {
  std::string operator()(std::monostate) const { return "null"; }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(double number) const {
    const std::string text = real_text(number);
    return text.find("inf") == std::string::npos ? text : fmt::format(R"({{"real":"{}"}})", text);
  }
  std::string operator()(const std::string& text) const {
    try {
      return nlohmann::json(text).dump();
    } catch (const nlohmann::json::type_error&) {
      return fmt::format(R"({{"text_base64":"{}"}})", base64(bytes_of(text)));
    }
  }
  std::string operator()(const Blob& bytes) const {
    return fmt::format(R"({{"base64":"{}"}})", base64(bytes));
  }
};

void write_head(const ExportedTable& table, std::ostream& out) {
  out << fmt::format("\"{}\": {{\"columns\": [", table.name);
  for (const ExportedColumn& column : table.columns) {
    out << fmt::format("{}\"{}\"", &column == table.columns.data() ? "" : ", ", column.name);
  }
  out << "], \"rows\": [";
}

}  // namespace

bool export_json(const std::filesystem::path& database, const std::string& study, std::ostream& out,
                 const ExportOptions& options, const std::atomic<bool>& stop) {
  const StudyRows rows(database, study);
  out << fmt::format("{{\"format\": \"{}\", \"version\": {}, \"schema\": {}, \"study\": {},\n\"tables\": {{",
                     export_format, export_version, newest_schema_version(), JsonText()(study));
  const char* between_tables = "\n";
  for (const ExportedTable& table : rows.tables()) {
    out << between_tables;
    between_tables = ",\n";
    write_head(table, out);
    const char* between_rows = "\n[";
    const bool whole =
        is_left_out(table, options) || rows.each_row(table, [&](const std::vector<SqlValue>& values) {
          out << between_rows;
          between_rows = ",\n[";
          for (const SqlValue& value : values) {
            if (&value != values.data()) out << ',';
            out << std::visit(JsonText(), value);
          }
          out << ']';
          return !stop && out;
        });
    if (!whole) return false;
    out << "]}";
  }
  out << "\n}}\n";
  return true;
}

bool export_json(const std::filesystem::path& database, const std::string& study,
                 const std::filesystem::path& file, const ExportOptions& options,
                 const std::atomic<bool>& stop) {
  NewFile made(file);
  std::ofstream out(made.part(), std::ios::binary);
  const bool whole = export_json(database, study, out, options, stop);
  out.close();
  if (stop) return false;
  if (!whole || !out) {
    throw RequestError(fmt::format("cannot write {}: {}", file.string(), std::strerror(errno)));
  }
  made.finish();
  return true;
}

}  // namespace ablate
