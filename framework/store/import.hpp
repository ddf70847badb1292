#pragma once
/// Reads exports back into a results file of their own. Private to framework/store.

#include <filesystem>

namespace ablate {

/// Fills `database`, which is not there yet, with the rows of a study's export and brings it up to date.
/// Throws RequestError for a file that is no such export, was made by a newer program, is cut short or
/// changed, or whose rows break the schema.
void load_json(const std::filesystem::path& file, const std::filesystem::path& database);
void load_csv(const std::filesystem::path& folder, const std::filesystem::path& database);

}  // namespace ablate
