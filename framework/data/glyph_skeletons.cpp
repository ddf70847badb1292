#include "data/glyph_skeletons.hpp"

#include <array>
#include <stdexcept>

namespace ablate {
namespace {

/// A character's name, how often this way of writing it occurs, and the way.
struct Row {
  std::string_view name;
  int weight;
  std::string_view strokes;
};

// Bare strokes for 1, I and L, a round 0 and O, a 5 like an S: people write them so, and the set is as hard
// as they are.
// The plainest way comes first; labels are written with it.
constexpr std::array rows = {
    Row{"0", 4, "30~11~04~17~39~57~64~51~30"},
    Row{"0", 2, "40~20~03~07~29~48~65~62~40~20"},
    Row{"1", 2, "12~30-39"},
    Row{"1", 6, "30-39"},
    Row{"1", 1, "12-30-39 09-69"},
    Row{"2", 3, "02~20~50~63~55~09-69"},
    Row{"2", 2, "02~20~50~63~46~09~17~38~69"},
    Row{"2", 1, "01~30~61~54~09-69"},
    Row{"3", 4, "01~30~61~53~24<54~66~58~39~08"},
    Row{"3", 1, "00-60-34<64~67~49~18~07"},
    Row{"3", 1, "02~20~52~34<55~57~39~07"},
    Row{"4", 3, "10-05-65 50-59"},
    Row{"4", 2, "10~04~25-65 60-59"},
    Row{"4", 2, "50-05-75 50-59"},
    Row{"5", 3, "60-10-14<43~66~58~29~07"},
    Row{"5", 2, "10-14<43~66~58~29~08 10-60"},
    Row{"5", 1, "60~20~13~44~66~58~29~08"},
    Row{"6", 3, "50~21~05~18~39~57~55~35~06"},
    Row{"6", 2, "30~02~06~28~49~57~45~16"},
    Row{"7", 4, "00-60-29"},
    Row{"7", 2, "02-00-60~44~29"},
    Row{"7", 2, "00-60-29 14-54"},
    Row{"7", 1, "01~20~50~61~34~29"},
    Row{"8", 3, "51~30~11~13~34~56~58~39~18~06~34~53~51"},
    Row{"8", 1, "30~11~13~34~53~51~30 34~06~18~39~58~56~34"},
    Row{"8", 2, "60~20~12~34~57~48~29~07~34~60"},
    Row{"9", 3, "62~51~20~02~15~44~62-59"},
    Row{"9", 2, "62~50~11~13~35~62~66~58~39~18"},
    Row{"A", 4, "09-30-69 16-56"},
    Row{"A", 2, "09~04~20~40~64~69 05-65"},
    Row{"A", 1, "09-50-69~36~14~56"},
    Row{"B", 3, "00-09 00~40~52~43~04<44~66~58~39~09"},
    Row{"B", 2, "09-00~40~52~34~04<54~67~49~09"},
    Row{"B", 1, "10-19 00~50~53~24<64~67~49~08"},
    Row{"C", 3, "61~40~12~05~18~39~68"},
    Row{"C", 2, "51~30~02~05~17~39~59"},
    Row{"C", 1, "62~31~04~07~29~69"},
    Row{"D", 3, "00-09 00~40~63~66~49~09"},
    Row{"D", 2, "00-09~39~57~64~52~30~00"},
    Row{"D", 1, "10-19 00~40~63~66~49~09"},
    Row{"E", 3, "60-00-09-69 04-54"},
    Row{"E", 1, "00-09 10-60 04-54 09-69"},
    Row{"E", 2, "61~30~02~24<04~06~29~68"},
    Row{"F", 3, "60-00-09 04-44"},
    Row{"F", 2, "00-09 00-60 04-54"},
    Row{"F", 1, "70~40~32-39 04-54"},
    Row{"G", 3, "61~40~12~05~18~39~58-65-35"},
    Row{"G", 2, "51~20~02~06~28~58-54 34-74"},
    Row{"G", 1, "61~30~02~05~26~55~61-67~39~18"},
    Row{"H", 4, "00-09 60-69 04-64"},
    Row{"H", 1, "00-09-04~35~64 60-69"},
    Row{"H", 1, "10-08 70-69 04~35~74"},
    Row{"I", 4, "00-60 30-39 09-69"},
    Row{"I", 3, "30-39"},
    Row{"J", 3, "50-57~39~18~07"},
    Row{"J", 3, "10-70 40-47~29~08~06"},
    Row{"J", 1, "30-31 33-38~19~08"},
    Row{"K", 3, "00-09 60-04 24-69"},
    Row{"K", 2, "00-09 60-05<35~69"},
    Row{"K", 1, "00-09 50~04~69"},
    Row{"K", 1, "10-19 61~34<45~59~79"},
    Row{"L", 4, "00-09-59"},
    Row{"L", 2, "00-07~19~59"},
    Row{"L", 2, "30-39"},
    Row{"L", 1, "08~43~30~14~17~39~58"},
    Row{"M", 3, "09-00-45-80-89"},
    Row{"M", 2, "09-20-36-60-89"},
    Row{"M", 2, "04-09 05~24~35-39 35~54~65-69"},
    Row{"N", 3, "09-00-69-60"},
    Row{"N", 2, "09-20-58-70"},
    Row{"N", 1, "00-09 00-69 60-69"},
    Row{"O", 3, "40~11~04~17~49~77~84~71~40"},
    Row{"O", 3, "30~11~03~16~37~56~63~51~30"},
    Row{"P", 3, "00-09 00~40~62~54~05"},
    Row{"P", 2, "09-00~40~62~44~05"},
    Row{"P", 1, "10-19 01~40~62~44~14"},
    Row{"Q", 3, "40~11~04~17~49~77~84~71~40 56-99"},
    Row{"Q", 1, "40~11~04~17~49~77~84~71~40 45~67~88"},
    Row{"Q", 1, "14~02~30~63~57~29~17~37~79"},
    Row{"R", 3, "00-09 00~40~62~44~05-69"},
    Row{"R", 2, "09-00~40~52~44~14-69"},
    Row{"R", 1, "09-01~40~53~25<56~79"},
    Row{"S", 3, "61~40~11~13~44~66~58~29~08"},
    Row{"S", 2, "51~30~02~14~45~57~39~08"},
    Row{"T", 4, "00-60 30-39"},
    Row{"T", 1, "00-70 40-39"},
    Row{"T", 1, "01-71 40-49"},
    Row{"U", 3, "00-06~18~39~58~66-60"},
    Row{"U", 2, "00-05~18~29~48~55-50-58~79"},
    Row{"V", 4, "00-39-60"},
    Row{"V", 1, "00~28~39~60"},
    Row{"V", 1, "00-29-50~70"},
    Row{"V", 1, "00~15~29~54~50~70"},
    Row{"W", 2, "00-19-43-69-80"},
    Row{"W", 2, "00-29-40-69-90"},
    Row{"W", 2, "00~07~29~46-42<47~69~87~80"},
    Row{"X", 4, "00-69 60-09"},
    Row{"X", 1, "00~22~47~69 60-09"},
    Row{"Y", 3, "00-34-60 34-39"},
    Row{"Y", 2, "00-34 60-09"},
    Row{"Y", 2, "00-03~24~53-50 50-57~39~08"},
    Row{"Y", 1, "00~13~34<60-29"},
    Row{"Z", 4, "00-60-09-69"},
    Row{"Z", 1, "00-60-09-69 14-54"},
    Row{"Z", 1, "01~20~50~34~09~39~69"},
    Row{"a", 3, "61~30~02~07~29~57~61-69"},
    Row{"a", 2, "52~20~05~28~55-51-58~79"},
    Row{"a", 1, "02~20~50~63-69 64~24~07~29~57~65"},
    Row{"b", 3, "00-09 05~34~56~58~39~08"},
    Row{"b", 2, "00-08~29~58~55~34~06"},
    Row{"b", 1, "20~00~04~08~39~67~54~25~06"},
    Row{"d", 3, "60-69 64~34~06~08~29~58~66"},
    Row{"d", 2, "60-67~89 64~24~06~29~67"},
    Row{"d", 1, "63~23~05~29~56~60-69"},
    Row{"e", 3, "05-65~63~40~12~06~29~68"},
    Row{"e", 2, "16~55~52~20~03~07~39~68"},
    Row{"e", 1, "06-65<53~30~03~07~39~69"},
    Row{"f", 3, "60~40~32-39 04-64"},
    Row{"f", 1, "61~40~32-37~29~08 14-64"},
    Row{"f", 1, "35~51~40~22-29 04-54"},
    Row{"g", 3, "52~30~02~15~35~53-57~39~08"},
    Row{"g", 2, "52~20~02~14~34~52-57~39~18~27~65"},
    Row{"g", 1, "61~30~02~14~34~61-66~49~18"},
    Row{"h", 3, "00-09 05~24~44~56-59"},
    Row{"h", 1, "00-09 06~34~55-58~79"},
    Row{"h", 1, "20~11-09 06~34~55-59"},
    Row{"n", 3, "00-09 04~20~40~63-69"},
    Row{"n", 1, "00-09 03~30~61-68~89"},
    Row{"n", 1, "09-00-04~40~63-69"},
    Row{"q", 3, "61~30~02~05~26~54~61-69"},
    Row{"q", 2, "51~20~02~05~36~54-51-59-77"},
    Row{"q", 1, "61~20~03~25~54-61-58~69~86"},
    Row{"r", 3, "00-09 04~20~60"},
    Row{"r", 1, "00-09 03~30~51~53"},
    Row{"r", 1, "01~10-19 14~41~61"},
    Row{"r", 1, "01~20-29 24~41~60~71"},
    Row{"t", 3, "30-39 03-63"},
    Row{"t", 2, "30-37~49~68 03-63"},
    Row{"t", 1, "40-29 12~33~63"},
};

Pen pen_of(char mark) {
  switch (mark) {
    case '-':
      return Pen::straight;
    case '~':
      return Pen::smooth;
    case '<':
      return Pen::turn_smooth;
    default:
      throw std::logic_error("a skeleton has an unknown mark between points");
  }
}

std::vector<Character> read_rows() {
  std::vector<Character> all;
  for (const Row& row : rows) {
    if (all.empty() || all.back().name != row.name) all.push_back({std::string(row.name), {}});
    all.back().skeletons.push_back({row.weight, parse_strokes(row.strokes)});
  }
  return all;
}

Point between(Point a, Point b, double factor) { return {(b.x - a.x) * factor, (b.y - a.y) * factor}; }

bool smooth_through(const Stroke& stroke, std::size_t point) {
  return stroke.pen[point - 1] != Pen::straight && stroke.pen[point] == Pen::smooth;
}

/// Tangents of the curve from points[i] to points[i + 1]. Where the curve begins or ends it is free: the
/// second derivative is 0 there.
std::array<Point, 2> tangents(const Stroke& stroke, std::size_t i) {
  const auto& p = stroke.points;
  const std::size_t last = p.size() - 1;
  const bool joined_before = i > 0 ? smooth_through(stroke, i) : stroke.closed;
  const bool joined_after = i + 1 < last ? smooth_through(stroke, i + 1) : stroke.closed;
  const Point before = i > 0 ? p[i - 1] : p[last - 1];
  const Point after = i + 1 < last ? p[i + 2] : p[1];
  const Point chord = between(p[i], p[i + 1], 1.0);
  const auto free_end = [&](Point other) {
    return Point{1.5 * chord.x - 0.5 * other.x, 1.5 * chord.y - 0.5 * other.y};
  };
  if (!joined_before && !joined_after) return {chord, chord};
  const Point start = between(before, p[i + 1], 0.5);
  const Point end = between(p[i], after, 0.5);
  return {joined_before ? start : free_end(end), joined_after ? end : free_end(start)};
}

/// Cubic of Hermite at t in [0, 1].
Point hermite(Point a, Point b, Point from, Point to, double t) {
  const double t2 = t * t;
  const double t3 = t2 * t;
  const double at_a = 2 * t3 - 3 * t2 + 1;
  const double at_from = t3 - 2 * t2 + t;
  const double at_b = 3 * t2 - 2 * t3;
  const double at_to = t3 - t2;
  return {at_a * a.x + at_from * from.x + at_b * b.x + at_to * to.x,
          at_a * a.y + at_from * from.y + at_b * b.y + at_to * to.y};
}

}  // namespace

std::vector<Stroke> parse_strokes(std::string_view text) {
  std::vector<Stroke> strokes(1);
  for (std::size_t at = 0; at + 1 < text.size(); at += 3) {
    strokes.back().points.push_back(
        {static_cast<double>(text[at] - '0'), static_cast<double>(text[at + 1] - '0')});
    if (at + 2 >= text.size()) break;
    if (text[at + 2] == ' ') {
      strokes.emplace_back();
    } else {
      strokes.back().pen.push_back(pen_of(text[at + 2]));
    }
  }
  for (Stroke& stroke : strokes) {
    const Point first = stroke.points.front();
    const Point last = stroke.points.back();
    const bool loop = first.x == last.x && first.y == last.y;
    stroke.closed = loop && stroke.pen.front() == Pen::smooth && stroke.pen.back() == Pen::smooth;
  }
  return strokes;
}

const std::vector<Character>& characters() {
  static const std::vector<Character> all = read_rows();
  return all;
}

void flatten(const Stroke& stroke, std::vector<Point>& chain) {
  constexpr int pieces = 5;
  chain.push_back(stroke.points.front());
  for (std::size_t i = 0; i + 1 < stroke.points.size(); ++i) {
    const Point a = stroke.points[i];
    const Point b = stroke.points[i + 1];
    const Point chord = between(a, b, 1.0);
    const auto [from, to] = stroke.pen[i] == Pen::straight ? std::array{chord, chord} : tangents(stroke, i);
    for (int k = 1; k <= pieces; ++k)
      chain.push_back(hermite(a, b, from, to, static_cast<double>(k) / pieces));
  }
}

}  // namespace ablate
