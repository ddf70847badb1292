#pragma once
/// All of a training between two epochs, as bytes: weights, the optimiser's state, and what the judge has
/// seen. Random numbers need no place here: every epoch has streams of its own.

#include <cstdint>
#include <span>
#include <vector>

#include "train/judge.hpp"
#include "train/training.hpp"

namespace ablate {

std::vector<std::uint8_t> write_checkpoint(int epoch, Training& training, const Judge& judge);

/// Puts the training and the judge where they were; returns the epoch. Throws std::invalid_argument where the
/// bytes are those of another network or optimiser, or not whole; both are then as they were.
int restore_checkpoint(std::span<const std::uint8_t> bytes, Training& training, Judge& judge);

}  // namespace ablate
