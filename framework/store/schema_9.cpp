#include "store/schema_steps.hpp"

namespace ablate {

// NULL, unknown, is equal to nothing in SQL: runs of older programs and of builds that could not know their
// sources are neither copied nor resumed.
const char* const schema_9 = R"sql(
ALTER TABLE run ADD COLUMN program_sha256 TEXT;
)sql";

}  // namespace ablate
