/// The source `emnist`: the six splits of its archive.

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/shell_word.hpp"
#include "base/suggest.hpp"
#include "data/emnist_archive.hpp"
#include "data/emnist_files.hpp"
#include "data/files.hpp"
#include "data/gathered.hpp"
#include "data/idx.hpp"
#include "data/sources.hpp"

namespace ablate {
namespace {

std::string hint(const DataSettings& settings, const std::filesystem::path& folder) {
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
      "{}, which downloads {}",
      there, settings.split, shell_word(folder.string()), emnist_archive);
}

IdxFiles find_emnist_files(const DataSettings& settings) {
  Search search(source_folder(settings));
  const auto find = [&](const char* part) {
    return search.find({fmt::format("emnist-{}-{}", settings.split, part)});
  };
  IdxFiles files{find("train-images-idx3-ubyte"), find("train-labels-idx1-ubyte"),
                 find("test-images-idx3-ubyte"), find("test-labels-idx1-ubyte")};
  search.refuse_missing(fmt::format("EMNIST split '{}'", settings.split), hint(settings, search.folder()));
  return files;
}

Dataset load_emnist(const DataSettings& settings) {
  const IdxFiles files = find_emnist_files(settings);
  const ClassMap classes = emnist_classes(settings, source_folder(settings));
  Gathered gathered{
      read_idx(files, classes), {}, "emnist-" + settings.split, folder_of(files.train_images).string(), true};
  gathered.classes = classes.name_classes(gathered.block.labels);
  return finish(std::move(gathered), settings);
}

DataSizes measure_emnist(const DataSettings& settings) {
  return measure_idx(find_emnist_files(settings), emnist_classes(settings, source_folder(settings)));
}

std::vector<PresentData> present_emnist() {
  std::vector<PresentData> found;
  DataSettings settings;
  settings.source = Source::emnist;
  const std::filesystem::path folder = source_folder(settings);
  for (const std::string& split : emnist_splits(folder)) {
    settings.split = split;
    found.push_back(measured(settings, split, emnist_provenance(folder, split), measure_emnist));
  }
  return found;
}

}  // namespace

DataSource emnist_source() { return {load_emnist, present_emnist}; }

}  // namespace ablate
