#pragma once
/// Images as bytes, and where they come from. Pixels stay bytes in memory; a batch becomes floats when used.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "config/settings.hpp"

namespace ablate {

/// Bytes that nobody changes any more, shared by whoever holds them (a vector today, a mapping between
/// workers as well).
class SharedBytes {
 public:
  SharedBytes() = default;
  explicit SharedBytes(std::vector<std::uint8_t> bytes);
  std::span<const std::uint8_t> span() const { return bytes_; }

 private:
  std::shared_ptr<const void> owner_;
  std::span<const std::uint8_t> bytes_;
};

/// One data set: its training images, then its test images, in one block.
struct Dataset {
  std::string name;    ///< "glyphs", "emnist-balanced", "fashion_mnist", ...
  std::string origin;  ///< folder or command it came from, for people
  int rows = 28;
  int columns = 28;
  int channels = 1;                  ///< 3: red, green and blue of a pixel are adjacent
  std::vector<std::string> classes;  ///< a name a label, UTF-8; labels are 0 ... classes.size() - 1
  std::size_t train_images = 0;
  std::size_t test_images = 0;
  SharedBytes
      pixels;  ///< (train + test) x rows x columns x channels, an image row by row; of characters, 0 is
               ///< paper and 255 is ink
  SharedBytes labels;        ///< train + test
  std::string train_sha256;  ///< of the training pixels and labels, 64 hexadecimal digits
  std::string test_sha256;

  /// Values of one image, which a network takes as its inputs.
  std::size_t pixels_per_image() const {
    return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns) *
           static_cast<std::size_t>(channels);
  }
  std::span<const std::uint8_t> image(std::size_t index) const {
    return pixels.span().subspan(index * pixels_per_image(), pixels_per_image());
  }
  std::uint8_t label(std::size_t index) const { return labels.span()[index]; }
};

/// Loads what `settings` name. Throws RequestError that names the file, the place in it, what was expected
/// and what to try (for a source that is not there: the command that gets it).
Dataset load_dataset(const DataSettings& settings);

}  // namespace ablate
