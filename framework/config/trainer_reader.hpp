#pragma once
/// The block `trainer` of a study file.

#include <memory>

#include "config/own_settings.hpp"
#include "config/trainer_settings.hpp"

namespace ablate {

/// A trainer as the file has it, and the settings that it defines.
struct TrainerBase {
  TrainerSettings trainer;
  std::unique_ptr<OwnSettings> own;
};

/// Reads and checks the block. Throws RequestError with the place.
TrainerBase read_trainer(const Node& trainer, const ReadContext& context);

/// What every variant's configuration is read by: `base` and the values of its own settings in `tree`.
TrainerSettings resolved_trainer(const TrainerBase& base, const Node& tree, const ReadContext& context);

}  // namespace ablate
