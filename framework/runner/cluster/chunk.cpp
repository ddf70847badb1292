#include "runner/cluster/chunk.hpp"

#include <algorithm>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/time.hpp"
#include "base/work_folder.hpp"
#include "config/tuning.hpp"
#include "metrics/metric_table.hpp"
#include "runner/cluster/checkpoints.hpp"
#include "runner/cluster/publish.hpp"
#include "store/reader.hpp"
#include "store/run_over.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

/// The study as far as these runs need it.
Study study_of(const Manifest& manifest, const std::vector<PlannedRun>& runs, const fs::path& file) {
  Study study = parse_study(manifest.config, file.string(), {}, metric_names());
  if (!manifest.tuned.empty()) study = with_tuned(std::move(study), manifest.tuned, metric_names());
  std::set<std::string> variants;
  std::set<std::uint64_t> seeds;
  for (const PlannedRun& run : runs) {
    variants.insert(run.variant);
    seeds.insert(static_cast<std::uint64_t>(run.seed));
  }
  std::erase_if(study.variants, [&](const Variant& variant) { return !variants.contains(variant.name); });
  if (study.variants.size() != variants.size())
    throw RequestError(fmt::format("{} names runs of variants that its study lacks", file.string()));
  study.seeds.assign(seeds.begin(), seeds.end());
  study.fewer_seeds.clear();
  study.until_settled.reset();
  study.halving.reset();  // the sender decides; runs know how far they may go
  study.folder = manifest.folder;
  return study;
}

/// Other images would make other results under the same names.
void check_data(const Manifest& manifest, const Study& study, DatasetCache& datasets) {
  if (manifest.data.empty()) return;
  for (const Variant& variant : study.variants) {
    const auto dataset = datasets.get(variant.config.data);
    const SentData here{dataset->name, dataset->train_sha256, dataset->test_sha256};
    if (std::find(manifest.data.begin(), manifest.data.end(), here) != manifest.data.end()) continue;
    throw RequestError(
        fmt::format("variant '{}': the images of {} here (SHA-256 {} and {}) are not those of the manifest",
                    variant.name, here.name, here.train_sha256.substr(0, 12), here.test_sha256.substr(0, 12)),
        "data.path must lead to the same files on every node");
  }
}

/// Publishes while it listens.
class PublishingListener : public SweepListener {
 public:
  PublishingListener(SweepListener& inner, Publisher& publisher, double seconds)
      : inner_(inner), publisher_(publisher), seconds_(seconds) {}

  void audited(const StudyAudit& audit) override { inner_.audited(audit); }
  void planned(const SweepCounts& counts, int workers) override {
    inner_.planned(counts, workers);
    publish();  // that the attempt is at work
  }
  void happened(const RunEvent& event) override {
    came_further_ = came_further_ || event.kind == RunEvent::Kind::epoch_ended ||
                    (event.kind == RunEvent::Kind::ended && is_over(event.status));
    if (event.kind == RunEvent::Kind::ended &&
        (event.status == RunStatus::failed || event.status == RunStatus::diverged))
      ++failed_;
    if (event.kind == RunEvent::Kind::started) under_way_.insert(event.run.id);
    if (event.kind == RunEvent::Kind::ended || event.kind == RunEvent::Kind::worker_died)
      under_way_.erase(event.run.id);
    inner_.happened(event);
  }
  void tick() override {
    if (since_.seconds() > seconds_) publish();
    inner_.tick();
  }

  /// What the work folder did not take, it may take the next time; nothing is lost meanwhile.
  void publish() {
    since_.restart();
    try {
      publisher_.publish(under_way_);
      trouble_.clear();
    } catch (const RequestError& error) {
      trouble_ = error.what();
    }
  }

  /// Nothing is trained any more.
  void publish_all() {
    under_way_.clear();
    publish();
  }

  const std::string& trouble() const { return trouble_; }
  bool came_further() const { return came_further_; }
  int failed() const { return failed_; }

 private:
  SweepListener& inner_;
  Publisher& publisher_;
  double seconds_;
  Stopwatch since_;
  std::string trouble_;
  bool came_further_ = false;
  int failed_ = 0;
  std::set<std::int64_t> under_way_;  ///< runs, by id, until the sweep tells of their end
};

/// Runs that are to go on somewhere: neither published nor at the rung of a stop rule.
int runs_left(const fs::path& database, const std::string& study, const WorkFiles& files, int all) {
  std::error_code error;
  if (!fs::exists(database, error)) return all;  // it was stopped before it planned
  const Reader reader(database);
  if (!reader.counts(study)) return all;
  int left = 0;
  for (const RunRecord& run : reader.runs(reader.study(study).id)) {
    const bool at_rung = run.until_epoch && run.epochs_done >= *run.until_epoch;
    left += !is_over(run.status) && !at_rung && !files.has_run(run.uuid);
  }
  return left;
}

