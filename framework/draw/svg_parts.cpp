#include "draw/svg_parts.hpp"

#include <fmt/format.h>

#include "text/escape.hpp"

namespace ablate {

std::string svg_line(const char* kind, double x1, double y1, double x2, double y2) {
  return fmt::format("<line class=\"{}\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>\n", kind,
                     x1, y1, x2, y2);
}

std::string svg_text(const char* kind, double x, double y, const char* anchor, const std::string& words) {
  return fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n", kind, x,
                     y, anchor, escape_html(words));
}

std::string svg_circle(const std::string& kind, double x, double y, double radius) {
  const std::string named = kind.empty() ? kind : fmt::format(" class=\"{}\"", kind);
  return fmt::format("<circle{} cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"/>", named, x, y, radius);
}

}  // namespace ablate
