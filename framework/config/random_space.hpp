#pragma once
/// The design `random`: settings drawn from a space.

#include <string>
#include <vector>

#include "config/variant_drafts.hpp"

namespace ablate {

/// Draws `count` different sets of changes, {count, seed, space: {key: {distribution: ...}}}; `what` is its
/// place in the file ("variants.random"). Every key has a stream of its own, named after its path, so that
/// another key does not change its draws. Drawn numbers have 4 significant digits and lie within the bounds,
/// both included. Throws RequestError with the place for a space without bounds, bounds that the setting
/// cannot have, and a space that holds fewer sets than wanted.
std::vector<std::vector<Change>> draw_changes(const Node& random, const std::string& what, const Base& base);

}  // namespace ablate
