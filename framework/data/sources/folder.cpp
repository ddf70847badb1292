/// The source `folder`: PNG or JPEG files, a folder for each class.

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "data/files.hpp"
#include "data/gathered.hpp"
#include "data/pictures.hpp"
#include "data/sources.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr const char* layout =
    "path: FOLDER of train/CLASS/*.png and test/CLASS/*.png, or of CLASS/*.png with data.test: 0.2";
/// What file managers leave behind.
constexpr std::array<std::string_view, 3> left_behind = {"Thumbs.db", "desktop.ini", "Icon\r"};

std::vector<std::string> folders_in(const fs::path& folder) {
  std::vector<std::string> names = names_in(folder);
  std::erase_if(names, [&](const std::string& name) { return !is_folder(folder / name); });
  return names;
}

/// Where the classes of each split lie.
struct Splits {
  fs::path train;
  fs::path test;  ///< empty: a share of the other is the test set
};

Splits find_splits(const DataSettings& settings) {
  if (settings.path.empty()) throw RequestError("data: the source folder needs data.path", layout);
  const fs::path root = source_folder(settings);
  if (!is_folder(root)) throw RequestError(fmt::format("{} is not a folder", root.string()), layout);
  const std::vector<std::string> names = folders_in(root);
  const auto has = [&](const char* name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (has("train") && has("test")) return {root / "train", root / "test"};
  if (!settings.test) {
    throw RequestError(has("train")
                           ? fmt::format("{} holds a folder train and none called test", root.string())
                           : fmt::format("{} holds no folders train and test", root.string()),
                       layout);
  }
  return {names.size() == 1 && has("train") ? root / "train" : root, {}};
}

/// Puts pictures into a block; all come to one size and one number of channels.
class FolderImages {
 public:
  explicit FolderImages(const DataSettings& settings) : settings_(settings) {
    check_size_setting(settings.size);
    if (settings.size.size() == 3) {
      throw RequestError("data.size: pictures know their channels themselves", "size: [rows, columns]");
    }
  }

  /// Reads the pictures of `folder/CLASS` for every class and returns how many there were.
  std::size_t append(const fs::path& folder, const std::vector<std::string>& classes) {
    const std::size_t before = block_.labels.size();
    for (std::size_t label = 0; label < classes.size(); ++label) {
      if (!is_folder(folder / classes[label])) continue;
      for (const std::string& name : names_in(folder / classes[label])) {
        const bool passed_over = std::find(left_behind.begin(), left_behind.end(), name) != left_behind.end();
        if (!passed_over) append_picture(folder / classes[label] / name, static_cast<std::uint8_t>(label));
      }
    }
    if (block_.labels.size() == before)
      throw RequestError(fmt::format("{}: no class folder holds a picture", folder.string()), layout);
    return block_.labels.size() - before;
  }

  ImageBlock& block() { return block_; }

 private:
  void append_picture(const fs::path& file, std::uint8_t label) {
    Picture picture = decode_picture(read_file(file, most_picture_bytes), file.string());
    if (!settings_.size.empty()) picture = scaled(picture, settings_.size[0], settings_.size[1]);
    check_size(picture, file);
    if (picture.channels == 3 && block_.channels == 1) to_colour(block_.pixels), block_.channels = 3;
    if (picture.channels == 1 && block_.channels == 3) to_colour(picture.pixels);
    block_.pixels.insert(block_.pixels.end(), picture.pixels.begin(), picture.pixels.end());
    block_.labels.push_back(label);
    if (block_.pixels.size() > most_pixels)
      throw RequestError(fmt::format("the pictures take more than {} bytes", most_pixels),
                         "data.size makes them smaller");
  }

  void check_size(const Picture& picture, const fs::path& file) {
    if (block_.rows == 0) {
      block_.rows = picture.rows;
      block_.columns = picture.columns;
    }
    if (picture.rows > longest_side || picture.columns > longest_side) {
      throw RequestError(Location{file.string()},
                         fmt::format("a picture of {} x {} pixels, where {} are the most on a side",
                                     picture.rows, picture.columns, longest_side),
                         "data.size: [64, 64] scales all to one size");
    }
    if (picture.rows == block_.rows && picture.columns == block_.columns) return;
    throw RequestError(
        Location{file.string()},
        fmt::format("a picture of {} x {} pixels, where those before have {} x {}", picture.rows,
                    picture.columns, block_.rows, block_.columns),
        fmt::format("data.size: [{}, {}] scales all to one size", block_.rows, block_.columns));
  }

  static void to_colour(std::vector<std::uint8_t>& pixels) {
    std::vector<std::uint8_t> colours;
    colours.reserve(3 * pixels.size());
    for (const std::uint8_t grey : pixels) colours.insert(colours.end(), 3, grey);
    pixels = std::move(colours);
  }

  const DataSettings& settings_;
  ImageBlock block_;
};

Dataset load_image_folder(const DataSettings& settings) {
  const Splits splits = find_splits(settings);
  std::set<std::string> names;
  for (const fs::path& folder : {splits.train, splits.test}) {
    if (folder.empty()) continue;
    for (std::string& name : folders_in(folder)) names.insert(std::move(name));
  }
  if (names.size() > most_classes) {
    throw RequestError(fmt::format("{} holds {} folders, and there may be {} classes", splits.train.string(),
                                   names.size(), most_classes),
                       layout);
  }
  Gathered gathered;
  gathered.classes.assign(names.begin(), names.end());
  FolderImages reader(settings);
  reader.block().train_images = reader.append(splits.train, gathered.classes);
  reader.block().test_images = splits.test.empty() ? 0 : reader.append(splits.test, gathered.classes);
  gathered.block = std::move(reader.block());
  gathered.name = name_of_folder(source_folder(settings));
  gathered.place = source_folder(settings).string();
  return finish(std::move(gathered), settings);
}

}  // namespace

DataSource folder_source() { return {load_image_folder, nothing_present}; }

}  // namespace ablate
