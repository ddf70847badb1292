#include "data/lettering.hpp"

#include <algorithm>
#include <string>

#include "data/glyph_skeletons.hpp"
#include "data/ink.hpp"

namespace ablate {
namespace {

constexpr double units_high = 9.0;
constexpr double space_between = 3.0;  // units
constexpr double blank_width = 4.0;

const std::vector<Stroke>* skeleton_named(char letter) {
  for (const Character& character : characters()) {
    if (character.name.front() == letter) return &character.skeletons.front().strokes;
  }
  return nullptr;
}

/// How to write a letter; nothing for one that stays blank.
const std::vector<Stroke>* strokes_of(char letter) {
  static const std::vector<Stroke> dash = parse_strokes("05-45");
  static const std::vector<Stroke> slash = parse_strokes("40-09");
  if (letter == '-' || letter == '_') return &dash;
  if (letter == '/') return &slash;
  return skeleton_named(letter);
}

std::string as_written(std::string_view text) {
  std::string letters(text);
  for (char& letter : letters) {
    if (text.size() > 1 && letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return letters;
}

double units_wide(const std::vector<Stroke>* strokes) {
  if (!strokes) return blank_width;
  double width = 0.0;
  for (const Stroke& stroke : *strokes) {
    for (const Point p : stroke.points) width = std::max(width, p.x);
  }
  return width;
}

void write_letter(const std::vector<Stroke>& strokes, double scale, Point origin, Sheet& sheet) {
  const double radius = 0.45 * scale;
  std::vector<Point> chain;
  for (const Stroke& stroke : strokes) {
    chain.clear();
    flatten(stroke, chain);
    for (Point& p : chain) p = {origin.x + scale * p.x, origin.y + scale * p.y};
    for (std::size_t i = 0; i + 1 < chain.size(); ++i) sheet.line(chain[i], chain[i + 1], radius, radius);
  }
}

}  // namespace

double text_width(std::string_view text, double height) {
  double units = 0.0;
  for (const char letter : as_written(text)) units += units_wide(strokes_of(letter)) + space_between;
  return units * height / units_high;
}

void write_text(std::string_view text, double height, int left, int top, GreyImage& image) {
  const double scale = height / units_high;
  const int margin = static_cast<int>(scale) + 1;
  Sheet sheet(static_cast<int>(height) + 2 * margin, static_cast<int>(text_width(text, height)) + 2 * margin);
  Point at{static_cast<double>(margin), static_cast<double>(margin)};
  for (const char letter : as_written(text)) {
    const auto* strokes = strokes_of(letter);
    if (strokes) write_letter(*strokes, scale, at, sheet);
    at.x += scale * (units_wide(strokes) + space_between);
  }
  std::vector<float> ink(static_cast<std::size_t>(sheet.rows()) * static_cast<std::size_t>(sheet.columns()));
  sheet.coverage(1.2, ink);
  for (int row = std::max(0, margin - top); row < std::min(sheet.rows(), image.rows - top + margin); ++row) {
    for (int column = std::max(0, margin - left);
         column < std::min(sheet.columns(), image.columns - left + margin); ++column) {
      const auto at_pixel = static_cast<std::size_t>(row) * static_cast<std::size_t>(sheet.columns());
      const float dark = ink[at_pixel + static_cast<std::size_t>(column)];
      image.at(top + row - margin, left + column - margin) =
          static_cast<std::uint8_t>(255.0F * (1.0F - dark) + 0.5F);
    }
  }
}

}  // namespace ablate
