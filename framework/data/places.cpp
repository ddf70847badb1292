#include "data/places.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/home.hpp"
#include "base/shell_word.hpp"
#include "base/suggest.hpp"

namespace ablate {
namespace {

constexpr std::string_view emnist_prefix = "emnist-";
constexpr std::string_view emnist_images = "-train-images-idx3-ubyte";

bool is_file(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

/// Looks names up in one folder and keeps account of those that are not there.
class Search {
 public:
  explicit Search(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// The first of the names that is there, plain or gzipped; an empty path if none is.
  std::filesystem::path find(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      if (auto found = find_plain_or_gzipped(folder_, name)) return *found;
    }
    missing_ += fmt::format("\n  {}[.gz]", fmt::join(names, "[.gz] or "));
    return {};
  }

  void refuse_missing(const std::string& what, const std::string& hint) const {
    if (missing_.empty()) return;
    throw RequestError(fmt::format("{}: not found in {}:{}", what, folder_.string(), missing_), hint);
  }

  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  std::string missing_;
};

std::string emnist_hint(const DataSettings& settings, const std::filesystem::path& folder) {
  const std::vector<std::string> present = emnist_splits(folder);
  const bool asked = std::find(present.begin(), present.end(), settings.split) != present.end();
  const std::string there =
      asked ? "the split is there but for these files: fetch it again"
      : present.empty()
          ? "no split is there: check data.path"
          : fmt::format("--set data.split={} ({} there)",
                        nearest(settings.split, present).value_or(present.front()), fmt::join(present, ", "));
  return fmt::format(
      "{}\n  or set data.path to the folder of the files\n  or ./ablate data fetch emnist --split {} --to "
      "{}, which "
      "downloads {}",
      there, settings.split, shell_word(folder.string()), emnist_archive);
}

IdxFiles find_emnist(const DataSettings& settings) {
  Search search(source_folder(settings));
  const auto find = [&](const char* part) {
    return search.find({fmt::format("emnist-{}-{}", settings.split, part)});
  };
  IdxFiles files{find("train-images-idx3-ubyte"), find("train-labels-idx1-ubyte"),
                 find("test-images-idx3-ubyte"), find("test-labels-idx1-ubyte")};
  search.refuse_missing(fmt::format("EMNIST split '{}'", settings.split),
                        emnist_hint(settings, search.folder()));
  return files;
}

IdxFiles find_conventional(const std::filesystem::path& folder, const std::string& what,
                           const std::string& hint) {
  Search search(folder);
  IdxFiles files{search.find({"train-images-idx3-ubyte"}), search.find({"train-labels-idx1-ubyte"}),
                 search.find({"t10k-images-idx3-ubyte", "test-images-idx3-ubyte"}),
                 search.find({"t10k-labels-idx1-ubyte", "test-labels-idx1-ubyte"})};
  search.refuse_missing(what, hint);
  return files;
}

void check_names(const std::vector<std::string>& names, std::size_t expected, const char* key,
                 const char* shape) {
  if (names.size() == expected) return;
  throw RequestError(
      fmt::format("data.files.{}: {} files named, and {} expected", key, names.size(), expected), shape);
}

bool files_are_named(const DataSettings& settings) {
  return !settings.files.train.empty() || !settings.files.test.empty();
}

/// A named file, looked for from `data.path` if that is set.
std::filesystem::path named_file(const DataSettings& settings, const std::string& name) {
  return expand_home(settings.path) / expand_home(name);
}

IdxFiles named_idx(const DataSettings& settings) {
  for (const auto& [names, key] :
       {std::pair(&settings.files.train, "train"), std::pair(&settings.files.test, "test")}) {
    check_names(*names, 2, key, "files: {train: [images, labels], test: [images, labels]}");
  }
  const auto& [train, test] = settings.files;
  return {named_file(settings, train[0]), named_file(settings, train[1]), named_file(settings, test[0]),
          named_file(settings, test[1])};
}

}  // namespace

std::filesystem::path source_folder(const DataSettings& settings) {
  if (!settings.path.empty()) return expand_home(settings.path);
  switch (settings.source) {
    case Source::fashion_mnist:
      return "/usr/share/datasets/fashion-mnist";
    case Source::emnist:
    case Source::csv:
      return home_folder() ? expand_home("~/.cache/ablate/emnist") : "~/.cache/ablate/emnist";
    default:
      return {};
  }
}

std::optional<std::filesystem::path> find_plain_or_gzipped(const std::filesystem::path& folder,
                                                           const std::string& name) {
  for (const std::filesystem::path& path : {folder / name, folder / (name + ".gz")}) {
    if (is_file(path)) return path;
  }
  return std::nullopt;
}

std::optional<std::string> emnist_split_of(std::string file_name) {
  if (file_name.ends_with(".gz")) file_name.resize(file_name.size() - 3);
  const bool long_enough = file_name.size() > emnist_prefix.size() + emnist_images.size();
  if (!long_enough || !file_name.starts_with(emnist_prefix) || !file_name.ends_with(emnist_images))
    return std::nullopt;
  return file_name.substr(emnist_prefix.size(),
                          file_name.size() - emnist_prefix.size() - emnist_images.size());
}

std::vector<std::string> emnist_splits(const std::filesystem::path& folder) {
  std::vector<std::string> splits;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (auto split = emnist_split_of(entry->path().filename().string())) splits.push_back(std::move(*split));
  }
  std::sort(splits.begin(), splits.end());
  splits.erase(std::unique(splits.begin(), splits.end()), splits.end());
  return splits;
}

IdxFiles find_idx_files(const DataSettings& settings) {
  if (settings.source == Source::emnist) return find_emnist(settings);
  if (settings.source == Source::fashion_mnist) {
    return find_conventional(
        source_folder(settings), "Fashion-MNIST",
        "./ablate data fetch fashion_mnist\n  or apt-get install dataset-fashion-mnist\n  or set "
        "data.path to the folder of the files");
  }
  if (files_are_named(settings)) return named_idx(settings);
  if (settings.path.empty()) {
    throw RequestError("data: the source idx needs data.path or data.files",
                       "path: FOLDER, or files: {train: [images, labels], test: [images, labels]}");
  }
  return find_conventional(
      source_folder(settings), "IDX files",
      "check data.path, or name the files: {train: [images, labels], test: [images, labels]}");
}

CsvFiles find_csv_files(const DataSettings& settings) {
  if (files_are_named(settings)) {
    check_names(settings.files.train, 1, "train", "files: {train: [train.csv], test: [test.csv]}");
    check_names(settings.files.test, 1, "test", "files: {train: [train.csv], test: [test.csv]}");
    return {named_file(settings, settings.files.train[0]), named_file(settings, settings.files.test[0])};
  }
  Search search(source_folder(settings));
  CsvFiles files{search.find({fmt::format("emnist-{}-train.csv", settings.split)}),
                 search.find({fmt::format("emnist-{}-test.csv", settings.split)})};
  search.refuse_missing(
      fmt::format("CSV files of EMNIST split '{}'", settings.split),
      "set data.path to their folder, or name them: files: {train: [train.csv], test: [test.csv]}");
  return files;
}

std::optional<std::filesystem::path> find_mapping(const DataSettings& settings) {
  if (!settings.mapping.empty()) return named_file(settings, settings.mapping);
  const bool emnist_names =
      settings.source == Source::emnist || (settings.source == Source::csv && !files_are_named(settings));
  if (!emnist_names) return std::nullopt;
  const std::filesystem::path beside =
      source_folder(settings) / fmt::format("emnist-{}-mapping.txt", settings.split);
  if (!is_file(beside)) return std::nullopt;
  return beside;
}

ClassMap find_classes(const DataSettings& settings) {
  if (const auto mapping = find_mapping(settings)) return ClassMap::read(*mapping);
  if (settings.source != Source::fashion_mnist) return {};
  return ClassMap::named({"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker",
                          "Bag", "Ankle boot"});
}

}  // namespace ablate
