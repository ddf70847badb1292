#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/numbers_version.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/interrupt.hpp"
#include "runner/dataset_cache.hpp"
#include "runner/verify.hpp"
#include "train/trainer.hpp"

namespace ablate {
namespace {

struct VerifyOptions {
  std::string study, database, format = "table";
  std::vector<std::string> sets;
  std::int64_t runs = 3;
};

/// Those of the newest plan that are done, by this program's arithmetic.
std::vector<RunRecord> finished_runs(const Reader& reader, const StudyRecord& study) {
  std::vector<RunRecord> runs = reader.runs(study.id);
  std::erase_if(runs, [](const RunRecord& run) { return run.obsolete || run.status != RunStatus::done; });
  const auto of_ours = std::stable_partition(
      runs.begin(), runs.end(), [](const RunRecord& run) { return run.origin.numbers == numbers_version; });
  if (of_ours == runs.begin() && !runs.empty()) {
    throw RequestError(
        fmt::format("the finished runs of study '{}' are of numbers version {}, this program computes "
                    "version {}: their last bits differ",
                    study.name, runs.front().origin.numbers, numbers_version),
        "verify them with a program of their version; `ablate show RUN` names it");
  }
  runs.erase(of_ours, runs.end());
  if (runs.empty()) {
    throw RequestError(fmt::format("study '{}' has no finished run to train again", study.name),
                       "`ablate run` with its study file trains them");
  }
  return runs;
}

std::vector<Value> verified_row(const RunRecord& run, const Verification& found) {
  std::string what = found.difference;
  if (what.empty()) what = found.weights ? "every bit, weights included" : "every bit; it keeps no weights";
  return {run.id,
          run.variant,
          run.seed,
          std::int64_t{found.epochs},
          std::string(found.difference.empty() ? "same" : "DIFFERS"),
          what};
}

}  // namespace

int verify_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  VerifyOptions given;
  Options options(self);
  options.positional("STUDY", given.study, true, "a study of the database");
  options.count("runs", "N", given.runs, 1,
                "finished runs to train again, evenly spread over variants and seeds; 3");
  add_set_option(options, given.sets);
  add_database_option(options, given.database);
  add_format_option(options, given.format);
  if (!options.parse(arguments, console)) return exit_done;
  const Format format = parse_format(given.format);

  const Reader reader(database_path(given.database));
  const std::vector<RunRecord> finished = finished_runs(reader, reader.study(given.study));
  DatasetCache datasets;
  const InterruptFlag interrupt;
  Table table{{{"run"}, {"variant"}, {"seed"}, {"epochs"}, {"bits"}, {"what"}}, {}};
  std::size_t differing = 0;
  for (const RunRecord& run : spread(finished, static_cast<std::size_t>(given.runs))) {
    const Config config = run_config(reader, run, given.sets);
    const auto told = [&](int epoch, int epochs) {
      console.err << fmt::format("run {}, training again: epoch {} of {}\n", run.id, epoch, epochs)
                  << std::flush;
    };
    const Verification found =
        verify_run(reader, run, config, *datasets.get(config.data), told, until(interrupt.get()));
    if (found.stopped) return exit_interrupted;
    differing += found.difference.empty() ? 0 : 1;
    table.rows.push_back(verified_row(run, found));
  }
  console.out << render(table, format) << std::flush;
  const std::size_t trained = table.rows.size();
  console.err << (differing == 0
                      ? fmt::format("{} of {} finished runs trained again: every stored bit is the same\n",
                                    trained, finished.size())
                      : fmt::format("{} of {} runs trained again differ from what is stored\n", differing,
                                    trained));
  return differing == 0 ? exit_done : exit_runs_failed;
}

}  // namespace ablate
