#pragma once
/// What the tests of claiming, resuming and losing runs share.

#include "base/time.hpp"
#include "store/store_support.hpp"

namespace ablate::test {

inline Outcome ended(RunStatus status, const std::string& error = {}) {
  Outcome outcome;
  outcome.status = status;
  outcome.error = error;
  return outcome;
}

/// A store whose time is `now`.
inline Store store_at(const std::filesystem::path& file, double& now) {
  StoreOptions options;
  options.clock = [&now] { return now; };
  return Store(file, options);
}

/// A store with one run that has a checkpoint after two epochs, made by the program "1.0".
struct Halfway {
  Folder folder;
  std::filesystem::path file = folder / "a.db";
  Store store{file};
  std::int64_t id = store.plan(study_named("s"), {variant_named("a")}, {1});
  std::int64_t run_id = claim(store, id)->id;
  int attempt = 1;
  std::vector<std::uint8_t> state = {1, 2, 3};
  std::vector<float> weights = {0.5f, -1.0f};

  explicit Halfway(const std::string& program = "1.0") {
    Store::Provenance provenance;
    provenance.program_sha256 = program;
    provenance.machine_id = store.add_machine({});
    store.set_provenance(run_id, provenance);
    for (int epoch = 1; epoch <= 2; ++epoch) {
      EpochRecord record = epoch_of(epoch, 0.5);
      record.checkpoint = state;
      record.weights = weights;
      store.add_epoch(run_id, record, 60.0);
    }
  }
  std::optional<RunRecord> again(const std::string& program) {
    auto run = store.claim(id, {.worker = "b", .lease_seconds = 60, .program_sha256 = program});
    if (run) attempt = run->attempt;
    return run;
  }
};

}  // namespace ablate::test
