#pragma once
/// One study, whole, in a form that others read and `merge_any` reads back. The formats are described in
/// framework/store/README.md. A real number is written so that it reads back bit for bit.

#include <atomic>
#include <filesystem>
#include <iosfwd>
#include <string>

#include "store/study_rows.hpp"

namespace ablate {

struct ExportOptions {
  bool weights = true;  ///< without: no weights of networks, which are most of the bytes
};

/// Writes one JSON document, row by row; memory does not grow with the rows. False where `stop` ended it.
/// Throws RequestError where the file has no such study; what went wrong with `out` is for the caller to ask.
bool export_json(const std::filesystem::path& database, const std::string& study, std::ostream& out,
                 const ExportOptions& options, const std::atomic<bool>& stop);

/// The same into a file that is not there yet; nothing stays of one that was not finished.
bool export_json(const std::filesystem::path& database, const std::string& study,
                 const std::filesystem::path& file, const ExportOptions& options,
                 const std::atomic<bool>& stop);

/// Makes `folder` with one file per table and manifest.json; nothing stays of one that was not finished.
bool export_csv(const std::filesystem::path& database, const std::string& study,
                const std::filesystem::path& folder, const ExportOptions& options,
                const std::atomic<bool>& stop);

/// Whether the table's rows stay out.
inline bool is_left_out(const ExportedTable& table, const ExportOptions& options) {
  return !options.weights && table.name == "model";
}

}  // namespace ablate
