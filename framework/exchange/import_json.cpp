#include <cmath>
#include <cstdint>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/base64.hpp"
#include "base/error.hpp"
#include "exchange/import.hpp"
#include "store/staging.hpp"

namespace ablate {
namespace {

using Json = nlohmann::json;

/// Hears the document piece by piece and hands on row after row. Whatever is out of place ends it at once.
class ExportReader : public nlohmann::json_sax<Json> {
 public:
  ExportReader(const std::filesystem::path& file, const std::filesystem::path& database)
      : file_(file), database_(database) {}

  bool null() override { return value({}); }
  bool boolean(bool) override { unexpected("a truth value"); }
  bool number_integer(number_integer_t number) override { return value(std::int64_t{number}); }
  bool number_unsigned(number_unsigned_t number) override {
    if (number > static_cast<number_unsigned_t>(INT64_MAX)) unexpected("a number beyond 64 bits");
    return value(static_cast<std::int64_t>(number));
  }
  bool number_float(number_float_t number, const string_t&) override { return value(number); }
  bool string(string_t& text) override {
    if (place_ == Place::value) return special(text);
    if (place_ != Place::columns) return value(std::move(text));
    columns_.push_back(text);
    return true;
  }
  bool binary(binary_t&) override { unexpected("bytes"); }

  bool key(string_t& name) override {
    key_ = name;
    return true;
  }

  bool start_object(std::size_t) override {
    switch (place_) {
      case Place::start:
        return go(Place::root);
      case Place::root:
        return key_ == "tables" ? begin_tables() : unexpected(fmt::format("'{}'", key_));
      case Place::tables:
        table_ = key_;
        columns_.clear();
        return go(Place::table);
      case Place::row:
        return go(Place::value);
      default:
        unexpected("an object");
    }
  }
  bool end_object() override {
    switch (place_) {
      case Place::value:
        return go(Place::row);
      case Place::table:
        return go(Place::tables);
      case Place::tables:
        return go(Place::root);
      default:
        return go(Place::end);
    }
  }
  bool start_array(std::size_t) override {
    if (place_ == Place::table && key_ == "columns") return go(Place::columns);
    if (place_ == Place::table && key_ == "rows") {
      staging_->begin(table_, columns_);
      return go(Place::rows);
    }
    if (place_ != Place::rows) unexpected("a list");
    row_.clear();
    return go(Place::row);
  }
  bool end_array() override {
    if (place_ == Place::row) {
      staging_->row(row_);
      return go(Place::rows);
    }
    return go(Place::table);
  }
  bool parse_error(std::size_t byte, const std::string&, const nlohmann::detail::exception&) override {
    const std::string why = fmt::format("it is no JSON from byte {} on", byte);
    if (staging_) staging_->refuse(why);
    throw RequestError(fmt::format("{} is not an ablate export: {}", file_.string(), why),
                       "was it cut short, or changed? export the study again");
  }

  void finish() {
    if (!staging_) refuse_foreign(file_);
    staging_->finish();
  }

 private:
  enum class Place { start, root, tables, table, columns, rows, row, value, end };

  bool go(Place place) {
    place_ = place;
    return true;
  }

  [[noreturn]] bool unexpected(const std::string& what) const {
    if (staging_) staging_->refuse(fmt::format("{} in the table '{}'", what, table_));
    refuse_foreign(file_);
  }

  bool begin_tables() {
    if (staging_) staging_->refuse("two times 'tables'");
    check_export_head(file_, format_, version_, schema_);
    staging_.emplace(database_, file_, schema_);
    return go(Place::tables);
  }

  bool value(SqlValue given) {
    if (place_ == Place::row) {
      row_.push_back(std::move(given));
      return true;
    }
    const auto* number = std::get_if<std::int64_t>(&given);
    const auto* text = std::get_if<std::string>(&given);
    if (place_ != Place::root) unexpected("a value");
    if (key_ == "format" && text) {
      format_ = *text;
    } else if (key_ == "version" && number) {
      version_ = *number;
    } else if (key_ == "schema" && number) {
      schema_ = *number;
    } else if (key_ != "study") {
      unexpected(fmt::format("'{}'", key_));
    }
    return true;
  }

  /// {"real": "inf"}, {"base64": "..."}, {"text_base64": "..."}.
  bool special(const std::string& text) {
    if (key_ == "real" && (text == "inf" || text == "-inf")) {
      row_.emplace_back(text == "inf" ? HUGE_VAL : -HUGE_VAL);
      return true;
    }
    const auto bytes = bytes_of_base64(text);
    if (bytes && key_ == "base64") {
      row_.emplace_back(*bytes);
    } else if (bytes && key_ == "text_base64") {
      row_.emplace_back(std::string(bytes->begin(), bytes->end()));
    } else {
      unexpected(fmt::format("a value '{}'", key_));
    }
    return true;
  }

  std::filesystem::path file_, database_;
  std::optional<Staging> staging_;
  Place place_ = Place::start;
  std::string key_, format_, table_;
  std::int64_t version_ = 0, schema_ = 0;
  std::vector<std::string> columns_;
  std::vector<SqlValue> row_;
};

}  // namespace

void load_json(const std::filesystem::path& file, const std::filesystem::path& database) {
  std::ifstream in(file, std::ios::binary);
  ExportReader reader(file, database);
  Json::sax_parse(in, &reader);
  reader.finish();
}

}  // namespace ablate
