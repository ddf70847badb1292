#pragma once
/// The question that a report answers, checked against what the variants change.

#include "config/node.hpp"
#include "config/refusal.hpp"
#include "config/study.hpp"

namespace ablate {

/// Writes the factors of `study.contrast` as their keys and its levels as their values' texts; names, ends
/// of keys ("skip") and labels are understood. Throws RequestError with the place in `root` and the nearest right
/// one for a factor that no variant changes, a level that none has, and a question that names a factor twice.
void resolve_contrast(Study& study, const Node& root, const ReadContext& context);

/// Where a grid's file asks about no factor: the first that `variants.baseline` names, unless it is the first of the
/// grid, which reports ask about anyway.
void ask_about_baseline(Study& study, const Node& root);

}  // namespace ablate
