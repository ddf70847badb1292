#pragma once
/// The pen's ways through the characters, and the smooth lines that they stand for.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ablate {

/// A place, x to the right and y downwards; in a skeleton's grid both run from 0 to 9.
struct Point {
  double x = 0.0;
  double y = 0.0;
};

/// How the pen goes on from a point.
enum class Pen { straight, smooth, turn_smooth };

/// A line drawn without lifting the pen; pen[i] leads from points[i] to points[i + 1].
struct Stroke {
  std::vector<Point> points;
  std::vector<Pen> pen;
  bool closed = false;  ///< a loop that ends where it began, without a corner there
};

/// One way to write a character.
struct Skeleton {
  int weight = 1;  ///< how often it is chosen among its character's skeletons
  std::vector<Stroke> strokes;
};

/// A character and the ways in which people write it.
struct Character {
  std::string name;
  std::vector<Skeleton> skeletons;  ///< the plainest first
};

/// Strokes from text: points are two digits, x and y; "-" leads straight on, "~" smoothly, "<" turns sharply
/// and goes on smoothly; a space lifts the pen. "00-09 00~40~63~66~49~09" is a D.
std::vector<Stroke> parse_strokes(std::string_view text);

/// The 47 classes of EMNIST Balanced in its order: 0-9, A-Z, a b d e f g h n q r t.
const std::vector<Character>& characters();

/// The stroke as a chain of short straight pieces: cubic curves through smooth points, with the tangents of
/// Catmull and Rom (1974). Appends to `chain`.
void flatten(const Stroke& stroke, std::vector<Point>& chain);

}  // namespace ablate
