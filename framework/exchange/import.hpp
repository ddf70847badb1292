#pragma once
/// Reads exports back: each becomes a results file for a while, which is merged as any other is.

#include <atomic>
#include <filesystem>
#include <vector>

#include "store/merge.hpp"
#include "store/merge_source.hpp"

namespace ablate {

/// Fills `database`, which is not there yet, with the rows of a study's export and brings it up to date.
/// Throws RequestError for a file that is no such export, was made by a newer program, is cut short or
/// changed, or whose rows break the schema.
void load_json(const std::filesystem::path& file, const std::filesystem::path& database);
void load_csv(const std::filesystem::path& folder, const std::filesystem::path& database);

/// A results file, JSON, or a folder of CSV, recognised by its contents.
MergeSource source_of(const std::filesystem::path& path, const std::atomic<bool>& stop);

/// `merge_sources` of results files and exports of any kind, at most 10.
MergeReport merge_any(const std::vector<std::filesystem::path>& sources, const std::filesystem::path& into,
                      const MergeOptions& options, const std::atomic<bool>& stop);

}  // namespace ablate
