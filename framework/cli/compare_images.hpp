#pragma once
/// `ablate compare A B --images`: what the kept networks say of each test image.

#include <optional>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "cli/sections.hpp"
#include "report/pair/image_pair.hpp"
#include "report/pair/pair.hpp"
#include "store/reader.hpp"

namespace ablate {

struct ImageOptions {
  std::vector<std::string> sets;  ///< "data.path=DIR": where files are now
  bool retrain = false;
  double confidence = 0.95;
};

/// Loads the images and predicts with the network of every run: of variants, those of the seeds that both
/// finished. Nothing where Ctrl-C ended it. Throws RequestError where no seed is shared, where the two were
/// judged by different images, and as `RunPredictor` does: where weights were not kept, before anything is
/// predicted.
std::optional<ImagePair> compare_images(const Reader& reader, const PairSide& first, const PairSide& second,
                                        const ImageOptions& options, Console& console);

/// Ten classes and ten images for people, all of them for files.
void write(Sections& page, const ImagePair& pair, const PairComparison& compared);

}  // namespace ablate
