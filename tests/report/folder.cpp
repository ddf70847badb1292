#include "report/folder.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "base/file.hpp"

namespace ablate {

TestFolder::TestFolder(const std::string& name)
    : path_(std::filesystem::temp_directory_path() / fmt::format("ablate-{}-{}", name, ::getpid())) {
  std::filesystem::remove_all(path_);
  std::filesystem::create_directories(path_);
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TestFolder::text(const std::string& file) const { return read_file(path_ / file, 1 << 26); }

}  // namespace ablate
