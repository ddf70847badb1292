#pragma once
/// Whether an effect depends on another factor, in words.

#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "report/fairness.hpp"

namespace ablate {

/// What pages call the factor of a dependence.
std::string dependence_name(const Comparison& comparison, const AnsweredContrast& of,
                            const Dependence& dependence);

/// The one whose levels a headline states, of those on which the effect depends: one that may be said before others, one
/// of whose levels something is said, one whose levels lie on both sides of 0 before others, then the
/// one with the smallest p. None where it depends on nothing.
const Dependence* told_dependence(const AnsweredContrast& of);

/// How many rows of the factor's levels say something.
std::size_t levels_told(const AnsweredContrast& of, std::size_t factor);

/// " It depends on hidden (p 0.004)." for each that may be said.
std::string dependence_text(const Comparison& comparison, const AnsweredContrast& of);

/// How it was found whether an effect depends on a factor.
std::string dependence_note(const Comparison& comparison, const AnsweredContrast& of, const Dependence& one);

/// The factors of which that could not be found, whatever the runs show.
void add_dependence(std::vector<Warning>& warnings, const Comparison& comparison);

}  // namespace ablate
