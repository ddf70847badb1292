#pragma once
/// A wrong name is answered with the nearest right one and the choices.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ablate {

/// Edits (insert, delete, replace, swap of neighbours) that turn one text into the other: the optimal string
/// alignment distance.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The choice that `name` was meant for: one that differs in the case of its letters alone; else the shortest
/// that begins with it (three letters and more); else one that is an edit away; else the shortest that has its
/// letters in this order, from the first on; else the one the fewest edits away, at most a third of its
/// length, and 3.
std::optional<std::string> nearest(std::string_view name, std::span<const std::string> choices);

/// "did you mean 'x'? choices: a, b, c", without the question where nothing is near; at most 30 choices are
/// listed.
std::string suggestion(std::string_view name, std::span<const std::string> choices);

}  // namespace ablate
