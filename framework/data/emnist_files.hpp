#pragma once
/// EMNIST's files by the names that their archive gives them.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "data/class_map.hpp"

namespace ablate {

/// The official archive of EMNIST's IDX files.
constexpr const char* emnist_archive = "https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip";

/// The split that a file is the training images of, by its name:
/// "emnist-<split>-train-images-idx3-ubyte[.gz]".
std::optional<std::string> emnist_split_of(std::string file_name);

/// Splits of EMNIST whose training images are in `folder`, in alphabetical order.
std::vector<std::string> emnist_splits(const std::filesystem::path& folder);

/// `data.mapping`, else emnist-<split>-mapping.txt in `folder` where it is there, else every label is a class.
ClassMap emnist_classes(const DataSettings& settings, const std::filesystem::path& folder);

}  // namespace ablate
