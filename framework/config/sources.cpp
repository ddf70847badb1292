#include "config/sources.hpp"

#include <algorithm>
#include <array>

namespace ablate {
namespace {

constexpr std::array<SourceRow, 8> rows = {{
    {"glyphs", "handwriting-like characters in the 47 classes of EMNIST Balanced", "", "nothing to get", ""},
    {"fashion_mnist", "photographs of clothing", "/usr/share/datasets/fashion-mnist",
     "./ablate data fetch fashion_mnist, or apt-get install dataset-fashion-mnist", "path"},
    {"emnist", "handwritten characters", "~/.cache/ablate/emnist",
     "./ablate data fetch emnist --split SPLIT, or set data.path", "split path mapping transposed"},
    {"idx", "IDX files, plain or gzipped, of grey or colour images", "",
     "set data.path, or data.files: {train: [images, labels], test: [images, labels]}",
     "path files mapping transposed grey test"},
    {"csv", "rows of a label and the values of an image, plain or gzipped", "",
     "set data.path to a folder of train.csv and test.csv, or to one file and data.test to a share",
     "split path files mapping transposed label size grey test"},
    {"npz", "NumPy's arrays: x_train, y_train, x_test, y_test, or x and y", "",
     "set data.path to the .npz file", "path size grey test"},
    {"folder", "PNG or JPEG files, a folder for each class", "",
     "set data.path to the folder of train/CLASS and test/CLASS, or of CLASS with data.test",
     "path size grey test"},
    {"cifar", "CIFAR-10 and CIFAR-100 in their binary version", "",
     "set data.path to the unpacked folder of data_batch_1.bin and its neighbours, or of train.bin",
     "path grey"},
}};

}  // namespace

std::span<const SourceRow> source_rows() { return rows; }

const SourceRow& row_of(Source source) { return rows[static_cast<std::size_t>(source)]; }

bool heeds(const SourceRow& row, std::string_view key) {
  std::string_view keys = row.settings;
  while (!keys.empty()) {
    const std::size_t end = std::min(keys.find(' '), keys.size());
    if (keys.substr(0, end) == key) return true;
    keys.remove_prefix(std::min(end + 1, keys.size()));
  }
  return false;
}

}  // namespace ablate
