#pragma once
/// Files that are dear to make and that many test processes begin with.

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "support/temporary_folder.hpp"

namespace ablate::test {

/// Puts into the folder what `make` puts there. Under ctest (`ABLATE_TEST_SHARED`, emptied when it begins) only the first
/// process of that name makes it, and the others copy: each has its own to change. `make` must leave no absolute path of
/// the folder that a test relies on.
inline void fill_shared(const TemporaryFolder& folder, const std::string& name,
                        const std::function<void()>& make) {
  namespace fs = std::filesystem;
  const char* shared = std::getenv("ABLATE_TEST_SHARED");
  if (!shared || !fs::is_directory(shared)) return make();
  const fs::path kept = fs::path(shared) / name;
  const int lock = ::open((kept.string() + ".lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644);
  ::flock(lock, LOCK_EX);
  const auto all = fs::copy_options::recursive | fs::copy_options::overwrite_existing;
  if (fs::exists(kept)) {
    fs::copy(kept, folder.path(), all);
  } else {
    make();
    fs::copy(folder.path(), kept.string() + ".tmp", all);
    fs::rename(kept.string() + ".tmp", kept);
  }
  ::close(lock);
}

}  // namespace ablate::test
