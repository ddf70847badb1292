#pragma once
/// Where each source's files are looked for, and what is there.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "data/idx.hpp"

namespace ablate {

/// The official archive of EMNIST's IDX files.
constexpr const char* emnist_archive = "https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip";

/// The folder that `data.path` names, with "~" expanded, or the source's usual one.
std::filesystem::path source_folder(const DataSettings& settings);

/// `folder/name` or `folder/name.gz`, whichever is there.
std::optional<std::filesystem::path> find_plain_or_gzipped(const std::filesystem::path& folder,
                                                           const std::string& name);

/// The split that a file is the training images of, by its name:
/// "emnist-<split>-train-images-idx3-ubyte[.gz]".
std::optional<std::string> emnist_split_of(std::string file_name);

/// Splits of EMNIST whose training images lie in `folder`, in alphabetical order.
std::vector<std::string> emnist_splits(const std::filesystem::path& folder);

/// The files of the sources emnist, idx and fashion_mnist. Throws RequestError that lists what is missing and
/// how to get it.
IdxFiles find_idx_files(const DataSettings& settings);

struct CsvFiles {
  std::filesystem::path train;
  std::filesystem::path test;
};
/// The files of the source csv. Throws as above.
CsvFiles find_csv_files(const DataSettings& settings);

/// What the labels of the files mean: by the mapping that goes with them, else Fashion-MNIST's own ten
/// classes, else every label is a class.
ClassMap find_classes(const DataSettings& settings);

/// The mapping that goes with the files: `data.mapping`, or emnist-<split>-mapping.txt beside files of
/// EMNIST's names.
std::optional<std::filesystem::path> find_mapping(const DataSettings& settings);

}  // namespace ablate
