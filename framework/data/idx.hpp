#pragma once
/// IDX files, the format of MNIST and its followers: a magic number, big-endian sizes, then unsigned bytes.
/// Images have three dimensions, or a fourth of one or three channels that comes first or last.
/// Format: Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits".

#include <array>
#include <filesystem>

#include "data/class_map.hpp"
#include "data/image_block.hpp"

namespace ablate {

/// The files of a data set, each plain or gzipped; those of the test set may be empty.
struct IdxFiles {
  std::filesystem::path train_images;
  std::filesystem::path train_labels;
  std::filesystem::path test_images;
  std::filesystem::path test_labels;
};

/// Reads the files as they are stored, but for colours: the values of a pixel come together. Throws RequestError that names the file and the byte when one is
/// no IDX file of its kind, is truncated, goes on after its end, claims more than it can hold, holds no image
/// or a label outside the classes, or when counts or sizes differ. What a header claims is checked before
/// memory is taken.
ImageBlock read_idx(const IdxFiles& files, const ClassMap& classes);

/// Reads headers and labels alone. Throws as above for what these show.
DataSizes measure_idx(const IdxFiles& files, const ClassMap& classes);

}  // namespace ablate
