#pragma once
/// A small study that is sent to be trained elsewhere, in this process.

#include <atomic>
#include <filesystem>

#include "base/error.hpp"
#include "base/file.hpp"
#include "runner/cluster/chunk.hpp"
#include "runner/cluster/gather.hpp"
#include "runner/cluster/send.hpp"
#include "runner/cluster/sent.hpp"
#include "runner/sweep_support.hpp"

namespace ablate::test {

inline const std::atomic<bool> never = false;

inline DatasetCache small_datasets() {
  return DatasetCache([](const DataSettings&) { return small_dataset(); });
}

/// Four runs by default, and a work folder.
struct Elsewhere {
  explicit Elsewhere(Study of = study_of(two_skips)) : study(std::move(of)) {}

  TemporaryFolder folder;
  Study study;
  fs::path database = folder / "head.db";
  WorkFiles files{folder / "work"};
  std::string trouble;  ///< of the last chunk: what it threw

  /// Plans, and writes a manifest of what is not under way.
  std::optional<Send> send(const SendOptions& options = {}) {
    Silent listener;
    DatasetCache datasets = small_datasets();
    SweepOptions plan = in_process();
    plan.only_plan = true;
    run_sweep(study, database, datasets, plan, listener, never);
    return write_send(study, database, datasets, files, options);
  }

  /// Trains a chunk as a task would; stops after so many epochs.
  ChunkResult work(const fs::path& manifest, int chunk, int epochs_until_stop = -1) {
    std::atomic<bool> stop = false;
    Silent listener;
    listener.stop = &stop;
    listener.epochs_until_stop = epochs_until_stop;
    return work(manifest, chunk, listener, stop);
  }
  ChunkResult work(const fs::path& manifest, int chunk, SweepListener& listener,
                   const std::atomic<bool>& stop) {
    DatasetCache datasets = small_datasets();
    ChunkOptions options;
    options.jobs = 0;
    options.folder = folder / "node";
    options.seconds_to_publish = 0.0;
    fs::create_directories(options.folder);
    return train_chunk(manifest, chunk, options, datasets, listener, stop);
  }
  void work_all(const Send& send) {
    for (int chunk = 0; chunk < send.manifest.chunks(); ++chunk) work(send.file, chunk);
  }

  GatheredResults gathered() { return gather(database, study.name, files, never); }

  std::string fingerprint() const {
    const Reader reader(database);
    return reader.fingerprint(reader.study(study.name).id);
  }
  /// Of the same study, trained on one machine.
  std::string expected() const {
    Silent listener;
    sweep(study, folder / "alone.db", listener);
    const Reader reader(folder / "alone.db");
    return reader.fingerprint(reader.study(study.name).id);
  }

  std::vector<fs::path> results(const std::string& end) const {
    std::vector<fs::path> found;
    for (const ResultFile& file : files.read_results().files) {
      if (file.path.string().ends_with(end)) found.push_back(file.path);
    }
    return found;
  }
};

/// Three runs a task: chunks of three and one.
inline SendOptions three_a_task() {
  SendOptions options;
  options.runs_per_task = 3;
  return options;
}

}  // namespace ablate::test
