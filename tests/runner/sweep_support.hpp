#pragma once
/// A small study, and a sweep of it that writes down what happened.

#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "metrics/metric_table.hpp"
#include "runner/sweep.hpp"
#include "store/query.hpp"
#include "support/small_data.hpp"
#include "support/temporary_folder.hpp"

namespace ablate::test {

namespace fs = std::filesystem;

/// Writes down what happened, and stops the sweep where it is told to.
struct Silent : SweepListener {
  void audited(const StudyAudit& audit) override { audits.push_back(audit); }
  void planned(const SweepCounts& counts, int) override { at_start = counts; }
  void happened(const RunEvent& event) override {
    if (event.kind == RunEvent::Kind::epoch_ended && --epochs_until_stop == 0) *stop = true;
    if (event.kind != RunEvent::Kind::ended) return;
    endings.push_back(fmt::format("{} {} {}{}", event.run.variant, event.run.seed, to_string(event.status),
                                  event.text.empty() ? "" : "!"));
    numbers.push_back(event.counts.runs - event.counts.left);
  }
  SweepCounts at_start;
  std::vector<StudyAudit> audits;
  std::vector<std::string> endings;
  std::vector<int> numbers;  ///< that ends were told with: [3/8]
  int epochs_until_stop = -1;
  std::atomic<bool>* stop = nullptr;
};

inline Study study_of(const std::string& variants, const std::string& more = "", int epochs = 2) {
  return parse_study(fmt::format(R"(# Does it?
study: small
model: {{hidden: [4]}}
training: {{epochs: {}, batch_size: 8, learning_rate: {{schedule: constant, initial: 0.05}}}}
variants: {}
seeds: 2
{})",
                                 epochs, variants, more),
                     "small.yaml", {}, metric_names());
}

inline const char* const two_skips = "{baseline: {model.skip: none}, grid: {model.skip: [none, projection]}}";

/// In this process, so that a listener's stop comes at a known moment.
inline SweepOptions in_process() {
  SweepOptions options;
  options.jobs = 0;
  return options;
}

inline SweepOptions replanning() {
  SweepOptions options = in_process();
  options.replan = true;
  return options;
}

inline SweepResult sweep(const Study& study, const fs::path& database, Silent& listener,
                         const SweepOptions& options = in_process()) {
  static std::atomic<bool> stop;
  stop = false;
  listener.stop = &stop;
  DatasetCache datasets([](const DataSettings&) { return small_dataset(); });
  return run_sweep(study, database, datasets, options, listener, stop);
}

inline std::vector<std::string> ask(const fs::path& database, const std::string& sql) {
  std::vector<std::string> rows;
  run_query(database, sql, {},
            {[](const std::vector<std::string>&) {},
             [&](const std::vector<Value>& row) {
               std::vector<std::string> cells;
               for (const Value& value : row) cells.push_back(to_string(value));
               rows.push_back(fmt::format("{}", fmt::join(cells, "|")));
             }});
  return rows;
}

}  // namespace ablate::test
