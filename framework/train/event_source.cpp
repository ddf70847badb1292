#include "train/event_source.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "metrics/event_reader.hpp"
#include "train/metrics_file.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

class EventSource : public MetricsSource {
 public:
  EventSource(const fs::path& folder, int steps, int last_epoch, EpochWriter writer)
      : folder_(folder), steps_(steps), last_epoch_(last_epoch), writer_(std::move(writer)) {
    for (const fs::path& path : event_files()) {
      std::error_code error;
      files_.try_emplace(path, path, fs::file_size(path, error)).first->second.is_earlier = true;
    }
  }

  void look(bool is_over) override {
    const std::vector<fs::path> paths = event_files();
    for (const fs::path& path : paths) writers_.insert(path.parent_path());
    for (const fs::path& path : paths) {
      try {
        read(path, files_.try_emplace(path, path, 0).first->second);
      } catch (const RequestError& error) {
        throw BadLine(error.what());
      }
    }
    if (is_over) add_of_run();
    write_whole(is_over);
  }

 private:
  struct File {
    File(const fs::path& path, std::uint64_t size) : reader(path), old(size) {}
    EventReader reader;
    std::uint64_t old;         ///< bytes that an earlier attempt wrote
    bool is_earlier = false;   ///< an earlier attempt made it
    int latest = -1;           ///< epoch of this attempt
    bool has_session = false;  ///< hyperparameters are in it
    int events = 0;

    /// What it will log may belong to any epoch: of texts and graphs alone, nothing will.
    bool may_begin() const { return !is_earlier && !has_session && events < 2; }
  };

  /// In the order of their names, which hold the time.
  std::vector<fs::path> event_files() const {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder_, error), end; !error && entry != end;
         entry.increment(error)) {
      if (is_event_file(entry->path())) files.push_back(entry->path());
    }
    std::sort(files.begin(), files.end(),
              [](const fs::path& a, const fs::path& b) { return a.filename() < b.filename(); });
    return files;
  }

  /// Where a file's folder is below the one that its run logs to; ".": it is that. A program that starts over may
  /// log to another one, version_1 after version_0.
  fs::path below_its_run(const fs::path& folder) const {
    for (fs::path above = folder; above.has_relative_path() && above != folder_;) {
      above = above.parent_path();
      if (writers_.contains(above)) return folder.lexically_relative(above);
    }
    return ".";
  }

  void read(const fs::path& path, File& file) {
    const fs::path below = below_its_run(path.parent_path());
    LoggedEvent event;
    for (bool is_old = file.reader.offset() < file.old; file.reader.next(event);
         is_old = file.reader.offset() < file.old) {
      ++file.events;
      file.has_session |= event.has_session;
      if (event.scalars.empty()) continue;
      if (file.has_session && below != "." && event.step == 0) {
        for (const auto& [tag, value] : event.scalars) put_value(of_run_, tag, value);
        continue;
      }
      const std::int64_t whole = std::clamp<std::int64_t>(event.step, 0, 1'000'000'000);
      const int epoch = static_cast<int>((whole + steps_ - 1) / steps_);
      if (is_old && epoch <= last_epoch_) continue;
      if (!is_old) file.latest = epoch;
      for (const auto& [tag, value] : event.scalars) {
        const std::string name = name_of(path.parent_path(), below, tag);
        if (!is_old) own(name, path.parent_path());
        put_value(epochs_[epoch], name, value);
      }
    }
  }

  /// Folders of splits and those below the run's own tell their metrics apart, unless `names` calls the bare tag
  /// something.
  std::string name_of(const fs::path& folder, const fs::path& below, const std::string& tag) const {
    const auto split = folder == folder_ ? std::nullopt : split_of_folder(folder.filename().string());
    const std::string name = split          ? *split + '.' + tag
                             : below == "." ? tag
                                            : below.generic_string() + '/' + tag;
    return !writer_.knows(name) && writer_.knows(tag) ? tag : name;
  }

  /// Throws RequestError where another folder of this attempt logs the same.
  void own(const std::string& name, const fs::path& folder) {
    const auto [owner, is_new] = owners_.try_emplace(name, folder);
    if (is_new || owner->second == folder) return;
    throw RequestError(
        fmt::format("{} and {} both log '{}'", owner->second.string(), folder.string(), name),
        "folders called train and validation, or below the one that the run logs to, are distinguished");
  }

  /// PyTorch's add_hparams writes metrics of the whole run to a folder of their own: they join the last epoch.
  void add_of_run() {
    if (epochs_.empty()) return;
    EpochWriter::Values& last = epochs_.rbegin()->second;
    for (const auto& own : of_run_) {
      const auto is_named_so = [&](const auto& known) { return known.first == own.first; };
      if (std::none_of(last.begin(), last.end(), is_named_so)) last.push_back(own);
    }
  }

  /// Programs log splits to files of their own, each of which is flushed when its writer likes: an epoch is whole
  /// once all of them are past it. Until this attempt has logged something, one that an earlier attempt began is not.
  void write_whole(bool all) {
    int reached = std::numeric_limits<int>::max();
    bool has_logged = false;
    for (const auto& [path, file] : files_) {
      if (file.latest < 0 && !file.may_begin()) continue;
      reached = std::min(reached, file.latest);
      has_logged = true;
    }
    while (!epochs_.empty() && (all || (has_logged && epochs_.begin()->first < reached))) {
      EpochWriter::Values& values = epochs_.begin()->second;
      std::sort(values.begin(), values.end());  // they came as their writers flushed them
      writer_.write(epochs_.begin()->first, values);
      epochs_.erase(epochs_.begin());
    }
  }

  fs::path folder_;
  int steps_, last_epoch_;
  EpochWriter writer_;
  std::map<fs::path, File> files_;
  std::set<fs::path> writers_;                 ///< folders that have such files
  std::map<std::string, fs::path> owners_;     ///< of names: the folder whose writer logs them
  std::map<int, EpochWriter::Values> epochs_;  ///< that are not whole yet
  EpochWriter::Values of_run_;                 ///< without an epoch
};

}  // namespace

std::unique_ptr<MetricsSource> make_event_source(const fs::path& folder, int steps, int last_epoch,
                                                 EpochWriter writer) {
  return std::make_unique<EventSource>(folder, steps, last_epoch, std::move(writer));
}

}  // namespace ablate
