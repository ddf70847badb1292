#include "store/epochs_by_variant.hpp"

#include <fmt/format.h>

#include "store/run_sql.hpp"

namespace ablate {

std::map<std::int64_t, int> epochs_by_variant(const Reader& reader, std::int64_t study_id) {
  std::map<std::int64_t, int> epochs;
  reader.select(fmt::format("SELECT id, coalesce({}, 0) FROM variant WHERE study_id = ?1", planned_epochs),
                {study_id}, [&](const std::vector<Value>& row) {
                  epochs[std::get<std::int64_t>(row[0])] = static_cast<int>(std::get<std::int64_t>(row[1]));
                });
  return epochs;
}

}  // namespace ablate
