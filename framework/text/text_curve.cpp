#include "text/text_curve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>

#include "text/escape.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

struct Span {
  double low = std::numeric_limits<double>::infinity(), high = -low;

  void add(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  bool is_empty() const { return low > high; }
};

struct Axes {
  Span x, y;
};

std::optional<Axes> axes_of(const std::vector<TextCurve>& curves, double unscaled_share) {
  Axes axes;
  for (const TextCurve& curve : curves) {
    for (const auto& [x, y] : curve.points) {
      if (std::isfinite(y)) axes.x.add(x);
    }
  }
  if (axes.x.is_empty()) return std::nullopt;
  const double first = axes.x.low + unscaled_share * (axes.x.high - axes.x.low);
  for (const TextCurve& curve : curves) {
    for (const auto& [x, y] : curve.points) {
      if (std::isfinite(y) && x >= first) axes.y.add(y);
    }
  }
  if (axes.y.low == axes.y.high) {
    constexpr double most = std::numeric_limits<double>::max();
    const double half = axes.y.low == 0.0 ? 1.0 : std::abs(axes.y.low) / 100.0;
    axes.y.low = std::max(-most, axes.y.low - half), axes.y.high = std::min(most, axes.y.high + half);
  }
  return axes;
}

/// Dots from the left and from the top.
class Field {
 public:
  Field(std::size_t columns, std::size_t rows) : columns_(columns), dots_(columns * rows), rows_(rows) {}

  std::size_t columns() const { return columns_; }
  std::size_t rows() const { return rows_; }
  void set(std::size_t column, std::size_t row) { dots_[row * columns_ + column] = true; }
  bool at(std::size_t column, std::size_t row) const { return dots_[row * columns_ + column]; }

 private:
  std::size_t columns_;
  std::vector<bool> dots_;
  std::size_t rows_;
};

/// The curve's height over a place on the x axis, straight between neighbours; nothing in a gap or outside.
std::optional<double> height_at(const TextCurve& curve, double x) {
  const auto& points = curve.points;
  const auto after = std::lower_bound(points.begin(), points.end(), x,
                                      [](const auto& point, double place) { return point.first < place; });
  if (after == points.end()) return std::nullopt;
  if (after->first == x && std::isfinite(after->second)) return after->second;
  if (after == points.begin()) return std::nullopt;
  const auto before = std::prev(after);
  if (!std::isfinite(before->second) || !std::isfinite(after->second)) return std::nullopt;
  return std::lerp(before->second, after->second, (x - before->first) / (after->first - before->first));
}

constexpr std::size_t no_row = std::numeric_limits<std::size_t>::max();

/// The row of a height, from the top; `no_row` off the axis. Halves, because the axis of two finite numbers
/// may be longer than any.
std::size_t row_of(double y, const Axes& axes, std::size_t rows) {
  const double down = (axes.y.high / 2.0 - y / 2.0) / (axes.y.high / 2.0 - axes.y.low / 2.0);
  // What rounding moves over the edge of the axis is still on it.
  if (!(down >= -1e-9 && down <= 1.0 + 1e-9)) return no_row;
  return static_cast<std::size_t>(std::lround(std::clamp(down, 0.0, 1.0) * static_cast<double>(rows - 1)));
}

/// Every column has a dot, and steep pieces have those between.
Field draw(const TextCurve& curve, const Axes& axes, std::size_t columns, std::size_t rows) {
  Field field(columns, rows);
  std::size_t last = no_row;
  const std::size_t drawn = axes.x.low < axes.x.high ? columns : 1;
  for (std::size_t column = 0; column < drawn; ++column) {
    const double share = static_cast<double>(column) / static_cast<double>(columns - 1);
    const auto y = height_at(curve, std::lerp(axes.x.low, axes.x.high, share));
    const std::size_t row = y ? row_of(*y, axes, rows) : no_row;
    if (row != no_row) {
      const std::size_t from = last != no_row ? std::min(last + (last < row), row) : row;
      const std::size_t to = last != no_row ? std::max(last - (last > row), row) : row;
      for (std::size_t between = from; between <= to; ++between) field.set(column, between);
    }
    last = row;
  }
  return field;
}

constexpr std::size_t dots_across = 2, dots_down = 4;

/// Unicode's braille patterns: the bit of a dot, by its column and row in the character.
constexpr unsigned dot_bits[dots_across][dots_down] = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};
constexpr char32_t empty_braille = 0x2800;

