#include "data/dataset.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "data/csv.hpp"
#include "data/glyphs.hpp"
#include "data/image_block.hpp"
#include "data/places.hpp"

namespace ablate {
namespace {

/// What a source says of itself beside the pixels.
struct Origin {
  std::string name;
  std::string place;
  bool transposed = false;
};

Dataset finish(ImageBlock block, const ClassMap& classes, const Origin& origin,
               const DataSettings& settings) {
  const std::uint8_t largest = *std::max_element(block.labels.begin(), block.labels.end());
  keep_subset(block, settings);
  if (settings.transposed.value_or(origin.transposed)) transpose_images(block);
  return make_dataset(std::move(block), classes.names_up_to(largest), origin.name, origin.place);
}

std::string folder_name(const std::filesystem::path& folder) {
  std::error_code ignored;
  const std::string name = std::filesystem::weakly_canonical(folder, ignored).filename().string();
  return name.empty() ? "idx" : name;
}

/// The folder that a file lies in; "." for a name alone.
std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

Dataset load_idx(const DataSettings& settings) {
  const IdxFiles files = find_idx_files(settings);
  const std::filesystem::path folder = folder_of(files.train_images);
  Origin origin{folder_name(folder), folder.string(), false};
  if (settings.source == Source::emnist) origin = {"emnist-" + settings.split, folder.string(), true};
  if (settings.source == Source::fashion_mnist) origin.name = "fashion_mnist";
  const ClassMap classes = find_classes(settings);
  return finish(read_idx(files, classes), classes, origin, settings);
}

Dataset load_csv(const DataSettings& settings) {
  const CsvFiles files = find_csv_files(settings);
  std::string name = files.train.filename().string();
  const bool emnist = name.starts_with("emnist-");
  for (const std::string_view ending : {".gz", ".csv", "-train", "_train"}) {
    if (name.size() > ending.size() && name.ends_with(ending)) name.resize(name.size() - ending.size());
  }
  const ClassMap classes = find_classes(settings);
  return finish(read_csv(files.train, files.test, classes), classes,
                {name, folder_of(files.train).string(), emnist}, settings);
}

}  // namespace

SharedBytes::SharedBytes(std::vector<std::uint8_t> bytes) {
  const auto owner = std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes));
  bytes_ = *owner;
  owner_ = owner;
}

Dataset load_dataset(const DataSettings& settings) {
  switch (settings.source) {
    case Source::glyphs:
      return draw_glyphs(settings);
    case Source::csv:
      return load_csv(settings);
    default:
      return load_idx(settings);
  }
}

}  // namespace ablate
