#pragma once
/// Elements that the SVG pictures of a page share; classes are those of report.css.

#include <string>

namespace ablate {

std::string svg_line(const char* kind, double x1, double y1, double x2, double y2);
/// `words` are escaped here.
std::string svg_text(const char* kind, double x, double y, const char* anchor, const std::string& words);
/// `kind` may be empty.
std::string svg_circle(const std::string& kind, double x, double y, double radius);

}  // namespace ablate
