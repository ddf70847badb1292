#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "store/merge_compare.hpp"
#include "store/merge_study.hpp"
#include "store/merge_tables.hpp"
#include "store/uuid.hpp"

namespace ablate {
namespace {

struct SourceRun {
  RunState state;
  std::optional<std::int64_t> variant_id;  ///< ours
  std::int64_t seed = 0;
  std::string variant;
  bool obsolete = false;
};

/// The numbers version, as in RunOrigin.
std::string numbers_of(const std::string& prefix) {
  return fmt::format("coalesce({0}numbers, {0}code_version IS NOT NULL)", prefix);
}

std::vector<SourceRun> runs_of(const MergeContext& context, std::int64_t source_study) {
  Query query(context.into,
              fmt::format("SELECT r.id, r.uuid, r.status, r.epochs_done, r.best_epoch, "
                          "coalesce(r.program_sha256, ''), {1}, m.new, r.seed, "
                          "coalesce(v.name, ''), r.obsolete FROM {0}.run AS r LEFT JOIN {0}.variant AS v ON "
                          "v.id = r.variant_id LEFT JOIN temp.merge_variant AS m ON m.old = r.variant_id "
                          "WHERE r.study_id = ? ORDER BY r.id",
                          context.from, numbers_of("r.")));
  query << source_study;
  std::vector<SourceRun> runs;
  while (query.next()) {
    SourceRun& run = runs.emplace_back();
    query >> run.state.id >> run.state.uuid >> run.state.status >> run.state.epochs_done >>
        run.state.best_epoch >> run.state.program >> run.state.numbers >> run.variant_id >> run.seed >>
        run.variant >> run.obsolete;
  }
  return runs;
}

[[noreturn]] void refuse_lost(const MergeContext& context, const SourceRun& run) {
  throw RequestError(
      fmt::format("run {} of {} has no variant of its study", run.state.id, context.source.string()),
      "ablate doctor --db FILE reports what else is wrong with it");
}

/// Ours of the same variant and seed. Not of the same uuid: that of a run that was never begun may have become
/// another variant's in a copy of the file, and a stranger may write what he likes.
std::optional<RunState> our_run(Connection& into, const SourceRun& run) {
  Query query(
      into,
      fmt::format(
          "SELECT id, uuid, status, epochs_done, best_epoch, coalesce(program_sha256, ''), {} FROM main.run WHERE "
          "variant_id = ? AND seed = ?",
          numbers_of("")));
  query << *run.variant_id << run.seed;
  if (!query.next()) return std::nullopt;
  RunState state;
  query >> state.id >> state.uuid >> state.status >> state.epochs_done >> state.best_epoch >> state.program >>
      state.numbers;
  return state;
}

/// The source's uuid for our run (0: a new one), unless another run of ours has it.
std::string uuid_for(Connection& into, const RunState& theirs, std::int64_t ours) {
  Query query(into, "SELECT 1 FROM main.run WHERE uuid = ? AND id <> ?");
  query << theirs.uuid << ours;
  return query.next() ? new_uuid() : theirs.uuid;
}

/// The source's columns of a run as they are stored here: ids are ours, and nobody is at work on it.
std::string run_values(const std::vector<std::string>& columns) {
  std::string text;
  for (const std::string& column : columns) {
    std::string value = "r." + column;
    if (column == "status") value = "iif(r.status = 'running', 'interrupted', r.status)";
    if (column == "lease_until") value = "NULL";
    if (column == "machine_id") value = "(SELECT new FROM temp.merge_machine WHERE old = r.machine_id)";
    if (column.ends_with("_dataset_id"))
      value = fmt::format("(SELECT new FROM temp.merge_dataset WHERE old = r.{})", column);
    text += (text.empty() ? "" : ", ") + value;
  }
  return text;
}

/// Writes rows of `run` and notes what else is to be copied.
class RunCopier {
 public:
  RunCopier(const MergeContext& context, std::int64_t study_id)
      : context_(context),
        study_id_(study_id),
        added_(columns_of(context.into, "run", {"id", "uuid", "study_id", "variant_id"})),
        replaced_(columns_of(context.into, "run",
                             {"id", "uuid", "study_id", "variant_id", "seed", "obsolete", "archived"})),
        owned_(tables_owned_by(context.into, "run_id")) {}

