#include "runner/cluster/send.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/build_info.hpp"
#include "base/file.hpp"
#include "base/time.hpp"
#include "base/worker_name.hpp"
#include "runner/cluster/publish.hpp"
#include "runner/cluster/sent_places.hpp"
#include "runner/halving.hpp"
#include "runner/program_files.hpp"
#include "runner/program_folders.hpp"
#include "store/reader.hpp"
#include "store/run_over.hpp"
#include "store/store.hpp"
#include "store/uuid.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

/// "20261126T181502041-1f2e3d4c", which sorts by time, to the millisecond.
std::string new_send() {
  std::string moment = moment_text(unix_seconds()).substr(0, 23);
  std::erase_if(moment, [](char c) { return c == '-' || c == ':' || c == '.'; });
  return moment + "-" + new_uuid().substr(0, 8);
}

bool is_to_be_sent(const RunRecord& run, const SendOptions& options) {
  if (run.obsolete || options.under_way.contains(run.uuid)) return false;
  switch (run.status) {
    case RunStatus::planned:
    case RunStatus::interrupted:
      return true;
    case RunStatus::waiting:
      return run.until_epoch && *run.until_epoch > run.epochs_done;
    case RunStatus::failed:
    case RunStatus::diverged:
      return options.retry_failed;
    default:
      return false;  // over, or with a worker of this machine
  }
}

/// As nodes find it.
fs::path folder_of(const Study& study) {
  return study.folder.empty() ? fs::current_path() : fs::absolute(study.folder).lexically_normal();
}

/// In the order in which a worker would claim them.
std::vector<RunRecord> runs_to_send(const Reader& reader, const std::string& study,
                                    const SendOptions& options) {
  const std::int64_t study_id = reader.study(study).id;
  std::map<std::int64_t, std::size_t> places;
  for (const VariantRecord& variant : reader.variants(study_id)) places.emplace(variant.id, places.size());
  std::vector<RunRecord> runs = reader.runs(study_id);
  std::erase_if(runs, [&](const RunRecord& run) { return !is_to_be_sent(run, options); });
  std::sort(runs.begin(), runs.end(), [&](const RunRecord& a, const RunRecord& b) {
    return std::pair(a.seed, places.at(a.variant_id)) < std::pair(b.seed, places.at(b.variant_id));
  });
  return runs;
}

std::vector<SentData> data_of(const Study& study, DatasetCache& datasets) {
  std::vector<SentData> all;
  if (study.trainer()) return all;
  for (const Variant& variant : study.variants) {
    const auto dataset = datasets.get(variant.config.data);
    const SentData data{dataset->name, dataset->train_sha256, dataset->test_sha256};
    if (std::find(all.begin(), all.end(), data) == all.end()) all.push_back(data);
  }
  return all;
}

/// The folders of runs that a program has begun beside this results file.
void send_folders(const std::vector<RunRecord>& runs, const std::set<std::string>& begun,
                  const fs::path& database, const fs::path& folder) {
  Store store(database);
  for (const RunRecord& run : runs) {
    if (begun.contains(run.uuid) && program_state(store.checkpoint(run.id)).folder.empty())
      copy_run_folder(run_folder(database, run.uuid), folder / run.uuid);
  }
}

/// The state of runs that were begun here, for whoever gets them.
void send_checkpoints(const std::vector<RunRecord>& runs, const fs::path& database, const WorkFiles& files,
                      const std::string& send, const Study& study) {
  std::set<std::string> begun;
  for (const RunRecord& run : runs) {
    if (!is_over(run.status) && run.epochs_done > 0) begun.insert(run.uuid);
  }
  if (begun.empty()) return;
  if (study.trainer()) send_folders(runs, begun, database, files.make_folder(send + ".head"));
  Publisher(files, Attempt::next(send, "head"), database, study.name, fs::temp_directory_path())
      .publish_states(begun);
}

}  // namespace

void settle_rungs(const Study& study, const fs::path& database) {
  if (!study.halving) return;
  int longest = 0;
  for (const Variant& variant : study.variants) longest = std::max(longest, variant.config.training.epochs);
  const std::int64_t study_id = Reader(database).study(study.name).id;
  Store store(database);
  while (store.settle_rung(study_id, study.halving->monitor, [&](const std::vector<Store::RungRun>& runs) {
    return decide_rung(*study.halving, longest, runs);
  })) {
  }
}

std::optional<Send> write_send(const Study& study, const fs::path& database, DatasetCache& datasets,
                               const WorkFiles& files, const SendOptions& options) {
  const std::vector<RunRecord> runs = runs_to_send(Reader(database), study.name, options);
  if (runs.empty()) return std::nullopt;
  Send send;
  Manifest& manifest = send.manifest;
  manifest.send = new_send();
  manifest.study = study.name;
  manifest.config = study.yaml;
  manifest.tuned = study.tuned;
  manifest.code_version = code_version();
  manifest.program_sha256 = program_sha256();
  manifest.near = options.near;
  manifest.data = data_of(study, datasets);
  if (study.trainer()) {
    manifest.folder = folder_of(study);
    manifest.code_sha256 = code_sha256(study);
  }
  manifest.runs_per_task = options.runs_per_task;
  manifest.publish_seconds = options.publish_seconds;
  for (const RunRecord& run : runs)
    manifest.runs.push_back({run.uuid, run.variant, run.seed, run.until_epoch});
  files.make();
  note_place(database, study.name, files);
  std::error_code ignored;
  for (const RunRecord& run : runs) {
    if (is_over(run.status)) fs::remove(files.run(run.uuid), ignored);  // it is tried again
  }
  send_checkpoints(runs, database, files, manifest.send, study);
  send.file = files.sends() / manifest.send / "manifest.json";
  fs::create_directories(send.file.parent_path(), ignored);
  publish_file(send.file, manifest_text(manifest));
  return send;
}

}  // namespace ablate
