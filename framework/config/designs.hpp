#pragma once
/// The designs: which variants a study has, and what each changes.

#include <vector>

#include "config/variant_drafts.hpp"

namespace ablate {

/// The variants of the one design in the block `variants`, which may be null, before any is filtered, read or
/// checked; without a design one variant, "default". Those of `list` and `one_at_a_time`'s baseline have names.
/// Throws RequestError with the place, also for designs that do not combine.
std::vector<VariantDraft> design_drafts(const Node& variants, const Base& base);

/// "skip=none,hidden=[64]": what messages call a variant that has no name yet.
std::string raw_label(const VariantDraft& draft);

}  // namespace ablate