  void add(const SourceRun& run) {
    Query add(context_.into,
              fmt::format(
                  "INSERT INTO main.run(uuid, study_id, variant_id, {}) SELECT ?, ?, ?, {} FROM {}.run AS r "
                  "WHERE r.id = ?",
                  listed(added_), run_values(added_), context_.from));
    (add << uuid_for(context_.into, run.state, 0) << study_id_ << *run.variant_id << run.state.id).run();
    map(run.state.id, context_.into.database().getLastInsertRowid(), true);
  }

  void replace(const SourceRun& run, std::int64_t ours) {
    for (const TableColumns& owned : owned_) drop(owned.table, ours);
    drop("stop_request", ours);  // it was for the run that goes
    Query replace(
        context_.into,
        fmt::format(
            "UPDATE main.run SET (uuid, {}) = (SELECT ?, {} FROM {}.run AS r WHERE r.id = ?) WHERE id = ?",
            listed(replaced_), run_values(replaced_), context_.from));
    (replace << uuid_for(context_.into, run.state, ours) << run.state.id << ours).run();
    map(run.state.id, ours, true);
  }

  void leave(const SourceRun& run, std::int64_t ours) { map(run.state.id, ours, false); }

  /// Another run of the same name: nothing of it but its tags belongs to ours.
  void keep_ours(const SourceRun& run, std::int64_t ours) { map(run.state.id, ours, std::nullopt); }

  /// The rows of all runs that were added or replaced, in the order of our ids; tags of all; and what audits
  /// say of the others, and weights and predictions that were kept there alone.
  void copy_rows() {
    if (!context_.options.weights) {
      std::erase_if(owned_, [](const TableColumns& owned) { return owned.table == "model"; });
    }
    for (const TableColumns& owned : owned_) copy(owned, "INSERT", "m.copied");
    for (const TableColumns& owned : owned_) {
      const bool adds = owned.table == "leak" || owned.table == "audit" || owned.table == "run_output";
      if (adds) copy(owned, "INSERT OR IGNORE", "NOT m.copied");
    }
    const std::string of_done =
        "NOT m.copied AND EXISTS (SELECT 1 FROM main.run AS r WHERE r.id = m.new AND r.status = 'done')";
    if (context_.options.weights)
      copy({"model", columns_of(context_.into, "model", {"run_id"})}, "INSERT OR IGNORE",
           of_done + " AND s.epoch = (SELECT best_epoch FROM main.run WHERE id = m.new)");
    copy({"prediction", columns_of(context_.into, "prediction", {"run_id"})}, "INSERT OR IGNORE", of_done);
    copy({"tag", {"name"}}, "INSERT OR IGNORE", "true");
  }

 private:
  void drop(const std::string& table, std::int64_t run) {
    Query drop(context_.into, fmt::format("DELETE FROM main.{} WHERE run_id = ?", table));
    (drop << run).run();
  }

  /// `copied` of nothing is NULL in SQL: neither a run that is copied nor one that is not.
  void map(std::int64_t theirs, std::int64_t ours, std::optional<bool> copied) {
    Query map(context_.into, "INSERT INTO temp.merge_run(old, new, copied) VALUES (?, ?, nullif(?, -1))");
    (map << theirs << ours << (copied ? int{*copied} : -1)).run();
  }

  void copy(const TableColumns& table, const char* verb, const std::string& which) {
    Query copy(context_.into,
               fmt::format("{} INTO main.{}(run_id, {}) SELECT m.new, {} FROM temp.merge_run AS m CROSS JOIN "
                           "{}.{} AS s ON s.run_id = m.old WHERE {} ORDER BY m.old",
                           verb, table.table, listed(table.columns), listed(table.columns, "s."),
                           context_.from, table.table, which));
    copy.run();
  }