std::string braille_line(const std::vector<Field>& fields, std::size_t line) {
  std::string text;
  for (std::size_t first = 0; first < fields.front().columns(); first += dots_across) {
    unsigned bits = 0;
    for (std::size_t curve = 0; curve < fields.size(); ++curve) {
      for (std::size_t x = 0; x < dots_across; ++x) {
        if (curve == 1 && (first + x) % 3 != 0) continue;  // the second curve is dotted
        for (std::size_t y = 0; y < dots_down; ++y) {
          if (fields[curve].at(first + x, line * dots_down + y)) bits |= dot_bits[x][y];
        }
      }
    }
    append_utf8(text, empty_braille + bits);
  }
  return text;
}

char letter(std::size_t curve, std::size_t curves) {
  return curves == 1 ? '*' : static_cast<char>('A' + curve);
}

std::string letter_line(const std::vector<Field>& fields, std::size_t line) {
  std::string text;
  for (std::size_t column = 0; column < fields.front().columns(); ++column) {
    char shown = ' ';
    for (std::size_t curve = 0; curve < fields.size(); ++curve) {
      if (fields[curve].at(column, line)) shown = shown == ' ' ? letter(curve, fields.size()) : '*';
    }
    text += shown;
  }
  return text;
}

std::string number(double value) { return fmt::format("{:.4g}", value); }

const std::pair<double, double>* last_point(const TextCurve& curve) {
  const auto found = std::find_if(curve.points.rbegin(), curve.points.rend(),
                                  [](const auto& point) { return std::isfinite(point.second); });
  return found == curve.points.rend() ? nullptr : &*found;
}

/// Letters of the curves that end beside this line of the field.
std::string end_marks(const std::vector<TextCurve>& curves, const Axes& axes, std::size_t height,
                      std::size_t line) {
  if (curves.size() < 2) return {};
  std::string marks;
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const auto* last = last_point(curves[i]);
    if (last && last->first == axes.x.high && row_of(last->second, axes, height) == line)
      marks += letter(i, curves.size());
  }
  return marks.empty() ? marks : " " + marks;
}

std::string legend(const std::vector<TextCurve>& curves, const TextPlot& plot, std::size_t indent) {
  std::string text;
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const auto* last = last_point(curves[i]);
    const std::string key = curves.size() < 2 ? std::string()
                            : plot.braille    ? fmt::format("{} ({}) ", letter(i, 2), i ? "dotted" : "line")
                                              : fmt::format("{} ", letter(i, 2));
    text +=
        fmt::format("{:{}}{}{}: {}\n", "", indent, key, escape_terminal(curves[i].name),
                    last ? fmt::format("{} at {} {}", number(last->second), plot.x_name, number(last->first))
                         : "no value");
  }
  return text;
}

void require_drawable(const std::vector<TextCurve>& curves, const TextPlot& plot) {
  if (curves.size() > 2) throw std::invalid_argument("a field of characters holds at most two curves");
  if (plot.width < 2 || plot.height < 2) throw std::invalid_argument("a field is at least 2 x 2 characters");
}

}  // namespace

std::string draw_curves(const std::vector<TextCurve>& curves, const TextPlot& plot) {
  require_drawable(curves, plot);
  const auto axes = axes_of(curves, plot.unscaled_share);
  if (!axes) return {};
  std::vector<Field> fields;
  for (const TextCurve& curve : curves) {
    fields.push_back(draw(curve, *axes, plot.width * (plot.braille ? dots_across : 1),
                          plot.height * (plot.braille ? dots_down : 1)));
  }
  const std::string high = number(axes->y.high), low = number(axes->y.low);
  const std::size_t margin = std::max(high.size(), low.size());
  std::string text;
  for (std::size_t line = 0; line < plot.height; ++line) {
    const bool is_end = line == 0 || line + 1 == plot.height;
    std::string drawn = plot.braille ? braille_line(fields, line) : letter_line(fields, line);
    drawn += end_marks(curves, *axes, plot.height, line);
    drawn.erase(drawn.find_last_not_of(' ') + 1);
    text += fmt::format("{:>{}} {}{}\n",
                        line == 0 ? high
                        : is_end  ? low
                                  : "",
                        margin, plot.braille ? (is_end ? "┤" : "│") : (is_end ? "+" : "|"), drawn);
  }
  const std::string first = number(axes->x.low),
                    last = axes->x.low < axes->x.high ? number(axes->x.high) : "";
  text += fmt::format("{:{}}{}{:>{}} {}\n", "", margin + 2, first, last,
                      std::max(plot.width, first.size() + last.size() + 1) - first.size(), plot.x_name);
  return text + legend(curves, plot, margin + 2);
}

}  // namespace ablate
