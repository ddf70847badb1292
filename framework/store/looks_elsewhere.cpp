#include "store/looks_elsewhere.hpp"

namespace ablate {
namespace {

/// The number in a run's reason to end is that of the file in which it was copied, so its source is found by what both
/// are; the variants in one pass, as no index leads to a configuration.
constexpr const char* looks_of_sources =
    "WITH copied AS MATERIALIZED (SELECT run.variant_id, run.seed, variant.config_sha256 AS config FROM run JOIN variant "
    "ON variant.id = run.variant_id WHERE run.study_id = ?1 AND NOT run.obsolete AND run.status = 'done' AND "
    "run.exit_reason LIKE 'copied from run %'), "
    "source AS (SELECT theirs.study_id FROM variant AS same CROSS JOIN copied ON copied.config = same.config_sha256 "
    "CROSS JOIN run AS theirs ON theirs.variant_id = same.id AND theirs.seed = copied.seed WHERE same.config_sha256 IN "
    "(SELECT config FROM copied) AND theirs.study_id <> ?1 AND theirs.status = 'done' GROUP BY theirs.study_id HAVING "
    "count(DISTINCT copied.variant_id) > 1) "
    "SELECT study.name, looked_at, command, seeds, coalesce(looks_in_plan, '') FROM look JOIN study ON study.id = "
    "look.study_id WHERE study.id IN (SELECT study_id FROM source) ORDER BY study.name, looked_at, look.id";

}  // namespace

std::vector<LookElsewhere> looks_at_copied(const Reader& reader, std::int64_t study_id) {
  std::vector<LookElsewhere> looks;
  reader.select(looks_of_sources, {study_id}, [&](const std::vector<Value>& row) {
    LookElsewhere& elsewhere = looks.emplace_back();
    elsewhere.study = std::get<std::string>(row[0]);
    elsewhere.look.looked_at = std::get<std::string>(row[1]);
    elsewhere.look.command = std::get<std::string>(row[2]);
    elsewhere.look.seeds = std::get<std::int64_t>(row[3]);
    elsewhere.look.looks_in_plan = std::get<std::string>(row[4]);
  });
  return looks;
}

}  // namespace ablate
