#include "store/looks.hpp"

#include "base/error.hpp"
#include "base/time.hpp"
#include "store/connection.hpp"
#include "store/look_rows.hpp"
#include "store/reader.hpp"

namespace ablate {

void put_look(Connection& connection, std::int64_t study_id, const LookRecord& look) {
  Query put(
      connection,
      "INSERT INTO look(study_id, looked_at, command, metric, seeds, runs, variants, looks_in_plan) "
      "SELECT ?1, ?2, ?3, nullif(?4, ''), ?5, ?6, ?7, nullif(?8, '') WHERE NOT EXISTS (SELECT 1 FROM look "
      "WHERE study_id = ?1 AND command = ?3 AND metric IS nullif(?4, '') AND seeds = ?5 AND runs = ?6 "
      "AND variants = ?7 AND looks_in_plan IS nullif(?8, ''))");
  put << study_id << look.looked_at << look.command << look.metric << look.seeds << look.runs << look.variants
      << look.looks_in_plan;
  put.run();
}

void put_replan(Connection& connection, const std::string& study, const std::string& metric,
                const std::string& now) {
  Query done(connection,
             "SELECT study.id, count(DISTINCT run.seed), count(*), count(DISTINCT run.variant_id) FROM run "
             "JOIN study ON study.id = run.study_id WHERE study.name = ? AND run.status = 'done' AND NOT "
             "run.obsolete GROUP BY study.id");
  done << study;
  if (!done.next()) return;
  std::int64_t study_id = 0;
  LookRecord look{.looked_at = now, .command = "replan", .metric = metric};
  done >> study_id >> look.seeds >> look.runs >> look.variants;
  put_look(connection, study_id, look);
}

std::string record_look(const std::filesystem::path& database, std::int64_t study_id, LookRecord look,
                        int patience_milliseconds) {
  look.looked_at = moment_text(unix_seconds());
  try {
    Connection connection(open_existing(database, patience_milliseconds), database);
    connection.transaction([&] { put_look(connection, study_id, look); });
    return {};
  } catch (const RequestError& refused) {
    const std::string why = refused.what();
    return why.substr(0, why.find('\n'));
  }
}

std::vector<LookRecord> Reader::looks(std::int64_t study_id) const {
  return connection_->guard([&] {
    Query query(*connection_,
                "SELECT looked_at, command, metric, seeds, runs, variants, looks_in_plan FROM look "
                "WHERE study_id = ? ORDER BY looked_at, id");
    query << study_id;
    std::vector<LookRecord> looks;
    while (query.next()) {
      LookRecord& look = looks.emplace_back();
      query >> look.looked_at >> look.command >> look.metric >> look.seeds >> look.runs >> look.variants >>
          look.looks_in_plan;
    }
    return looks;
  });
}

}  // namespace ablate
