#pragma once
/// How many digits a number needs.

namespace ablate {

/// Decimals that tell an interval's ends apart: four, and more where it is so narrow that its half would lack
/// two digits. The same for a single number, of its own size. At most 12.
int decimals_for_interval(double low, double high);
int decimals_for_number(double number);

}  // namespace ablate
