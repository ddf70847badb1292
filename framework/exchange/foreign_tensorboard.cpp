#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "exchange/foreign_runs.hpp"
#include "exchange/named_params.hpp"
#include "metrics/event_reader.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

/// What the event files of one folder say.
struct Logged {
  std::map<std::string, std::string> params;
  std::vector<ForeignPoint> points;
  bool has_session = false, failed = false;
};

void drop_from(std::vector<ForeignPoint>& points, std::int64_t step) {
  std::erase_if(points, [&](const ForeignPoint& point) { return point.step >= step; });
}

/// The events of a folder's files, in the order of their names, which hold the time.
Logged read_folder(const std::vector<fs::path>& files, std::vector<std::string>& notes) {
  Logged logged;
  for (const fs::path& file : files) {
    EventReader reader(file);
    for (LoggedEvent event; reader.next(event);) {
      if (event.restarts) drop_from(logged.points, event.step);
      const auto step = static_cast<int>(std::clamp<std::int64_t>(event.step, 0, 1'000'000'000));
      for (const auto& [tag, value] : event.scalars) logged.points.push_back({step, tag, value});
      logged.has_session |= event.has_session;
      logged.params.merge(event.hparams);
      if (event.session_end != 0) logged.failed = event.session_end == 2;
    }
    if (reader.torn_bytes() > 0)
      notes.push_back(fmt::format("{} ends within a record: what is before it was read", file.string()));
  }
  return logged;
}

int last_step(const std::vector<ForeignPoint>& points) {
  int last = 0;
  for (const ForeignPoint& point : points) last = std::max(last, point.step);
  return last;
}

/// PyTorch's add_hparams writes a folder of its own below the run's: parameters, and metrics without a step.
void take_hparams_folder(const Logged& below, Logged& run) {
  run.params.insert(below.params.begin(), below.params.end());
  run.has_session = true;
  run.failed |= below.failed;
  std::set<std::string> known;
  for (const ForeignPoint& point : run.points) known.insert(point.metric);
  const int last = last_step(run.points);
  for (ForeignPoint point : below.points) {
    if (known.contains(point.metric)) continue;
    point.step = last;
    run.points.push_back(std::move(point));
  }
}

class Folders {
 public:
  explicit Folders(const fs::path& root) : root_(root) {
    std::map<fs::path, std::vector<fs::path>> files;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(root, error), end; !error && entry != end;
         entry.increment(error)) {
      if (entry->is_regular_file(error) && is_event_file(entry->path()))
        files[entry->path().parent_path().lexically_relative(root)].push_back(entry->path());
    }
    if (files.empty())
      throw RequestError(fmt::format("{} holds no event file of TensorBoard", root.string()),
                         "the folder that `tensorboard --logdir` shows");
    for (auto& [folder, paths] : files) {
      std::sort(paths.begin(), paths.end());
      logged_[folder] = read_folder(paths, notes_);
    }
  }

  ForeignRuns runs() {
    join_splits();
    join_scalars();
    join_hparams();
    ForeignRuns all;
    for (auto& [folder, logged] : logged_) {
      if (logged.points.empty()) continue;
      ForeignRun& run = all.runs.emplace_back();
      run.name = fmt::format("run {} of {}", folder.generic_string(), root_.string());
      run.folder = above(folder == "." ? root_ : root_ / folder).generic_string();
      run.params = std::move(logged.params);
      add_named_params(folder.generic_string(), run.params);
      run.points = std::move(logged.points);
      run.finished = !logged.failed;
    }
    all.notes = std::move(notes_);
    return all;
  }

 private:
  static fs::path above(const fs::path& folder) {
    const fs::path plain = folder.lexically_normal();
    return (plain.has_filename() ? plain : plain.parent_path()).parent_path();
  }

  /// Keras writes a folder for each split: its tags get the split's name.
  void join_splits() {
    std::map<fs::path, Logged> joined;
    for (auto& [folder, logged] : logged_) {
      const auto split = folder == "." ? std::nullopt : split_of_folder(folder.filename().string());
      Logged& run =
          joined[split ? (folder.has_parent_path() ? folder.parent_path() : fs::path(".")) : folder];
      for (ForeignPoint& point : logged.points) {
        if (split) point.metric = *split + '.' + point.metric;
        run.points.push_back(std::move(point));
      }
      run.params.merge(logged.params);
      run.has_session |= logged.has_session;
      run.failed |= logged.failed;
    }
    logged_ = std::move(joined);
  }

  /// PyTorch's add_scalars("Loss/all", {"train": ...}) writes a folder Loss_all_train below the run's, for the tag Loss/all
  /// alone: it becomes the run's Loss/all/train.
  void join_scalars() {
    std::vector<fs::path> taken;
    for (auto& [folder, logged] : logged_) {
      const auto run = logged_.find(folder.has_parent_path() ? folder.parent_path() : fs::path("."));
      if (folder == "." || run == logged_.end() || logged.points.empty()) continue;
      const std::string tag = logged.points.front().metric, name = folder.filename().string();
      std::string begin = tag + '_';
      std::replace(begin.begin(), begin.end(), '/', '_');
      const bool is_alone = std::all_of(logged.points.begin(), logged.points.end(),
                                        [&](const ForeignPoint& point) { return point.metric == tag; });
      if (!is_alone || !name.starts_with(begin) || name.size() == begin.size()) continue;
      for (ForeignPoint& point : logged.points) {
        point.metric = tag + '/' + name.substr(begin.size());
        run->second.points.push_back(std::move(point));
      }
      taken.push_back(folder);
    }
    for (const fs::path& folder : taken) logged_.erase(folder);
  }

  void join_hparams() {
    std::vector<fs::path> taken;
    for (auto& [folder, logged] : logged_) {
      const fs::path above = folder.has_parent_path() ? folder.parent_path() : fs::path(".");
      const auto run = logged_.find(above);
      const bool is_of_run = folder != "." && logged.has_session && last_step(logged.points) == 0 &&
                             run != logged_.end() && !run->second.points.empty() && !run->second.has_session;
      if (!is_of_run) continue;
      take_hparams_folder(logged, run->second);
      taken.push_back(folder);
    }
    for (const fs::path& folder : taken) logged_.erase(folder);
  }

  fs::path root_;
  std::map<fs::path, Logged> logged_;  ///< by folder, relative to the root
  std::vector<std::string> notes_;
};

}  // namespace

ForeignRuns read_tensorboard_runs(const fs::path& folder) { return Folders(folder).runs(); }

}  // namespace ablate
