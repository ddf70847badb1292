#include <fmt/format.h>

#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "report/sources.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_runs = 50;

constexpr SplitName splits[] = {SplitName::train, SplitName::validation, SplitName::test};

/// One row per run, with the primary metric of every split at the selected epoch.
Table run_data(const Comparison& comparison) {
  Table table{{{"run"}, {"variant"}, {"seed"}, {"status"}, {"epochs"}, {"selected_epoch"}}, {}};
  for (const SplitName split : splits)
    table.columns.push_back({fmt::format("{}.{}", to_string(split), primary_metric(comparison).name)});
  table.columns.push_back({"leaked"});
  table.columns.push_back({"why"});
  for (const auto& variant : comparison.variants) {
    for (const auto& run : variant.runs) {
      table.rows.push_back({run.run_id, variant.name, run.seed, to_string(run.status),
                            std::int64_t{run.epochs_done},
                            run.selected_epoch > 0 ? Value(std::int64_t{run.selected_epoch}) : Value(),
                            number_or_null(run.selected.train.value_or(undefined)),
                            number_or_null(run.selected.validation.value_or(undefined)),
                            number_or_null(run.selected.test.value_or(undefined)), std::int64_t{run.leaked},
                            run.error.empty() ? Value() : Value(run.error)});
    }
  }
  return table;
}

/// Runs that are not done, at most `most_runs`.
Table unfinished(const Comparison& comparison) {
  Table table{{{"run"}, {"variant"}, {"seed"}, {"status"}, {"epochs"}, {"why"}}, {}};
  for (const auto& variant : comparison.variants) {
    for (const RunSummary& run : variant.runs) {
      if (run.status == RunStatus::done) continue;
      if (table.rows.size() == most_runs) return table;
      table.rows.push_back({run.run_id, variant.name, run.seed, to_string(run.status),
                            std::int64_t{run.epochs_done}, run.error});
    }
  }
  return table;
}

std::vector<CountTile> tiles(const RunCounts& counts) {
  std::vector<CountTile> all = {{counts.planned, "planned"}, {counts.done, "done"}};
  for (const CountTile& tile :
       {CountTile{counts.stopped, "stopped early"}, CountTile{counts.diverged, "diverged"},
        CountTile{counts.failed, "failed"}, CountTile{counts.interrupted, "interrupted"},
        CountTile{counts.running, "running"}, CountTile{counts.waiting, "waiting at a rung"},
        CountTile{counts.missing, "never begun"}}) {
    if (tile.number > 0) all.push_back(tile);
  }
  return all;
}

Evidence run_source(const Comparison& comparison) {
  const auto is_not_done = [](const RunSummary& run) { return run.status != RunStatus::done; };
  return {fmt::format("SELECT r.id, v.name AS variant, r.seed, r.status,\n"
                      "       coalesce(r.error, r.exit_reason) AS why\n"
                      "FROM run r JOIN variant v ON v.id = r.variant_id\n"
                      "WHERE r.study_id = {} AND r.status <> 'done' AND NOT r.obsolete{}\n"
                      "ORDER BY v.id, r.seed",
                      comparison.study_id, of_chosen(comparison)),
          run_ids(comparison, is_not_done)};
}

}  // namespace

Section runs_section(const Comparison& comparison) {
  Section section{"runs", "Runs"};
  section.tiles = tiles(comparison.counts);
  section.paragraphs = {runs_text(comparison.counts)};
  PageTable table{"unfinished", "Runs that are not done", unfinished(comparison), "Not done"};
  if (!table.table.rows.empty()) section.evidence = run_source(comparison);
  table.more = comparison.counts.planned - comparison.counts.done - table.table.rows.size();
  table.more_file = "tables/runs.csv";
  section.tables.push_back(std::move(table));
  section.files.push_back({"runs", run_data(comparison)});
  return section;
}

}  // namespace ablate
