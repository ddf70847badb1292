/// The source `glyphs`: drawn by the program.

#include "data/glyphs.hpp"

#include "data/glyph_skeletons.hpp"
#include "data/sources.hpp"

namespace ablate {
namespace {

std::vector<PresentData> present_glyphs() {
  const DataSizes sizes{default_train_glyphs, default_test_glyphs, glyph_side, glyph_side,
                        characters().size()};
  return {{"", DataSettings{}, "drawn by the program", sizes, {}}};
}

}  // namespace

DataSource glyphs_source() { return {draw_glyphs, present_glyphs}; }

}  // namespace ablate
