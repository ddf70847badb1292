#pragma once
/// How many digits a number needs.

namespace ablate {

/// Decimals that tell an interval's ends apart: four, and more where it is so narrow that its half would lack two
/// digits; fewer where its half has digits before the point, so that it has four in all, and less than none where it has
/// more (-2: to the hundreds). Up to three more tell an end from 0 that is not. The same for a single number, of its own size. For `digits_text`.
int decimals_for_interval(double low, double high);
int decimals_for_number(double number);

}  // namespace ablate