/// Tries until the work folder takes the rest; where it does not, the results file stays. `why`: the task ends early;
/// empty: it does not.
void publish_last(PublishingListener& listener, const fs::path& database, const ChunkOptions& options,
                  const std::string& why = {}) {
  const Stopwatch watch;
  listener.publish_all();
  while (!listener.trouble().empty() && watch.seconds() < options.seconds_to_publish) {
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    listener.publish_all();
  }
  if (listener.trouble().empty()) return;
  const fs::path kept = options.folder / fmt::format("ablate-kept-{}.db", Attempt::next("", "").letters);
  std::error_code error;
  fs::rename(database, kept, error);
  throw RequestError(fmt::format("{}\n  the results are in {} on this machine",
                                 why.empty() ? listener.trouble() : why, (error ? database : kept).string()),
                     "`ablate merge` puts that file into the results; or send the runs again");
}

/// A chunk's task, from its manifest to its last publication.
class Task {
 public:
  Task(const fs::path& file, int number, const ChunkOptions& options)
      : file_(file),
        number_(number),
        options_(options),
        manifest_(read_manifest(file)),
        files_(WorkFiles::of_manifest(file)),
        runs_(chunk_of(manifest_, number)) {
    check_program(manifest_, file);
    result_.runs = static_cast<int>(runs_.size());
    std::erase_if(runs_, [&](const PlannedRun& run) { return files_.has_run(run.uuid); });
  }

  ChunkResult train(DatasetCache& datasets, SweepListener& listener, const std::atomic<bool>& stop) {
    if (runs_.empty()) return result_;
    const WorkFolder here(options_.folder / "ablate-work", "TMPDIR=DIR names another place on a local disk");
    const fs::path database = here.path() / "results.db";
    const Study study = study_of(manifest_, runs_, file_);
    check_code(manifest_, study);
    const Attempt attempt = Attempt::next(manifest_.send, std::to_string(number_));
    Publisher publisher(files_, attempt, database, study.name, here.path());
    if (study.trainer()) {
      publisher.begin();  // whoever collects removes folders of attempts that tell nothing
      folders_ = {files_.make_folder(attempt.name()), files_.folders() / (manifest_.send + ".head")};
    }
    PublishingListener publishing(listener, publisher, manifest_.publish_seconds);
    const SweepOptions sweep = sweep_options(study, database, datasets);
    try {
      result_.interrupted = run_sweep(study, database, datasets, sweep, publishing, stop).interrupted;
    } catch (const std::exception& error) {
      publish_last(publishing, database, options_, error.what());
      end(publisher);
      throw;
    }
    publish_last(publishing, database, options_);
    end(publisher);
    result_.ended = static_cast<int>(publisher.published());
    result_.failed = publishing.failed();
    result_.left = runs_left(database, study.name, files_, static_cast<int>(runs_.size()));
    result_.came_further = publishing.came_further();
    return result_;
  }

 private:
  /// The folder stays where a program worked in it.
  void end(const Publisher& publisher) const {
    publisher.end();
    std::error_code not_empty;
    if (!folders_.own.empty()) fs::remove(folders_.own, not_empty);
  }

  SweepOptions sweep_options(const Study& study, const fs::path& database, DatasetCache& datasets) {
    SweepOptions sweep;
    sweep.jobs = options_.jobs;
    sweep.audit.near_threshold = manifest_.near;
    sweep.before_writing = [&] { check_data(manifest_, study, datasets); };
    const auto narrow = [this, database](std::int64_t study_id) {
      narrow_plan(database, study_id, runs_);
      take_checkpoints(files_, manifest_.send, number_, runs_, database);
    };
    sweep.part = {narrow, [this](const std::string& uuid) { return files_.has_run(uuid); }, folders_};
    return sweep;
  }

  const fs::path& file_;
  int number_;
  const ChunkOptions& options_;
  const Manifest manifest_;
  const WorkFiles files_;
  ProgramFolders folders_;
  std::vector<PlannedRun> runs_;  ///< that nobody had published at the start
  ChunkResult result_;
};

}  // namespace

ChunkResult train_chunk(const fs::path& manifest, int number, const ChunkOptions& options,
                        DatasetCache& datasets, SweepListener& listener, const std::atomic<bool>& stop) {
  return Task(manifest, number, options).train(datasets, listener, stop);
}

}  // namespace ablate
