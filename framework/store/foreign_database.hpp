#pragma once
/// Somebody else's SQLite file, read and never changed.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/value.hpp"

namespace ablate {

class ForeignDatabase {
 public:
  /// Throws RequestError for a file that is not there, or is no database.
  explicit ForeignDatabase(const std::filesystem::path& path);
  ~ForeignDatabase();

  /// Throws RequestError, naming the file, where a table lacks one of the columns.
  void require(const std::string& table, const std::vector<std::string>& columns) const;
  /// Every row of a statement of ours.
  void select(const std::string& sql, const std::function<void(const std::vector<Value>&)>& row) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ablate
