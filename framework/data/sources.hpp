#pragma once
/// The sources of images: how each becomes a data set, and what of it is there. The words on them are in
/// config/sources.hpp, the code of each in a file of its own in data/sources.

#include <optional>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "data/dataset.hpp"
#include "data/image_block.hpp"

namespace ablate {

/// One data set that is there.
struct PresentData {
  std::string split;      ///< of emnist; else empty
  DataSettings settings;  ///< what loads it
  std::string came_from;  ///< "Debian's package ...", an address with its MD5; empty where it is not known
  std::optional<DataSizes> sizes;  ///< nothing where the files are wrong
  std::string fault;               ///< what is wrong with them, in one line
};

/// What one file of data/sources gives.
struct DataSource {
  /// Loads what the settings name; see `load_dataset`.
  Dataset (*load)(const DataSettings& settings);
  /// What is in the source's usual place, found without reading images.
  std::vector<PresentData> (*present)();
};

DataSource glyphs_source();
DataSource fashion_mnist_source();
DataSource emnist_source();
DataSource idx_source();
DataSource csv_source();
DataSource npz_source();
DataSource folder_source();
DataSource cifar_source();

/// Of a source without a usual place.
std::vector<PresentData> nothing_present();

/// What measuring finds of files in their usual place: sizes, or a fault in one line.
PresentData measured(const DataSettings& settings, const std::string& split, const std::string& came_from,
                     DataSizes (*measure)(const DataSettings& settings));

/// One source that `data.source` can name.
struct SourceInfo {
  std::string name;                  ///< as the study file writes it
  std::string description;           ///< what it holds, in a few words
  std::string place;                 ///< the folder looked in by default; empty where there is none
  std::vector<PresentData> present;  ///< what can be loaded from there now
  std::string how_to_get;            ///< a command or setting that makes it present
};

/// Every source, those that need nothing first. Reads the headers and labels of what is there, no images. A usual
/// place that cannot be looked at is present with its fault.
std::vector<SourceInfo> list_sources();

}  // namespace ablate
