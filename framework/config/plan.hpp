#pragma once
/// What a study's digests are made of, wherever a part of it is replaced.

#include <string>

#include "config/config_reader.hpp"
#include "config/study.hpp"

namespace ablate {

/// Gives the variant a configuration, with its text and its digest.
void set_config(Variant& variant, Resolved config);

/// `plan_sha256` of the study as it is.
std::string plan_of(const Study& study);

}  // namespace ablate
