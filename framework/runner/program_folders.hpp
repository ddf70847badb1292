#pragma once
/// The folder of a run that another program trains, from attempt to attempt.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace ablate {

/// Where the programs of a sweep keep their files.
struct ProgramFolders {
  std::filesystem::path own = {};    ///< must exist: each run gets a folder in it; empty: beside the database
  std::filesystem::path begun = {};  ///< has those of runs that a sender had begun; empty: there are none
};

/// A run between two epochs, as the store's checkpoint holds it.
struct ProgramState {
  std::uint64_t offset = 0;           ///< of `$ABLATE_METRICS`: what was read and committed
  std::filesystem::path folder = {};  ///< in which the program worked; empty: the one beside the database
};

std::vector<std::uint8_t> bytes_of(const ProgramState& state);
ProgramState program_state(std::span<const std::uint8_t> bytes);

/// `$ABLATE_DIR` of a run, absolute.
std::filesystem::path run_folder(const std::filesystem::path& database, const ProgramFolders& folders,
                                 const std::string& uuid);

/// Copies a run's folder into a new one, also while another attempt still writes there: the metrics come last, so that
/// the copy's checkpoint is of no epoch whose line it lacks, and where files changed meanwhile all is copied again, a
/// few times. False: there is none, or it would not hold still; `to` is then empty. Throws RequestError where `to`
/// cannot be written.
bool copy_run_folder(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace ablate
