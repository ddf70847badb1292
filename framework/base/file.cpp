#include "base/file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/home.hpp"
#include "base/leftovers.hpp"

namespace ablate {
namespace {

[[noreturn]] void fail(const char* verb, const std::filesystem::path& path, int error,
                       const char* hint = "") {
  throw RequestError(fmt::format("cannot {} {}: {}", verb, path.string(), std::strerror(error)), hint);
}

}  // namespace

std::string read_file(const std::filesystem::path& path, std::size_t limit) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    throw RequestError(fmt::format("{} is a folder, not a file", path.string()));
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) fail("open", path, errno, "check the spelling and the working folder");
  std::string bytes;
  char block[1 << 16];
  while (in.read(block, sizeof block), in.gcount() > 0) {
    bytes.append(block, static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > limit) {
      throw RequestError(fmt::format("{} is longer than the {} bytes that are read", path.string(), limit));
    }
  }
  if (in.bad()) fail("read", path, errno);
  return bytes;
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  remove_leftovers_of(path);
  replace_file(path, bytes);
}

void replace_file(const std::filesystem::path& path, std::string_view bytes) {
  std::error_code error;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  if (error) fail("make the folder", path.parent_path(), error.value());
  const TemporaryFile made(path);
  const std::filesystem::path& temporary = made.path();
  std::ofstream out(temporary, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) {
    const int cause = errno;
    std::filesystem::remove(temporary, error);
    fail("write", path, cause);
  }
  std::filesystem::rename(temporary, path, error);
  if (!error) return;
  const int cause = error.value();
  std::filesystem::remove(temporary, error);
  fail("write", path, cause);
}

std::optional<std::filesystem::path> home_folder() {
  const char* home = std::getenv("HOME");
  if (!home || !*home) return std::nullopt;
  return home;
}

std::filesystem::path expand_home(const std::filesystem::path& path) {
  const std::string text = path.string();
  if (text != "~" && !text.starts_with("~/")) return path;
  const auto home = home_folder();
  if (!home) throw RequestError(fmt::format("cannot expand {}: HOME is not set", text), "write the path out");
  return text == "~" ? *home : *home / text.substr(2);
}

}  // namespace ablate
