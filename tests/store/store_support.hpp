#pragma once
/// A folder of the test's own, small records, and the file seen from outside.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "store/records.hpp"
#include "store/store.hpp"

namespace ablate::test {

/// An empty folder that goes with all its files.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

StudyRecord study_named(const std::string& name);
/// Its configuration is its name, unless another one is given.
VariantRecord variant_named(const std::string& name, const std::string& config = {});
/// Of a run that has all three splits, each metric filled from `accuracy`.
EpochRecord epoch_of(int epoch, double accuracy, bool selected = true);

/// Runs SQL that may write, as another program would.
void execute(const std::filesystem::path& file, const std::string& sql);
/// Every row of a read-only query, its values as text between bars: "1|train".
std::vector<std::string> rows(const std::filesystem::path& file, const std::string& sql);
/// The only row.
std::string row(const std::filesystem::path& file, const std::string& sql);
/// What the RequestError of `action` says; "" when there is none.
template <class Action>
std::string refusal(Action&& action) {
  try {
    action();
  } catch (const RequestError& error) {
    return error.what();
  }
  return {};
}

/// Claims the study's next run with a lease of a minute.
std::optional<RunRecord> claim(Store& store, std::int64_t study_id);

}  // namespace ablate::test
