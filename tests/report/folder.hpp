#pragma once
/// A folder of a test's own, gone when the test ends.

#include <filesystem>
#include <string>

namespace ablate {

class TestFolder {
 public:
  /// `name` keeps tests that run at the same time apart.
  explicit TestFolder(const std::string& name);
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string text(const std::string& file) const;

 private:
  std::filesystem::path path_;
};

}  // namespace ablate
