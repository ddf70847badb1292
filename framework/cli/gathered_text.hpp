#pragma once
/// What came back from other machines, in words.

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "runner/cluster/gather.hpp"
#include "runner/cluster/sending_turn.hpp"

namespace ablate {

/// Nobody else sends or collects runs of this results file while it lives. Says where that has to be waited for.
SendingTurn take_turn(Console& console, const std::filesystem::path& database);

/// Gathers from these work folders, one after the other, and reports the outcome: differences and notes one by one,
/// then a line where anything came. Nothing happens where the results file lacks the study, or nothing was sent. Throws RequestError
/// as `gather` does.
GatheredResults gather_and_tell(Console& console, const std::filesystem::path& database,
                                const std::string& study, const std::vector<WorkFiles>& folders,
                                const std::atomic<bool>& stop);

}  // namespace ablate
