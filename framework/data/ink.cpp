#include "data/ink.hpp"

#include <algorithm>
#include <cmath>

namespace ablate {
namespace {

constexpr float far_away = 1e6F;
constexpr double reach = 2.0;  // half of the widest edge

/// First and last pixel that a line from a to b, so wide, can touch.
struct Extent {
  int first;
  int last;
};

Extent touched(double a, double b, double width, int count) {
  const double low = std::clamp(std::min(a, b) - width, 0.0, static_cast<double>(count));
  const double high = std::clamp(std::max(a, b) + width, -1.0, static_cast<double>(count - 1));
  return {static_cast<int>(std::ceil(low)), static_cast<int>(std::floor(high))};
}

}  // namespace

Sheet::Sheet(int rows, int columns)
    : rows_(rows),
      columns_(columns),
      distance_(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns), far_away) {}

void Sheet::clear() { std::fill(distance_.begin(), distance_.end(), far_away); }

// Distance to a segment: project the pixel on it, hold the foot between the ends.
void Sheet::line(Point a, Point b, double start_radius, double end_radius) {
  const double widest = std::max(start_radius, end_radius) + reach;
  const Extent rows = touched(a.y, b.y, widest, rows_);
  const Extent columns = touched(a.x, b.x, widest, columns_);
  const auto ax = static_cast<float>(a.x);
  const auto ay = static_cast<float>(a.y);
  const auto dx = static_cast<float>(b.x - a.x);
  const auto dy = static_cast<float>(b.y - a.y);
  const float inverse_length = 1.0F / std::max(dx * dx + dy * dy, 1e-9F);
  const auto radius = static_cast<float>(start_radius);
  const auto widening = static_cast<float>(end_radius - start_radius);
  for (int row = rows.first; row <= rows.last; ++row) {
    const float y = static_cast<float>(row) - ay;
    float* const pixels = distance_.data() + static_cast<std::ptrdiff_t>(row) * columns_;
    for (int column = columns.first; column <= columns.last; ++column) {
      const float x = static_cast<float>(column) - ax;
      const float along = std::min(std::max((x * dx + y * dy) * inverse_length, 0.0F), 1.0F);
      const float off_x = x - along * dx;
      const float off_y = y - along * dy;
      const float from_border = std::sqrt(off_x * off_x + off_y * off_y) - (radius + along * widening);
      pixels[column] = std::min(pixels[column], from_border);
    }
  }
}

void Sheet::coverage(double edge, std::span<float> out) const {
  const float steepness = 1.0F / static_cast<float>(edge);
  for (std::size_t i = 0; i < distance_.size(); ++i) {
    out[i] = std::min(std::max(0.5F - distance_[i] * steepness, 0.0F), 1.0F);
  }
}

}  // namespace ablate
