#include "store/schema_steps.hpp"

namespace ablate {

const char* const schema_2 = R"sql(
CREATE TABLE audit(
  run_id INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
  train_images INTEGER NOT NULL,
  test_images INTEGER NOT NULL,
  comparison TEXT NOT NULL
) STRICT;
)sql";

}  // namespace ablate
