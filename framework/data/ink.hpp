#pragma once
/// Lines of ink on a small sheet, anti-aliased by their distance from each pixel's centre.

#include <cstdint>
#include <span>
#include <vector>

#include "data/glyph_skeletons.hpp"

namespace ablate {

/// A sheet of pixels; pixel (column, row) has its centre at the point with these coordinates. Only additions,
/// products, quotients and square roots are used, so that every platform draws the same bytes.
class Sheet {
 public:
  Sheet(int rows, int columns);

  int rows() const { return rows_; }
  int columns() const { return columns_; }

  /// Blank paper again.
  void clear();

  /// A piece of line whose half-width goes from `start_radius` at `a` to `end_radius` at `b`, in pixels.
  void line(Point a, Point b, double start_radius, double end_radius);

  /// How much of each pixel is inked, 0 to 1, row by row; the edge of a line fades over `edge` pixels (1 is
  /// sharp, at most 4). `out` has rows x columns elements.
  void coverage(double edge, std::span<float> out) const;

 private:
  int rows_;
  int columns_;
  std::vector<float> distance_;  // from the pixel's centre to the nearest line's border, negative inside
};

}  // namespace ablate
