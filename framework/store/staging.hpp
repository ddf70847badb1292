#pragma once
/// Rows of an export on their way into a results file of their own.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "store/sql_value.hpp"

namespace ablate {

/// Fills a new results file in one transaction. Every method throws RequestError that names the export.
class Staging {
 public:
  /// `schema` is the version of the program that exported, which must be one that we know.
  Staging(const std::filesystem::path& database, const std::filesystem::path& source, std::int64_t schema);
  ~Staging();
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  /// Refuses what is not a table of an export, or came already.
  void check_table(const std::string& table) const;
  /// The rows that follow are of this table, with these columns.
  void begin(const std::string& table, const std::vector<std::string>& columns);
  void row(const std::vector<SqlValue>& values);
  /// Checks that every row has what it points to, and brings the file up to our schema.
  void finish();

  /// "FILE is not a whole export of ablate: ...".
  [[noreturn]] void refuse(const std::string& why) const;

 private:
  struct State;
  std::filesystem::path source_;
  std::unique_ptr<State> state_;
};

/// "FILE is not an export of ablate".
[[noreturn]] void refuse_foreign(const std::filesystem::path& source);

/// Refuses what no export of a program that we know says of itself.
void check_export_head(const std::filesystem::path& source, const std::string& format, std::int64_t version,
                       std::int64_t schema);

}  // namespace ablate
