#pragma once
/// What a source gathers from its files, on the way to a data set.

#include <optional>
#include <string>
#include <vector>

#include "data/class_map.hpp"
#include "data/image_block.hpp"

namespace ablate {

struct Gathered {
  ImageBlock block;                  ///< as stored; without test images where the source has no test set
  std::vector<std::string> classes;  ///< a name a label
  std::string name;                  ///< of the data set
  std::string place;                 ///< where it came from
  bool transposed = false;           ///< usually stored columns first
};

/// Splits, thins out, puts upright and makes grey what was gathered, as `settings` say. Throws RequestError for
/// images of one class only, and where `settings` ask for what is not there.
Dataset finish(Gathered gathered, const DataSettings& settings);

/// The name of a folder, for the data set in it.
std::string name_of_folder(const std::filesystem::path& folder);

/// The folder that a file is in; "." for a name alone.
std::filesystem::path folder_of(const std::filesystem::path& file);

/// Rows, columns and channels of images that came as so many numbers each; planar where a channel follows the
/// other.
struct Shape {
  int rows = 0, columns = 0, channels = 1;
  bool planar = false;
  friend bool operator==(const Shape&, const Shape&) = default;
};

/// What `data.size` makes of images of `values` numbers; without it a square grey image. Nothing where they do
/// not fit, and then `advice` says what to try.
std::optional<Shape> shape_of(std::size_t values, const std::vector<int>& size);
std::string shape_advice(std::size_t values, const std::vector<int>& size);

/// Throws RequestError where data.size is neither empty nor two or three sides.
void check_size_setting(const std::vector<int>& size);

}  // namespace ablate
