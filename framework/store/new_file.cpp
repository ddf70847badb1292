#include "store/new_file.hpp"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "base/error.hpp"
#include "store/connection.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// The path itself, if it can be made.
const fs::path& free_path(const fs::path& path) {
  std::error_code error;
  const fs::path folder = folder_of(path);
  if (!fs::is_directory(folder, error)) {
    throw RequestError(fmt::format("cannot make {}: there is no folder {}", path.string(), folder.string()),
                       fmt::format("mkdir -p {}", folder.string()));
  }
  if (fs::exists(fs::symlink_status(path, error)))
    throw RequestError(fmt::format("{} is there already", path.string()), "name another one, or remove it");
  check_log_has_file(path);
  return path;
}

}  // namespace

fs::path part_of(const fs::path& path) { return path.string() + ".part"; }

NewFile::NewFile(const fs::path& path)
    : path_(free_path(path)),
      folder_(part_of(path), "check the folder's permissions, or name another place"),
      part_(folder_.path() / path.filename()) {}

void NewFile::finish() {
  check_log_has_file(path_);
  if (sync_to_disk(part_) && rename_new(part_, path_)) {
    sync_to_disk(folder_of(path_));
    return;
  }
  if (errno == EEXIST) {
    throw RequestError(
        fmt::format("another program made {} meanwhile; it is as that program left it", path_.string()),
        "do the same again, or name another one");
  }
  throw RequestError(fmt::format("cannot write {}: {}", path_.string(), std::strerror(errno)));
}

}  // namespace ablate
