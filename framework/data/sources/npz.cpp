/// The source `npz`: arrays of NumPy in one file, as `numpy.savez` and Keras write them.

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/text_value.hpp"
#include "data/files.hpp"
#include "data/gathered.hpp"
#include "data/label_texts.hpp"
#include "data/npy.hpp"
#include "data/pixel_scale.hpp"
#include "data/sources.hpp"
#include "data/unpack.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr UnpackLimits limits{std::uint64_t{4} << 30, std::uint64_t{8} << 30, 1'000};
constexpr const char* arrays =
    "numpy.savez(file, x_train=…, y_train=…, x_test=…, y_test=…), or x=… and y=… with data.test: 0.2";

/// Names of arrays, the first that is there counts; all in lower case.
using Names = std::vector<std::string>;
const Names train_images = {"x_train", "train_images", "train_x", "images_train"};
const Names train_labels = {"y_train", "train_labels", "train_y", "labels_train"};
const Names test_images = {"x_test", "test_images", "test_x", "images_test"};
const Names test_labels = {"y_test", "test_labels", "test_y", "labels_test"};
const Names all_images = {"x", "images", "data"};
const Names all_labels = {"y", "labels", "label", "targets", "target"};

/// The arrays of a file by their names.
class Archive {
 public:
  explicit Archive(const fs::path& path) : path_(path), members_(members_of(path, is_known, limits)) {}

  bool has(const Names& names) const { return find(names) != nullptr; }

  NpyArray array(const Names& names) const {
    const auto* member = find(names);
    if (member) return {member->second, fmt::format("{}: {}", path_.string(), member->first)};
    Names there;
    for (const auto& [name, bytes] : members_) there.push_back(name);
    throw RequestError(
        Location{path_.string()},
        fmt::format("there is no array {}; there are {}", fmt::join(names, " or "), fmt::join(there, ", ")),
        arrays);
  }

 private:
  using Members = std::map<std::string, std::string>;

  static std::string array_name(const std::string& member) {
    return lower_case(member.ends_with(".npy") ? member.substr(0, member.size() - 4) : member);
  }
  static bool is_known(const std::string& member) {
    const std::array<const Names*, 6> known = {&train_images, &train_labels, &test_images,
                                               &test_labels,  &all_images,   &all_labels};
    return std::any_of(known.begin(), known.end(), [&](const Names* names) {
      return std::find(names->begin(), names->end(), array_name(member)) != names->end();
    });
  }
  const Members::value_type* find(const Names& names) const {
    for (const std::string& name : names) {
      for (const auto& member : members_) {
        if (array_name(member.first) == name) return &member;
      }
    }
    return nullptr;
  }

  fs::path path_;
  Members members_;
};

/// Rows, columns and channels of an array of images: (n, values), (n, rows, columns), (n, rows, columns, channels)
/// or (n, channels, rows, columns).
Shape image_shape(const NpyArray& images, const std::vector<int>& size) {
  const auto& sides = images.shape();
  const std::size_t count = sides.empty() ? 0 : sides[0];
  if (sides.size() < 2 || count == 0)
    images.refuse("the array is not a list of images", "its first side counts the images");
  std::optional<Shape> shape;
  if (sides.size() == 2) {
    check_size_setting(size);
    shape = shape_of(sides[1], size);
    if (!shape)
      images.refuse(fmt::format("{} values do not make an image", sides[1]), shape_advice(sides[1], size));
    return *shape;
  }
  if (!size.empty()) images.refuse("the array knows its sides itself", "leave data.size out");
  const bool planar = sides.size() == 4 && (sides[1] == 1 || sides[1] == 3) && sides[3] != 1 && sides[3] != 3;
  const std::size_t rows = sides[planar ? 2 : 1], columns = sides[planar ? 3 : 2];
  const std::size_t channels = sides.size() == 3 ? 1 : sides[planar ? 1 : 3];
  const auto fits = [](std::size_t side) { return side >= 1 && side <= std::size_t{longest_side}; };
  if (!fits(rows) || !fits(columns))
    images.refuse(fmt::format("images of {} x {} pixels", rows, columns),
                  fmt::format("1 x 1 to {0} x {0} are read", longest_side));
  if (channels != 1 && channels != 3)
    images.refuse(fmt::format("images of {} channels", channels),
                  "grey images have one channel, colours three");
  return {static_cast<int>(rows), static_cast<int>(columns), static_cast<int>(channels),
          planar && channels == 3};
}

