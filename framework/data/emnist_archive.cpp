#include "data/emnist_archive.hpp"

#include <algorithm>
#include <fstream>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/suggest.hpp"
#include "base/work_folder.hpp"
#include "data/emnist_files.hpp"
#include "data/files.hpp"
#include "data/unpack.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_provenance = 500;

std::string provenance_name(const std::string& split) { return fmt::format("emnist-{}-origin.txt", split); }

/// Makes the folder, and one in it for files that are not yet what they should be.
WorkFolder staging_in(const fs::path& folder) {
  const char* hint = "check its permissions and the space on its disk, or name another folder";
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    throw RequestError(fmt::format("cannot make the folder {}: {}", folder.string(), error.message()), hint);
  return WorkFolder(folder / ".unpacking", hint);
}

void move_files(const fs::path& from, const fs::path& folder, const std::set<std::string>& names) {
  for (const std::string& name : names) {
    std::error_code error;
    fs::rename(from / name, folder / name, error);
    if (error)
      throw RequestError(fmt::format("cannot write {}: {}", (folder / name).string(), error.message()));
  }
}

void refuse_missing(const fs::path& archive, const std::string& split, const std::set<std::string>& there) {
  std::vector<std::string> missing;
  for (const std::string& name : emnist_members(split)) {
    if (!there.contains(name)) missing.push_back(name);
  }
  if (missing.empty()) return;
  std::vector<std::string> splits;
  for (const std::string& name : there) {
    if (const auto found = emnist_split_of(name)) splits.push_back(*found);
  }
  throw RequestError(
      Location{archive.string()},
      fmt::format("split '{}' is not whole in there; missing:\n  {}", split, fmt::join(missing, "\n  ")),
      splits.empty() ? "an archive of EMNIST's IDX files; this one holds no split"
                     : fmt::format("--split: {}", suggestion(split, splits)));
}

}  // namespace

std::set<std::string> emnist_members(const std::string& split) {
  std::set<std::string> names = {fmt::format("emnist-{}-mapping.txt", split)};
  for (const char* part :
       {"train-images-idx3", "train-labels-idx1", "test-images-idx3", "test-labels-idx1"}) {
    names.insert(fmt::format("emnist-{}-{}-ubyte.gz", split, part));
  }
  return names;
}

bool has_emnist_split(const fs::path& folder, const std::string& split) {
  const std::set<std::string> members = emnist_members(split);
  return std::all_of(members.begin(), members.end(), [&](std::string name) {
    if (name.ends_with(".gz")) name.resize(name.size() - 3);
    return find_plain_or_gzipped(folder, name).has_value();
  });
}

std::string emnist_provenance(const fs::path& folder, const std::string& split) {
  std::ifstream in(folder / provenance_name(split), std::ios::binary);
  std::string line(longest_provenance, '\0');
  in.read(line.data(), static_cast<std::streamsize>(line.size()));
  line.resize(static_cast<std::size_t>(in.gcount()));
  line.resize(std::min(line.size(), line.find('\n')));
  std::replace_if(
      line.begin(), line.end(), [](char letter) { return letter < ' ' || letter > '~'; }, '?');
  return line;
}

std::optional<Dataset> install_emnist(const fs::path& archive, const std::string& split,
                                      const fs::path& folder, const std::string& provenance,
                                      const std::atomic<bool>& stop) {
  const WorkFolder staging = staging_in(folder);
  const auto there = unpack(archive, emnist_members(split), staging.path(), stop);
  if (!there) return std::nullopt;
  refuse_missing(archive, split, *there);
  DataSettings settings;
  settings.source = Source::emnist;
  settings.split = split;
  settings.path = staging.path().string();
  Dataset dataset = load_dataset(settings);
  dataset.origin = folder.string();
  if (stop) return std::nullopt;
  write_file(staging.path() / provenance_name(split), provenance + "\n");
  std::set<std::string> names = emnist_members(split);
  names.insert(provenance_name(split));
  move_files(staging.path(), folder, names);
  return dataset;
}

}  // namespace ablate