  const MergeContext& context_;
  std::int64_t study_id_;
  std::vector<std::string> added_, replaced_;
  std::vector<TableColumns> owned_;
};

bool are_of_two_programs(const RunState& theirs, const RunState& ours) {
  return !theirs.program.empty() && !ours.program.empty() && theirs.program != ours.program;
}

/// Runs of different arithmetic differ in last bits, those of a script that was changed in anything, and nothing is
/// wrong with either.
std::string why_of(const RunState& theirs, const RunState& ours) {
  if (theirs.numbers == ours.numbers)
    return are_of_two_programs(theirs, ours) ? " (trained by different code)" : "";
  return fmt::format(" (computed by numbers versions {} and {}, whose bits differ)", theirs.numbers,
                     ours.numbers);
}

/// Runs that a study now has side by side, of several numbers versions.
void remark_on_numbers(Connection& into, std::int64_t study_id, MergedStudy& merged) {
  Query versions(into, fmt::format("SELECT DISTINCT {} FROM main.run WHERE study_id = ? AND NOT obsolete AND "
                                   "epochs_done > 0 ORDER BY 1",
                                   numbers_of("")));
  versions << study_id;
  std::vector<int> found;
  while (versions.next()) versions >> found.emplace_back();
  if (found.size() < 2) return;
  merged.remarks.push_back(
      fmt::format("its runs were computed by numbers versions {}: differences between them are "
                  "partly those of arithmetic",
                  fmt::join(found, " and ")));
}

MergeConflict conflict_of(const MergeContext& context, const SourceStudy& study, const SourceRun& run,
                          const RunState& ours, const std::string& difference) {
  return {fmt::format("{}/{}/{}", study.name, run.variant, run.seed),
          run.state.uuid,
          ours.uuid,
          context.source,
          difference + why_of(run.state, ours),
          are_of_two_programs(run.state, ours)};
}

bool is_unfinished(const RunState& run) {
  return run.status == "interrupted" || run.status == "waiting" || run.status == "running";
}

/// One of two that conflict is of another program than the study's runs are of now, and began in vain.
Relation settled_by_program(const RunState& theirs, const RunState& ours, const std::string& now) {
  if (now.empty() || (theirs.program == now) == (ours.program == now)) return Relation::conflict;
  const bool ours_goes = theirs.program == now;
  if (!is_unfinished(ours_goes ? ours : theirs)) return Relation::conflict;
  return ours_goes ? Relation::ahead : Relation::behind;
}

bool has_ended(const RunState& run) {
  return run.status == "done" || run.status == "diverged" || run.status == "stopped";
}

/// Of two that conflict the one that ended stays; a failed one never contradicts another.
Relation settled_by_end(const RunState& theirs, const RunState& ours) {
  if (has_ended(theirs) != has_ended(ours)) return has_ended(theirs) ? Relation::ahead : Relation::behind;
  return theirs.status == "failed" || ours.status == "failed" ? Relation::behind : Relation::conflict;
}

/// What becomes of two runs that conflict, and whether that is worth a word.
struct Settled {
  Relation relation;
  bool is_named;
};

Settled settled(const RunState& theirs, const RunState& ours, const MergeOptions& options) {
  const Relation by_program = settled_by_program(theirs, ours, options.program_now);
  if (by_program != Relation::conflict) return {by_program, false};
  if (!options.ended_stays) return {Relation::conflict, true};
  return {settled_by_end(theirs, ours), theirs.status != "failed" && ours.status != "failed"};
}

/// The one that a plan still has stays in the plan.
void keep_planned(Connection& into, std::int64_t ours) {
  Query keep(into, "UPDATE main.run SET obsolete = 0 WHERE id = ?");
  (keep << ours).run();
}

}  // namespace

void merge_runs(const MergeContext& context, const SourceStudy& study, std::int64_t study_id,
                MergedStudy& merged, std::vector<MergeConflict>& conflicts) {
  RunCopier copier(context, study_id);
  const auto& wanted = context.options.only_runs;
  for (const SourceRun& run : runs_of(context, study.id)) {
    if (wanted && !wanted(context.source, run.state.uuid)) continue;
    if (!run.variant_id) refuse_lost(context, run);
    const std::optional<RunState> ours = our_run(context.into, run);
    if (!ours) {
      copier.add(run);
      ++merged.runs_new;
      continue;
    }
    if (!run.obsolete && !wanted) keep_planned(context.into, ours->id);
    RunComparison found = compare_runs(context, run.state, *ours);
    const bool differs = found.relation == Relation::conflict;
    if (differs) {
      const auto [relation, is_named] = settled(run.state, *ours, context.options);
      if (is_named) conflicts.push_back(conflict_of(context, study, run, *ours, found.difference));
      found.relation = relation;
    }
    if (found.relation == Relation::conflict) {
      const bool take = context.options.on_conflict == OnConflict::take;
      ++(take ? merged.runs_taken : merged.runs_kept);
      take ? copier.replace(run, ours->id) : copier.keep_ours(run, ours->id);
    } else if (found.relation == Relation::ahead) {
      copier.replace(run, ours->id);
      ++(ours->status == "planned" ? merged.runs_new : merged.runs_advanced);
    } else {
      differs ? copier.keep_ours(run, ours->id) : copier.leave(run, ours->id);
      ++(differs ? merged.runs_kept : merged.runs_same);
    }
  }
  copier.copy_rows();
  remark_on_numbers(context.into, study_id, merged);
}

}  // namespace ablate
