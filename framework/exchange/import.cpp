#include "exchange/import.hpp"

#include <fstream>
#include <string>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/shell_word.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

/// The first byte that is not white space, after a byte order mark if there is one; 0: there is none. Not of a
/// file that this program has open.
char first_character(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string mark(3, '\0');
  in.read(mark.data(), 3);
  if (in.gcount() < 3 || mark != "\xEF\xBB\xBF") in.clear(), in.seekg(0);
  char first = 0;
  return in >> first ? first : '\0';
}

/// Whether the file begins as gzip (RFC 1952).
bool is_gzipped(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return in.get() == 0x1F && in.get() == 0x8B;
}

}  // namespace

MergeSource source_of(const fs::path& path, const std::atomic<bool>& stop) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (path == "-") {
    throw RequestError("what is imported is a file, not standard input",
                       "write it to a file first, and name that");
  }
  if (status.type() == fs::file_type::not_found) {
    throw RequestError(fmt::format("there is no {}", path.string()),
                       "check the spelling and the working folder");
  }
  if (fs::is_directory(status)) {
    TemporaryCopy copy;
    load_csv(path, copy.file());
    return {path, std::move(copy)};
  }
  if (!error && fs::exists(status) && !fs::is_regular_file(status)) {
    throw RequestError(
        fmt::format("{} is not a file: what comes through a pipe cannot be read twice", path.string()),
        "write it to a file first, and name that");
  }
  if (fs::is_regular_file(status) && is_gzipped(path)) {
    throw RequestError(fmt::format("{} is gzipped", path.string()),
                       fmt::format("gunzip -k {}, and name what comes out", shell_word(path.string())));
  }
  if (fs::is_regular_file(status) && first_character(path) == '{') {
    TemporaryCopy copy;
    load_json(path, copy.file());
    return {path, std::move(copy)};
  }
  return {path, stop};
}

MergeReport merge_any(const std::vector<fs::path>& sources, const fs::path& into, const MergeOptions& options,
                      const std::atomic<bool>& stop) {
  check_sources(sources, into);
  std::vector<MergeSource> opened;
  for (const fs::path& source : sources) opened.push_back(source_of(source, stop));
  return merge_sources(opened, into, options, stop);
}

}  // namespace ablate
