#pragma once
/// One study, whole, in a form that others read and `merge_files` reads back. The formats are described in
/// framework/store/README.md. A real number is written so that it reads back bit for bit.

#include <atomic>
#include <filesystem>
#include <iosfwd>
#include <string>

namespace ablate {

/// Writes one JSON document, row by row; memory does not grow with the rows. False where `stop` ended it.
/// Throws RequestError where the file has no such study; what went wrong with `out` is for the caller to ask.
bool export_json(const std::filesystem::path& database, const std::string& study, std::ostream& out,
                 const std::atomic<bool>& stop);

/// The same into a file that is not there yet; nothing stays of one that was not finished.
bool export_json(const std::filesystem::path& database, const std::string& study,
                 const std::filesystem::path& file, const std::atomic<bool>& stop);

/// Makes `folder` with a file a table and manifest.json; nothing stays of one that was not finished.
bool export_csv(const std::filesystem::path& database, const std::string& study,
                const std::filesystem::path& folder, const std::atomic<bool>& stop);

}  // namespace ablate
