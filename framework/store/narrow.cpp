#include "store/narrow.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "store/connection.hpp"

namespace ablate {
namespace {

void name_run(Connection& connection, std::int64_t study_id, const PlannedRun& run) {
  Query name(
      connection,
      "UPDATE run SET uuid = ?, until_epoch = nullif(?, 0), obsolete = 0 WHERE study_id = ? AND seed = ? "
      "AND variant_id = (SELECT id FROM variant WHERE study_id = run.study_id AND name = ?)");
  name << run.uuid << run.until_epoch.value_or(0) << study_id << run.seed << run.variant;
  if (name.run() == 1) return;
  throw std::logic_error(fmt::format("{}/{} is not in the plan", run.variant, run.seed));
}

}  // namespace

void narrow_plan(const std::filesystem::path& database, std::int64_t study_id,
                 const std::vector<PlannedRun>& runs) {
  Connection connection(open_existing(database), database);
  connection.transaction([&] {
    // What keeps no name is not wanted.
    Query mark(connection, "UPDATE run SET obsolete = 1 WHERE study_id = ?");
    (mark << study_id).run();
    for (const PlannedRun& run : runs) name_run(connection, study_id, run);
    Query drop(connection, "DELETE FROM run WHERE study_id = ? AND obsolete");
    (drop << study_id).run();
  });
}

}  // namespace ablate
