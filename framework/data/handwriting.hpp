#pragma once
/// One image of a character, as one hand might have written it.

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "data/glyph_skeletons.hpp"
#include "data/ink.hpp"

namespace ablate {

/// Writes characters on a sheet of its own, which it uses again for each.
class Handwriting {
 public:
  explicit Handwriting(int side);

  /// One image of `character`, side x side bytes, 0 is paper and 255 is ink; all that varies comes from
  /// `stream`.
  void write(const Character& character, Stream& stream, std::span<std::uint8_t> image);

 private:
  void trace(const Skeleton& skeleton, Stream& stream);
  void bend(Stream& stream);
  void lean_and_turn(Stream& stream);
  void fit(double radius, Stream& stream);
  void ink(double radius, Stream& stream);
  void blur(Stream& stream);
  void develop(Stream& stream, std::span<std::uint8_t> image) const;

  int side_;
  Sheet sheet_;
  std::vector<Point> chain_;              // the strokes' points, one stroke after the other
  std::vector<std::size_t> stroke_ends_;  // one past the last point of each
  Stroke moved_;
  std::vector<float> coverage_;
  std::vector<float> blurred_;
};

}  // namespace ablate
