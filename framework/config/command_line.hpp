#pragma once
/// The command of a trainer: placeholders checked, then filled in for a run.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "config/node.hpp"
#include "config/refusal.hpp"
#include "config/trainer_settings.hpp"

namespace ablate {

class OwnSettings;

/// What a run adds to its settings.
struct RunPlaces {
  std::uint64_t seed = 0;
  std::filesystem::path folder;  ///< `{dir}`
  std::filesystem::path params;  ///< `{params}`
};

/// Throws RequestError at the item of `command`, or at `epochs`, with the nearest name, for a placeholder that no
/// setting has, one that is not closed, and a flag of a setting that is not true or false.
void check_placeholders(const Node& trainer, const OwnSettings& own, const ReadContext& context);

/// Program and arguments. A list that is an item by itself becomes one argument for each of its items; inside a
/// longer item its items are joined by commas.
std::vector<std::string> command_line(const TrainerSettings& trainer, const RunPlaces& places);

/// `trainer.epochs` as a number. Throws RequestError at the value where it is not a whole number from 1 to a million.
int planned_epochs(const TrainerSettings& trainer, const Node& tree, const ReadContext& context);

/// All settings as one line of JSON: numbers are numbers, blocks are objects.
std::string settings_json(const TrainerSettings& trainer);

}  // namespace ablate
