#pragma once
/// The numbers that the page's script draws.

#include <string>

#include "report/comparison.hpp"

namespace ablate {

/// A JSON object that is safe within <script>: "<", ">" and "&" are written as \u003c, \u003e and \u0026, and
/// names are on one line. Numbers of curves are whole, in units of `unit`; null where there is none. A mean
/// comes with the half-width of its Student t interval at the comparison's confidence, null where n < 2.
///
/// Bounded: a curve has at most 250 epochs (every k-th and the last). Where all curves were more than 420,000
/// points, they are those of the seven metrics and the primary one; where these still are, variants beyond
/// the number that fits have none (first the drawn ones, then the best); `curves_of` is how many have.
std::string page_data(const Comparison& comparison);

}  // namespace ablate
