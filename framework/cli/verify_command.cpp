#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "base/build_info.hpp"
#include "base/error.hpp"
#include "base/numbers_version.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/fitted_table.hpp"
#include "cli/interrupt.hpp"
#include "metrics/metric_table.hpp"
#include "runner/dataset_cache.hpp"
#include "runner/verify.hpp"
#include "runner/verify_program.hpp"
#include "train/trainer.hpp"

namespace ablate {
namespace {

struct VerifyOptions {
  std::string study, database, format = "table", folder = ".";
  std::vector<std::string> sets;
  std::int64_t runs = 3;
};

struct Finished {
  std::vector<RunRecord> runs;  ///< of the newest plan, by this program's arithmetic
  std::size_t left_alone = 0;   ///< by another
};

Finished finished_runs(const Reader& reader, const StudyRecord& study) {
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
  const auto left_alone = static_cast<std::size_t>(runs.end() - of_ours);
  runs.erase(of_ours, runs.end());
  if (runs.empty()) {
    throw RequestError(fmt::format("study '{}' has no finished run to train again", study.name),
                       "`ablate run` with its study file trains them");
  }
  return {std::move(runs), left_alone};
}

std::vector<Value> verified_row(const RunRecord& run, const Verification& found) {
  std::string what = found.difference;
  if (what.empty()) what = found.weights ? "every bit, weights included" : "every bit; no weights are kept";
  return {run.id,
          run.variant,
          run.seed,
          std::int64_t{found.epochs},
          std::string(found.difference.empty() ? "same" : "DIFFERS"),
          what};
}

/// What a reader of a difference asks first: whether the same program made both numbers.
std::string programs_text(const RunRecord& run) {
  if (run.origin.train_dataset_id == 0) return {};  // its trainer's code is the same, or nothing was trained
  const bool same = !program_sha256().empty() && run.origin.program_sha256 == program_sha256();
  if (same) return fmt::format("run {} was trained by this very program, {}\n", run.id, code_version());
  return fmt::format("run {} was trained by {} ({}), and again by {} ({})\n", run.id, run.origin.code_version,
                     run.origin.build, code_version(), build_flavour());
}

void tell_sum(Console& console, std::size_t trained, std::size_t differing, const Finished& finished) {
  console.err << (differing == 0
                      ? fmt::format("{} of {} finished runs trained again: every stored bit is the same\n",
                                    trained, finished.runs.size())
                      : fmt::format("{} of {} runs trained again differ from what is stored\n", differing,
                                    trained));
  if (finished.left_alone > 0) {
    console.err << fmt::format(
        "{} more finished runs are of another numbers version than this program's, {}: left alone\n",
        finished.left_alone, numbers_version);
  }
}

/// False: help was asked for and given.
bool declare_verify(const Command& self, VerifyOptions& given, const std::vector<std::string>& arguments,
                    Console& console) {
  Options options(self);
  options.positional("STUDY", given.study, true, "a study of the database");
  options.count("runs", "N", given.runs, 1,
                "finished runs to train again, evenly spread over variants and seeds; default: 3");
  options.text("folder", "DIR", given.folder,
               "of a study with a trainer: the folder of its study file; default: the working folder");
  add_set_option(options, given.sets);
  add_database_option(options, given.database);
  add_format_option(options, given.format);
  return options.parse(arguments, console);
}

/// Trains one run after the other again, as each was trained at first.
class Again {
 public:
  Again(const Reader& reader, const VerifyOptions& given, Console& console)
      : reader_(reader), given_(given), console_(console) {}

  Verification train(const RunRecord& run, const Pulse& pulse) {
    const std::string name = fmt::format("run {}", run.id);
    const auto told = [&](int epoch, int epochs) {
      console_.err << fmt::format("{}, training again: epoch {} of {}\n", name, epoch, epochs) << std::flush;
    };
    const Variant variant = parse_variant(reader_.variant(run.variant_id).config, name, metric_names());
    if (variant.trainer) {
      const StudyPlace place{database_path(given_.database), given_.folder, given_.study};
      return verify_program_run(reader_, run, variant, place, told, pulse);
    }
    const Config config = run_config(reader_, run, given_.sets);
    return verify_run(reader_, run, config, *datasets_.get(config.data), told, pulse);
  }

 private:
  const Reader& reader_;
  const VerifyOptions& given_;
  Console& console_;
  DatasetCache datasets_;
};

}  // namespace

int verify_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  VerifyOptions given;
  if (!declare_verify(self, given, arguments, console)) return exit_done;
  const Format format = parse_format(given.format);

  const Reader reader(database_path(given.database));
  const Finished finished = finished_runs(reader, reader.study(given.study));
  Again again(reader, given, console);
  const InterruptFlag interrupt;
  Table table{{{"run"}, {"variant"}, {"seed"}, {"epochs"}, {"bits"}, {"what"}}, {}};
  std::size_t differing = 0;
  bool interrupted = false;
  std::string programs;
  for (const RunRecord& run : spread(finished.runs, static_cast<std::size_t>(given.runs))) {
    const Verification found = again.train(run, until(interrupt.get()));
    if (interrupted = found.stopped; interrupted) break;
    if (!found.difference.empty()) {
      ++differing;
      programs += programs_text(run);
    }
    table.rows.push_back(verified_row(run, found));
  }
  print_table(console, table, format, {.cuts_texts = false});
  console.out << std::flush;
  console.err << programs;
  tell_sum(console, table.rows.size(), differing, finished);
  if (interrupted) return exit_interrupted;
  return differing == 0 ? exit_done : exit_runs_failed;
}

}  // namespace ablate
