#pragma once
/// Short texts written with the glyphs' own skeletons, so that a picture needs no font.

#include <string_view>

#include "data/png.hpp"

namespace ablate {

/// Pixels that a text takes in width when its capitals are `height` pixels high.
double text_width(std::string_view text, double height);

/// Writes a text into a picture, its upper left corner at (left, top); what leaves the picture is cut off. A
/// single letter is written as it is, a longer text in capitals; what has no skeleton is left blank.
void write_text(std::string_view text, double height, int left, int top, GreyImage& image);

}  // namespace ablate
