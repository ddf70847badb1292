#pragma once
/// The block `variants` as JSON Schema: a part of `json_schema`.

#include <nlohmann/json.hpp>

namespace ablate {

/// Schema of the block itself. `own`: of a study whose file defines its settings itself, in `trainer`.
nlohmann::ordered_json variants_schema(bool own);

/// What it refers to under `$defs`.
nlohmann::ordered_json variants_definitions(bool own);

}  // namespace ablate
