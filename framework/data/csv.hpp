#pragma once
/// Comma-separated images: a row is a label, then the pixels 0 to 255 of a square image. A header row may
/// come first.

#include <filesystem>

#include "data/class_map.hpp"
#include "data/image_block.hpp"

namespace ablate {

/// Reads the two files as they are stored, each plain or gzipped. Throws RequestError with file:line:column
/// when a row is short or long, a value is no whole number from 0 to 255, a label is outside the classes, or
/// a file has no rows.
ImageBlock read_csv(const std::filesystem::path& train, const std::filesystem::path& test,
                    const ClassMap& classes);

}  // namespace ablate
