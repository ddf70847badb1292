#include "data/gathered.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "data/excerpt.hpp"

namespace ablate {
namespace {

/// The side of a square of so many pixels; 0 where there is none, or it is too long.
int square_side(std::size_t pixels) {
  const auto side = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(pixels))));
  const bool fits = side >= 1 && side <= std::size_t{longest_side} && side * side == pixels;
  return fits ? static_cast<int>(side) : 0;
}

void refuse_one_class(const Gathered& gathered) {
  const auto& labels = gathered.block.labels;
  const bool several = std::any_of(labels.begin(), labels.end(), [&](auto l) { return l != labels.front(); });
  if (several || labels.empty()) return;
  throw RequestError(fmt::format("{}: all {} images bear one label, {}", gathered.place, labels.size(),
                                 excerpt(gathered.classes.at(labels.front()))),
                     "a data set has two classes or more: check which file or column holds the labels "
                     "(data.label, of the source csv)");
}

}  // namespace

Dataset finish(Gathered gathered, const DataSettings& settings) {
  refuse_one_class(gathered);
  ImageBlock& block = gathered.block;
  split_test(block, settings);
  keep_subset(block, settings);
  if (settings.transposed.value_or(gathered.transposed)) transpose_images(block);
  if (settings.grey) make_grey(block);
  return make_dataset(std::move(block), std::move(gathered.classes), std::move(gathered.name),
                      std::move(gathered.place));
}

std::string name_of_folder(const std::filesystem::path& folder) {
  std::error_code ignored;
  const std::string name = std::filesystem::weakly_canonical(folder, ignored).filename().string();
  return name.empty() ? "data" : name;
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

void check_size_setting(const std::vector<int>& size) {
  const bool grey = size.size() == 2;
  const bool colour = size.size() == 3 && (size[0] == 3 || size[2] == 3);
  if (size.empty() || grey || colour) return;
  throw RequestError(fmt::format("data.size: [{}] is not the size of an image", fmt::join(size, ", ")),
                     "[rows, columns], [rows, columns, 3] or [3, rows, columns]");
}

std::optional<Shape> shape_of(std::size_t values, const std::vector<int>& size) {
  if (size.empty()) {
    const int side = square_side(values);
    return side > 0 ? std::optional(Shape{side, side}) : std::nullopt;
  }
  const bool colour = size.size() == 3, planar = colour && size[2] != 3;
  const std::size_t first = planar ? 1 : 0;
  const Shape shape{size[first], size[first + 1], colour ? 3 : 1, planar};
  const auto wanted = static_cast<std::size_t>(shape.rows) * static_cast<std::size_t>(shape.columns) *
                      static_cast<std::size_t>(shape.channels);
  return wanted == values ? std::optional(shape) : std::nullopt;
}

std::string shape_advice(std::size_t values, const std::vector<int>& size) {
  if (!size.empty()) return fmt::format("data.size: [{}] is that of other images", fmt::join(size, ", "));
  const int side = values % 3 == 0 ? square_side(values / 3) : 0;
  if (side == 0)
    return "784 make 28 x 28; data.size: [rows, columns] says it of an oblong; at most 256 x 256";
  return fmt::format(
      "three channels of {0} x {0}? data.size: [3, {0}, {0}] where a whole channel is "
      "together, [{0}, {0}, 3] where the three values of a pixel do",
      side);
}

}  // namespace ablate
