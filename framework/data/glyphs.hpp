#pragma once
/// The built-in data set: characters in the 47 classes of EMNIST Balanced, written by the program itself.
/// Each image is a skeleton (glyph_skeletons.hpp) whose points are moved, that is then bent, slanted, turned,
/// fitted into the sheet, inked, blurred and soiled, all by the stream (data.seed, "glyphs/<split>/<index>").

#include "data/dataset.hpp"

namespace ablate {

constexpr int glyph_side = 28;  ///< rows and columns of an image
constexpr int default_train_glyphs = 20000;
constexpr int default_test_glyphs = 4000;

/// Draws settings.train_images and settings.test_images images, as many of each class as of any other (but
/// one), in an order shuffled by the stream (settings.seed, "glyphs/<split>"). The same seed gives the same
/// bytes everywhere. and the first images of a class do not depend on how many are asked for. Throws
/// RequestError when fewer than one or more than 2 GiB of them are asked for.
Dataset draw_glyphs(const DataSettings& settings);

}  // namespace ablate
