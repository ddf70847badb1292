#include "store/schema_steps.hpp"

namespace ablate {

// Its worker looks for it after each epoch. In a table of its own: an order to whoever trains here, and nothing
// that is known of the run, so that merging and exporting leave it alone.
const char* const schema_8 = R"sql(
CREATE TABLE stop_request (
  run_id INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
  asked_at TEXT NOT NULL
) STRICT;
)sql";

}  // namespace ablate
