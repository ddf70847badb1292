#pragma once
/// What the fuzzers call with bytes of their own making, and the tests with what they found. Each function
/// returns for bytes that are taken and for those that are refused by a RequestError; whatever else it throws
/// is a finding.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ablate::fuzz {

using Bytes = std::span<const std::uint8_t>;

void where(Bytes bytes);        ///< a question of `ablate runs`
void yaml(Bytes bytes);         ///< a study file
void idx(Bytes bytes);          ///< images, labels, and those of the test set, one file after the other
void csv(Bytes bytes);          ///< the training file, then that of the test set, then a mapping
void gzip(Bytes bytes);         ///< a file that may be gzipped
void unpack(Bytes bytes);       ///< a zip archive
void pictures(Bytes bytes);     ///< a PNG or JPEG file
void npz(Bytes bytes);          ///< an archive of arrays
void json_import(Bytes bytes);  ///< a study's export

/// The parts of a harness's input that stand for files of their own: what lies between lines "--8<--".
inline std::vector<std::string_view> parts(Bytes bytes) {
  constexpr std::string_view between = "\n--8<--\n";
  std::string_view rest(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::vector<std::string_view> found;
  for (;;) {
    const std::size_t end = rest.find(between);
    found.push_back(rest.substr(0, end));
    if (end == std::string_view::npos) return found;
    rest.remove_prefix(end + between.size());
  }
}

struct Target {
  std::string_view name;  ///< its corpus is tests/fuzz/<name>_corpus
  void (*run)(Bytes bytes);
};
std::span<const Target> targets();

}  // namespace ablate::fuzz
