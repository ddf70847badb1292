#pragma once
/// The block `variants` as JSON Schema: a part of `json_schema`.

#include <nlohmann/json.hpp>

namespace ablate {

/// Schema of the block itself.
nlohmann::ordered_json variants_schema();

/// What it refers to under `$defs`.
nlohmann::ordered_json variants_definitions();

}  // namespace ablate
