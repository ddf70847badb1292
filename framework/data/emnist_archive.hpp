#pragma once
/// EMNIST's archive: six splits in one zip of gzipped IDX files.
/// G. Cohen, S. Afshar, J. Tapson and A. van Schaik, "EMNIST: an extension of MNIST to handwritten letters",
/// 2017.

#include <array>
#include <atomic>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "data/dataset.hpp"

namespace ablate {

constexpr std::string_view emnist_archive_md5 = "58c8d27c78d21e728a6bc7b3cc06412e";
constexpr std::array<std::string_view, 6> official_emnist_splits = {"balanced", "byclass", "bymerge",
                                                                    "digits",   "letters", "mnist"};

/// The five files of a split: images and labels of train and test, and the mapping.
std::set<std::string> emnist_members(const std::string& split);

/// True where `folder` holds all of them, images and labels plain or gzipped.
bool has_emnist_split(const std::filesystem::path& folder, const std::string& split);

/// Where a split in `folder` came from, as `install_emnist` noted it; empty where it is not known.
std::string emnist_provenance(const std::filesystem::path& folder, const std::string& split);

/// Unpacks the split into `folder`, all of its files or none: they are loaded once, as a study would, before
/// they get their place. Notes `provenance` (one line) beside them. Returns what was loaded, or nothing where
/// `stop` became true. Throws RequestError for an archive that lacks a file (with the splits that it has) and
/// as `unpack` and `load_dataset` do.
std::optional<Dataset> install_emnist(const std::filesystem::path& archive, const std::string& split,
                                      const std::filesystem::path& folder, const std::string& provenance,
                                      const std::atomic<bool>& stop);

}  // namespace ablate
