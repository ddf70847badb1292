#include "data/sources.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "data/emnist_archive.hpp"
#include "data/glyph_skeletons.hpp"
#include "data/glyphs.hpp"
#include "data/places.hpp"

namespace ablate {
namespace {

DataSettings settings_of(Source source, const std::string& split = {}) {
  DataSettings settings;
  settings.source = source;
  if (!split.empty()) settings.split = split;
  return settings;
}

PresentData measure(const DataSettings& settings, const std::string& split, const std::string& came_from) {
  PresentData data{split, settings, came_from, {}, {}};
  try {
    data.sizes = measure_idx(find_idx_files(settings), find_classes(settings));
  } catch (const RequestError& error) {
    const std::string message = error.what();
    data.fault = message.substr(0, message.find('\n'));
    if (data.fault.ends_with(':')) data.fault.pop_back();
  }
  return data;
}

std::vector<PresentData> present_glyphs() {
  const DataSettings settings = settings_of(Source::glyphs);
  const IdxSizes sizes{default_train_glyphs, default_test_glyphs, glyph_side, glyph_side,
                       characters().size()};
  return {{"", settings, "drawn by the program", sizes, {}}};
}

std::vector<PresentData> present_fashion() {
  const DataSettings settings = settings_of(Source::fashion_mnist);
  if (!find_plain_or_gzipped(source_folder(settings), "train-images-idx3-ubyte")) return {};
  return {measure(settings, "", "Debian's package dataset-fashion-mnist")};
}

std::vector<PresentData> present_emnist() {
  std::vector<PresentData> found;
  const std::filesystem::path folder = source_folder(settings_of(Source::emnist));
  for (const std::string& split : emnist_splits(folder)) {
    found.push_back(measure(settings_of(Source::emnist, split), split, emnist_provenance(folder, split)));
  }
  return found;
}

}  // namespace

std::vector<SourceInfo> list_sources() {
  return {
      {"glyphs", "handwriting-like characters in the 47 classes of EMNIST Balanced", "", present_glyphs(),
       "nothing to get"},
      {"fashion_mnist", "photographs of clothing", source_folder(settings_of(Source::fashion_mnist)).string(),
       present_fashion(), "./ablate data fetch fashion_mnist, or apt-get install dataset-fashion-mnist"},
      {"emnist", "handwritten characters", source_folder(settings_of(Source::emnist)).string(),
       present_emnist(), "./ablate data fetch emnist --split SPLIT, or set data.path"},
      {"idx",
       "any pair of IDX files, plain or gzipped, of up to 256 x 256 pixels",
       "",
       {},
       "set data.path, or data.files: {train: [images, labels], test: [images, labels]}"},
      {"csv",
       "rows of a label and the pixels of a square image, plain or gzipped",
       "",
       {},
       "set data.path and data.split, or data.files: {train: [train.csv], test: [test.csv]}"},
  };
}

}  // namespace ablate
