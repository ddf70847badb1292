#pragma once
/// The question that a report answers, checked against what the variants change.

#include <functional>
#include <string>

#include "base/error.hpp"
#include "config/node.hpp"
#include "config/study.hpp"

namespace ablate {

/// The error for a part of a question (`factor`, `from`, `to`, `by`; "": the whole), by the name and the place that it
/// has for whoever asked.
using ContrastRefusal =
    std::function<RequestError(const std::string& part, const std::string& what, const std::string& hint)>;

/// Writes the factors of `contrast` as their keys and its levels as their values' texts; names, ends
/// of keys ("skip") and labels are understood. Throws the refusal, with the nearest right
/// one, for a factor that no variant changes, a level that none has, and a question that names a factor twice.
void resolve_contrast(ContrastSettings& contrast, const Study& study, const ContrastRefusal& refusal);

/// Where a grid's file asks about no factor: the first that `variants.baseline` names, unless it is the first of the
/// grid, which reports ask about anyway.
void ask_about_baseline(Study& study, const Node& root);

}  // namespace ablate