class NpyReader {
 public:
  explicit NpyReader(const DataSettings& settings) : settings_(settings) {}

  std::size_t append(const NpyArray& images, const NpyArray& labels) {
    const Shape shape = image_shape(images, settings_.size);
    if (block_.rows == 0) {
      shape_ = shape;
      block_.rows = shape.rows, block_.columns = shape.columns, block_.channels = shape.channels;
    }
    if (shape.rows != shape_.rows || shape.columns != shape_.columns || shape.channels != shape_.channels)
      images.refuse("images of another size than those for training", "name two splits of one data set");
    if (shape != shape_)
      images.refuse("images of another layout than those for training",
                    "channels come first in both arrays, or last in both");
    if (block_.pixels.size() + images.size() > most_pixels)
      images.refuse(fmt::format("more than {} values", most_pixels), "a data set may have as many");
    const std::size_t count = images.shape()[0];
    if (labels.size() != count)
      labels.refuse(fmt::format("{} labels for {} images", labels.size(), count),
                    "one whole number for each image, not one-hot rows");
    for (std::size_t i = 0; i < images.size(); ++i) append_value(images, i);
    for (std::size_t i = 0; i < count; ++i) append_label(labels, i);
    return count;
  }

  Gathered finish() {
    scale_.finish(block_.pixels);
    Gathered gathered;
    gathered.classes = texts_.finish(block_.labels);
    if (shape_.planar) interleave_channels(block_);
    gathered.block = std::move(block_);
    return gathered;
  }

  ImageBlock& block() { return block_; }

 private:
  void append_value(const NpyArray& images, std::size_t i) {
    const double value = images.at(i);
    const auto byte = scale_.byte_of(value, block_.pixels);
    if (!byte) {
      images.refuse(fmt::format("{} in image {} is not {}", value, i / (images.size() / images.shape()[0]),
                                PixelScale::expected),
                    "give the pixels as they were before they were scaled");
    }
    block_.pixels.push_back(*byte);
  }

  void append_label(const NpyArray& labels, std::size_t i) {
    const double value = labels.at(i);
    const bool whole = std::abs(value) < 1e15 && value == std::floor(value);
    const auto number =
        whole ? texts_.number_of(fmt::format("{}", static_cast<std::int64_t>(value))) : std::nullopt;
    if (!number)
      labels.refuse(fmt::format("label {} of image {} {}", value, i,
                                whole ? "is one of more than 256 different ones" : "is not a whole number"),
                    "labels are whole numbers");
    block_.labels.push_back(*number);
  }

  const DataSettings& settings_;
  ImageBlock block_;
  Shape shape_;
  LabelTexts texts_;
  PixelScale scale_;
};

fs::path find_file(const DataSettings& settings) {
  if (settings.path.empty()) throw RequestError("data: the source npz needs data.path", "path: FILE.npz");
  const fs::path place = source_folder(settings);
  if (!is_folder(place)) return place;
  std::vector<std::string> found = names_in(place);
  std::erase_if(found, [](const std::string& name) { return !name.ends_with(".npz"); });
  if (found.size() == 1) return place / found.front();
  throw RequestError(fmt::format("{} holds {} files .npz, and one is read", place.string(), found.size()),
                     "data.path: FILE.npz");
}

Dataset load_npz(const DataSettings& settings) {
  const fs::path file = find_file(settings);
  const Archive archive(file);
  const bool splits = archive.has(train_images);
  NpyReader reader(settings);
  const NpyArray images = archive.array(splits ? train_images : all_images);
  reader.block().train_images = reader.append(images, archive.array(splits ? train_labels : all_labels));
  if (splits && (archive.has(test_images) || !settings.test)) {
    const NpyArray others = archive.array(test_images);
    reader.block().test_images = reader.append(others, archive.array(test_labels));
  }
  Gathered gathered = reader.finish();
  gathered.name = file.stem().string();
  gathered.place = file.string();
  return finish(std::move(gathered), settings);
}

}  // namespace

DataSource npz_source() { return {load_npz, nothing_present}; }

}  // namespace ablate
