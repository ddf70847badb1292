#pragma once
/// How far from calibrated a perfectly calibrated network looks on so few images.

#include <cstddef>
#include <span>

namespace ablate {

/// A bin of the reliability diagram.
struct CalibrationBin {
  std::size_t count = 0;
  double confidence = 0.0;  ///< mean top probability, in [0, 1]
};

/// The expected calibration error's own expectation where each image of a bin is right with the bin's mean
/// confidence: sum over bins of E|X - n c| / images, X binomial. Images of unequal confidence in a bin have it a
/// little smaller (Hoeffding 1956). Not a number without images. A confidence outside of [0, 1] is
/// std::invalid_argument. Source: the mean deviation of a binomial, de Moivre 1730 (Johnson, Kemp and Kotz 2005,
/// eq. 3.14).
double chance_level_of_ece(std::span<const CalibrationBin> bins);

}  // namespace ablate
