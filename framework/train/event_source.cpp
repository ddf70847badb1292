#include "train/event_source.hpp"

#include <algorithm>
#include <limits>
#include <map>

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
      files_.try_emplace(path, path, fs::file_size(path, error));
    }
  }

  void look(bool is_over) override {
    for (const fs::path& path : event_files()) {
      try {
        read(files_.try_emplace(path, path, 0).first->second);
      } catch (const RequestError& error) {
        throw BadLine(error.what());
      }
    }
    write_whole(is_over);
  }

 private:
  struct File {
    File(const fs::path& path, std::uint64_t size) : reader(path), old(size) {}
    EventReader reader;
    std::uint64_t old;  ///< bytes that an earlier attempt wrote
    int latest = -1;    ///< epoch of this attempt
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

  void read(File& file) {
    LoggedEvent event;
    for (bool is_old = file.reader.offset() < file.old; file.reader.next(event);
         is_old = file.reader.offset() < file.old) {
      if (event.scalars.empty()) continue;
      const std::int64_t whole = std::clamp<std::int64_t>(event.step, 0, 1'000'000'000);
      const int epoch = static_cast<int>((whole + steps_ - 1) / steps_);
      if (is_old && epoch <= last_epoch_) continue;
      if (!is_old) file.latest = epoch;
      for (const auto& [tag, value] : event.scalars) put_value(epochs_[epoch], tag, value);
    }
  }

  /// Programs log splits to files of their own: an epoch is whole once each of them is past it.
  void write_whole(bool all) {
    int reached = std::numeric_limits<int>::max();
    for (const auto& [path, file] : files_) {
      if (file.latest >= 0) reached = std::min(reached, file.latest);
    }
    while (!epochs_.empty() && (all || epochs_.begin()->first < reached)) {
      writer_.write(epochs_.begin()->first, epochs_.begin()->second);
      epochs_.erase(epochs_.begin());
    }
  }

  fs::path folder_;
  int steps_, last_epoch_;
  EpochWriter writer_;
  std::map<fs::path, File> files_;
  std::map<int, EpochWriter::Values> epochs_;  ///< that are not whole yet
};

}  // namespace

std::unique_ptr<MetricsSource> make_event_source(const fs::path& folder, int steps, int last_epoch,
                                                 EpochWriter writer) {
  return std::make_unique<EventSource>(folder, steps, last_epoch, std::move(writer));
}

}  // namespace ablate
