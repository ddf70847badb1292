#include "data/emnist_files.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "data/files.hpp"

namespace ablate {
namespace {

constexpr std::string_view prefix = "emnist-", images = "-train-images-idx3-ubyte";

}  // namespace

std::optional<std::string> emnist_split_of(std::string file_name) {
  if (file_name.ends_with(".gz")) file_name.resize(file_name.size() - 3);
  const bool long_enough = file_name.size() > prefix.size() + images.size();
  if (!long_enough || !file_name.starts_with(prefix) || !file_name.ends_with(images)) return std::nullopt;
  return file_name.substr(prefix.size(), file_name.size() - prefix.size() - images.size());
}

std::vector<std::string> emnist_splits(const std::filesystem::path& folder) {
  std::vector<std::string> splits;
  if (!is_folder(folder)) return splits;
  for (const std::string& name : names_in(folder)) {
    if (auto split = emnist_split_of(name)) splits.push_back(std::move(*split));
  }
  std::sort(splits.begin(), splits.end());
  splits.erase(std::unique(splits.begin(), splits.end()), splits.end());
  return splits;
}

ClassMap emnist_classes(const DataSettings& settings, const std::filesystem::path& folder) {
  if (!settings.mapping.empty()) return ClassMap::read(named_file(settings, settings.mapping));
  const std::filesystem::path beside = folder / fmt::format("emnist-{}-mapping.txt", settings.split);
  return is_file(beside) ? ClassMap::read(beside) : ClassMap();
}

}  // namespace ablate
