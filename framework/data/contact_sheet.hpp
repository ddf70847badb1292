#pragma once
/// What a data set looks like, on one page.

#include <filesystem>

#include "data/dataset.hpp"

namespace ablate {

/// Writes a PNG with one row per class: its name, then `per_class` of its training images (fewer where there are
/// fewer), dark ink on light paper. The images are chosen by the stream (0, "contact_sheet/<class>"): the
/// same data set gives the same page. Throws RequestError when per_class is outside 1 to 100, the page would
/// be too large, or the file cannot be written.
void write_contact_sheet(const Dataset& dataset, int per_class, const std::filesystem::path& png);

}  // namespace ablate
