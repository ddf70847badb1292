#include "ablate/data/sources.hpp"

#include <fmt/format.h>

#include "ablate/base/error.hpp"
#include "ablate/data/places.hpp"

namespace ablate {
namespace {

DataSettings settings_of(Source source) {
  DataSettings settings;
  settings.source = source;
  return settings;
}

bool fashion_is_there() {
  try {
    find_idx_files(settings_of(Source::fashion_mnist));
    return true;
  } catch (const RequestError&) {
    return false;
  }
}

}  // namespace

std::vector<SourceInfo> list_sources() {
  const std::string fashion = source_folder(settings_of(Source::fashion_mnist)).string();
  const std::string emnist = source_folder(settings_of(Source::emnist)).string();
  const std::vector<std::string> splits = emnist_splits(emnist);
  return {
      {"glyphs",
       "handwriting-like characters in the 47 classes of EMNIST Balanced, drawn by the program",
       "",
       true,
       {},
       "nothing to get"},
      {"fashion_mnist",
       "60,000 + 10,000 photographs of clothing in 10 classes, 28 x 28",
       fashion,
       fashion_is_there(),
       {},
       "./ablate data fetch fashion_mnist, or apt-get install dataset-fashion-mnist"},
      {"emnist", "handwritten characters; splits balanced, byclass, bymerge, digits, letters, mnist", emnist,
       !splits.empty(), splits,
       fmt::format("unpack {} with unzip -j into {}, or set data.path", emnist_archive, emnist)},
      {"idx",
       "any pair of IDX files, plain or gzipped, of up to 256 x 256 pixels",
       "",
       false,
       {},
       "set data.path, or data.files: {train: [images, labels], test: [images, labels]}"},
      {"csv",
       "rows of a label and the pixels of a square image, plain or gzipped",
       "",
       false,
       {},
       "set data.path and data.split, or data.files: {train: [train.csv], test: [test.csv]}"},
  };
}

}  // namespace ablate
