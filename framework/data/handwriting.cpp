#include "data/handwriting.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace ablate {
namespace {

// How much hands differ. Lengths are in units of the skeletons' grid of 10 x 10, or in pixels of 28 x 28.
constexpr double wobble_units = 0.18;  // of each point of a skeleton
constexpr double bend_units = 0.85;    // of the corners of the elastic field
constexpr double lean = 0.2;           // sideways a unit of height
constexpr double half_turn = 0.045;    // tangent of half the angle of rotation
constexpr double narrowing = 0.14;     // of the width against the height
constexpr double lightest_pen = 0.75;  // half-width in pixels
constexpr double heaviest_pen = 1.9;
constexpr double pressure = 0.18;     // change of half-width along a stroke
constexpr double shrinking = 3.5;     // pixels that a character may be smaller than its box
constexpr double misplacement = 0.6;  // pixels from the centre
constexpr double box = 24.0;          // pixels that the ink fills at most
constexpr double faintest_ink = 0.9;
constexpr double soiling = 0.06;  // of the ink's darkness, pixel by pixel

/// About normal with deviation 1, within 3, and of exact arithmetic: three uniform numbers from -1 to 1
/// added.
double bell(Stream& stream) {
  double sum = stream.uniform();  // a statement each: compilers may choose the order of an expression's calls
  sum += stream.uniform();
  sum += stream.uniform();
  return 2.0 * sum - 3.0;
}

const Skeleton& choose(const Character& character, Stream& stream) {
  int total = 0;
  for (const Skeleton& skeleton : character.skeletons) total += skeleton.weight;
  auto left = static_cast<int>(stream.below(static_cast<std::uint64_t>(total)));
  for (const Skeleton& skeleton : character.skeletons) {
    left -= skeleton.weight;
    if (left < 0) return skeleton;
  }
  return character.skeletons.back();
}

/// A smooth field of displacements: a Bezier patch of second degree with its 3 x 3 vectors over the
/// skeletons' grid.
class ElasticField {
 public:
  explicit ElasticField(Stream& stream) {
    for (Point& vector : vectors_) vector = {bend_units * bell(stream), bend_units * bell(stream)};
  }

  Point at(Point p) const {
    const auto across = bernstein(p.x / 9.0);
    const auto down = bernstein(p.y / 9.0);
    Point sum;
    for (std::size_t i = 0; i < vectors_.size(); ++i) {
      const double weight = across[i % 3] * down[i / 3];
      sum = {sum.x + weight * vectors_[i].x, sum.y + weight * vectors_[i].y};
    }
    return sum;
  }

 private:
  static std::array<double, 3> bernstein(double t) { return {(1 - t) * (1 - t), 2 * t * (1 - t), t * t}; }

  std::array<Point, 9> vectors_;
};

}  // namespace

Handwriting::Handwriting(int side)
    : side_(side),
      sheet_(side, side),
      coverage_(static_cast<std::size_t>(side) * static_cast<std::size_t>(side)),
      blurred_(coverage_.size()) {}

void Handwriting::write(const Character& character, Stream& stream, std::span<std::uint8_t> image) {
  trace(choose(character, stream), stream);
  bend(stream);
  lean_and_turn(stream);
  const double radius = stream.uniform(lightest_pen, heaviest_pen);
  fit(radius, stream);
  ink(radius, stream);
  blur(stream);
  develop(stream, image);
}

void Handwriting::trace(const Skeleton& skeleton, Stream& stream) {
  chain_.clear();
  stroke_ends_.clear();
  for (const Stroke& stroke : skeleton.strokes) {
    moved_ = stroke;
    for (Point& p : moved_.points) {
      p.x += wobble_units * bell(stream);
      p.y += wobble_units * bell(stream);
    }
    flatten(moved_, chain_);
    stroke_ends_.push_back(chain_.size());
  }
}

void Handwriting::bend(Stream& stream) {
  const ElasticField field(stream);
  for (Point& p : chain_) {
    const Point by = field.at(p);
    p.x += by.x;
    p.y += by.y;
  }
}

// The angle's sine and cosine from the tangent of its half, which needs no library function.
void Handwriting::lean_and_turn(Stream& stream) {
  const double shear = lean * bell(stream);
  const double width = 1.0 + narrowing * bell(stream);
  const double t = half_turn * bell(stream);
  const double cosine = (1.0 - t * t) / (1.0 + t * t);
  const double sine = 2.0 * t / (1.0 + t * t);
  for (Point& p : chain_) {
    const double x = width * p.x - shear * p.y;
    p = {cosine * x - sine * p.y, sine * x + cosine * p.y};
  }
}

void Handwriting::fit(double radius, Stream& stream) {
  Point low{std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
  Point high{-low.x, -low.y};
  for (const Point p : chain_) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  const double longest = std::max({high.x - low.x, high.y - low.y, 1e-3});
  const double scale = (box - 2.0 * radius - shrinking * stream.uniform()) / longest;
  const double centre = 0.5 * (side_ - 1);
  const Point shift{centre + misplacement * bell(stream) - scale * 0.5 * (low.x + high.x),
                    centre + misplacement * bell(stream) - scale * 0.5 * (low.y + high.y)};
  for (Point& p : chain_) p = {scale * p.x + shift.x, scale * p.y + shift.y};
}

void Handwriting::ink(double radius, Stream& stream) {
  sheet_.clear();
  std::size_t first = 0;
  for (const std::size_t end : stroke_ends_) {
    const double start_radius = radius * (1.0 + pressure * bell(stream));
    const double end_radius = radius * (1.0 + pressure * bell(stream));
    const double step = (end_radius - start_radius) / static_cast<double>(end - first);
    for (std::size_t i = first; i + 1 < end; ++i) {
      const double here = start_radius + step * static_cast<double>(i - first);
      sheet_.line(chain_[i], chain_[i + 1], here, here + step);
    }
    first = end;
  }
  sheet_.coverage(stream.uniform(1.0, 2.5), coverage_);
}

// Each pixel gives a share of its ink to its four neighbours; what leaves the sheet is lost.
void Handwriting::blur(Stream& stream) {
  const auto share = static_cast<float>(stream.uniform(0.0, 0.15));
  const auto side = static_cast<std::size_t>(side_);
  blurred_ = coverage_;
  for (std::size_t row = 1; row + 1 < side; ++row) {
    for (std::size_t i = row * side + 1; i + 1 < (row + 1) * side; ++i) {
      const float around = coverage_[i - 1] + coverage_[i + 1] + coverage_[i - side] + coverage_[i + side];
      blurred_[i] = (1.0F - 4.0F * share) * coverage_[i] + share * around;
    }
  }
}

void Handwriting::develop(Stream& stream, std::span<std::uint8_t> image) const {
  const double darkness = 255.0 * stream.uniform(faintest_ink, 1.15);
  for (std::size_t i = 0; i < image.size(); ++i) {
    const double ink_here = blurred_[i];
    if (ink_here <= 0.0) {
      image[i] = 0;
      continue;
    }
    const double soiled = ink_here * darkness * (1.0 + soiling * (2.0 * stream.uniform() - 1.0));
    image[i] = static_cast<std::uint8_t>(std::min(soiled + 0.5, 255.0));
  }
}

}  // namespace ablate
