#pragma once
/// The files of a study whose runs another program trains: its code, and each run's own folder.

#include <filesystem>
#include <string>

#include "config/study.hpp"
#include "store/records.hpp"

namespace ablate {

/// SHA-256 of the names and bytes of the trainer's code: the files of `trainer.code`, else those that the command
/// names. Throws RequestError for a pattern that matches none.
std::string code_sha256(const Study& study);

/// Throws RequestError where the command's program is not there or cannot be run.
void check_program(const Study& study);

/// Throws RequestError where a run wants more GPUs than are visible here.
void check_resources(const Study& study);

/// `$ABLATE_DIR`, beside the database and absolute: kept over attempts.
std::filesystem::path run_folder(const std::filesystem::path& database, const std::string& uuid);

/// `$ABLATE_METRICS` in it.
std::filesystem::path metrics_path(const std::filesystem::path& folder);

}  // namespace ablate
