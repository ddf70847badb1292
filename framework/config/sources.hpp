#pragma once
/// The sources of images, a row each. How the files of one become a data set is in
/// framework/data/sources/<name>.cpp.

#include <span>
#include <string_view>

namespace ablate {

enum class Source { glyphs, fashion_mnist, emnist, idx, csv, npz, folder, cifar };

struct SourceRow {
  std::string_view name;         ///< as the study file writes it
  std::string_view description;  ///< what it holds, in a few words
  std::string_view place;        ///< where its files are unless `data.path` says so; empty: nowhere
  std::string_view how_to_get;   ///< a command or setting that makes it present
  std::string_view settings;     ///< keys of `data` that it heeds beside those that every source does
};

/// In the order of the enumerators.
std::span<const SourceRow> source_rows();
const SourceRow& row_of(Source source);

/// Whether a source heeds the key of `data`.
bool heeds(const SourceRow& row, std::string_view key);

}  // namespace ablate
