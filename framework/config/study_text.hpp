#pragma once
/// A study as its file would say it, in full and in one way.

#include <string>

#include "config/config_reader.hpp"
#include "config/study.hpp"
#include "config/variant_drafts.hpp"

namespace ablate {

/// The whole file: the base resolved, the variants by name.
std::string canonical_study(const Study& study, const Resolved& base, const VariantDrafts& design);

}  // namespace ablate
