#pragma once
/// Sweeps of a shell script, each in a folder of its own.

#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "metrics/metric_table.hpp"
#include "runner/program_files.hpp"
#include "runner/sweep.hpp"
#include "store/reader.hpp"
#include "support/temporary_folder.hpp"

namespace ablate::test {

namespace fs = std::filesystem;

struct Quiet : SweepListener {
  void planned(const SweepCounts&, int) override {}
  void happened(const RunEvent& event) override {
    if (event.kind == RunEvent::Kind::epoch_ended && --epochs_until_stop == 0) *stop = true;
    if (event.kind == RunEvent::Kind::remark) remarks.push_back(event.text);
    if (event.kind == RunEvent::Kind::ended) endings.push_back(to_string(event.status) + ": " + event.text);
  }
  std::vector<std::string> endings, remarks;
  int epochs_until_stop = -1;
  std::atomic<bool>* stop = nullptr;
};

/// A deterministic trainer in shell: resumes from a checkpoint, reports accuracies that hang on seed and setting.
inline const std::string shell_trainer = R"(epoch=$(cat "$ABLATE_DIR/checkpoint" 2>/dev/null || echo 0)
while [ $epoch -lt $ABLATE_UNTIL ]; do
  epoch=$((epoch + 1))
  echo "{\"epoch\": $epoch, \"validation.accuracy\": 0.$((30 + $1 + epoch + ABLATE_SEED)), \"test.accuracy\": 0.$((20 + $1 + epoch + ABLATE_SEED)), \"test.bleu\": $((epoch * $1)).5, \"memory\": 12}" >> "$ABLATE_METRICS"
  echo $epoch > "$ABLATE_DIR/new" && mv "$ABLATE_DIR/new" "$ABLATE_DIR/checkpoint"
done
)";

/// A study of that trainer in a folder of its own, with its database.
struct ShellStudy {
  explicit ShellStudy(const std::string& script = shell_trainer, const std::string& more = "",
                      int seeds = 2) {
    folder.write("train.sh", script);
    folder.write("study.yaml", fmt::format(R"(# Does it?
study: shell
trainer:
  command: [sh, train.sh, "{{gain}}"]
  settings: {{gain: 1, epochs: 3}}
  epochs: "{{epochs}}"
  metrics: {{validation.accuracy: up, test.accuracy: up, test.bleu: up}}
  limits: {{grace: 2s}}
variants: {{baseline: {{gain: 1}}, grid: {{gain: [1, 5]}}}}
seeds: {}
{})",
                                           seeds, more));
  }

  Study study() const { return load_study(folder / "study.yaml", {}, metric_names()); }
  fs::path database() const { return folder / "a.db"; }

  SweepResult run(Quiet& listener, int jobs = 0) {
    DatasetCache datasets;
    SweepOptions options;
    options.jobs = jobs;
    std::atomic<bool> stop = false;
    listener.stop = &stop;
    return run_sweep(study(), database(), datasets, options, listener, stop);
  }
  std::vector<RunRecord> runs() const {
    const Reader reader(database());
    return reader.runs(reader.study("shell").id);
  }
  fs::path folder_of(const RunRecord& run) const { return run_folder(database(), run.uuid); }

  TemporaryFolder folder;
};

inline std::string epochs_of(const Reader& reader, std::int64_t run_id) {
  std::vector<int> epochs;
  for (const EpochRow& row : reader.run_epochs(run_id)) epochs.push_back(row.epoch);
  return fmt::format("{}", fmt::join(epochs, " "));
}

}  // namespace ablate::test
