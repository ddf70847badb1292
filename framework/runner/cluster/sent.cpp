#include "runner/cluster/sent.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/error_line.hpp"
#include "base/file.hpp"
#include "runner/cluster/publish.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr double publications_of_silence = 3.0, least_silence = 30.0;  ///< seconds

std::vector<SentJob> read_jobs(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return {};
  try {
    std::vector<SentJob> jobs;
    const Json all = Json::parse(read_file(file, 1 << 20));
    for (const Json& job : all.at("jobs"))
      jobs.push_back({job.at("id"), job.at("first_chunk"), job.at("chunks")});
    return jobs;
  } catch (const Json::exception& found) {
    throw RequestError(fmt::format("{} is damaged: {}", file.string(), found.what()));
  }
}

/// "123_4" of a chunk; empty: no scheduler has it.
std::string task_of(const std::vector<SentJob>& jobs, int chunk) {
  for (const SentJob& job : jobs) {
    if (chunk >= job.first_chunk && chunk < job.first_chunk + job.chunks)
      return fmt::format("{}_{}", job.id, chunk - job.first_chunk);
  }
  return {};
}

/// A run may have been sent more than once: the best that is known of it counts.
void settle(SentRuns& found) {
  std::erase_if(found.running, [&](const auto& run) { return found.ended.contains(run.first); });
  std::erase_if(found.waiting, [&](const std::string& uuid) {
    return found.ended.contains(uuid) || found.running.contains(uuid);
  });
  std::erase_if(found.lost, [&](const std::string& uuid) {
    return found.ended.contains(uuid) || found.running.contains(uuid) || found.waiting.contains(uuid);
  });
  std::erase_if(found.unbegun, [&](const std::string& uuid) { return !found.lost.contains(uuid); });
}

/// Attempts that tell of themselves, by "SEND.CHUNK".
using Attempts = std::multimap<std::string, AttemptState>;

class SentReading {
 public:
  SentReading(const WorkFiles& files, const std::set<std::string>& open, const Queue& queue)
      : files_(files), open_(open), queue_(queue) {}

  SentRuns read() {
    std::error_code error;
    std::vector<fs::path> sends;
    for (fs::directory_iterator entry(files_.sends(), error), end; !error && entry != end;
         entry.increment(error))
      sends.push_back(entry->path());
    std::sort(sends.begin(), sends.end());
    for (const fs::path& send : sends) {
      try {
        read_send(send);
      } catch (const RequestError& refused) {
        found_.notes.push_back(in_a_line(refused) + "; its runs count as not sent");
      }
    }
    settle(found_);
    return std::move(found_);
  }

 private:
  void read_send(const fs::path& folder) {
    const Manifest manifest = read_manifest(folder / "manifest.json");
    const std::vector<SentJob> jobs = read_jobs(folder / "jobs.json");
    std::error_code error;
    by_hand_ = !fs::exists(folder / "jobs.json", error);
    found_.silent_tasks.clear();  // of an earlier send
    found_.tasks_of_newest = 0;
    for (const SentJob& job : jobs) found_.tasks_of_newest += job.chunks;
    const Attempts attempts = living(manifest);
    for (int chunk = 0; chunk < manifest.chunks(); ++chunk) {
      std::set<std::string> left;
      for (const PlannedRun& run : chunk_of(manifest, chunk)) {
        if (!open_.contains(run.uuid)) continue;
        found_.sent.insert(run.uuid);
        if (files_.has_run(run.uuid)) {
          found_.ended.insert(run.uuid);
        } else {
          left.insert(run.uuid);
        }
      }
      if (!left.empty()) place_chunk(manifest, chunk, jobs, attempts, left);
    }
  }

  Attempts living(const Manifest& manifest) {
    Attempts attempts;
    const double silence = std::max(least_silence, publications_of_silence * manifest.publish_seconds);
    std::error_code error;
    for (fs::directory_iterator entry(files_.attempts(), error), end; !error && entry != end;
         entry.increment(error)) {
      const std::string name = entry->path().filename().string();
      const std::optional<double> told =
          name.starts_with(manifest.send + ".") ? written_at(entry->path()) : std::nullopt;
      if (!told) continue;
      if (now_ == 0.0) now_ = folder_clock(files_.attempts());
      if (now_ - *told > silence) continue;
      try {
        AttemptState state = read_attempt(entry->path());
        attempts.emplace(state.chunk, std::move(state));
      } catch (const RequestError&) {
        continue;  // gone meanwhile
      }
    }
    return attempts;
  }

  void place_chunk(const Manifest& manifest, int chunk, const std::vector<SentJob>& jobs,
                   const Attempts& attempts, const std::set<std::string>& left) {
    const auto [first, last] = attempts.equal_range(std::to_string(chunk));
    if (first != last) {
      ++found_.tasks_running;
      for (auto attempt = first; attempt != last; ++attempt) {
        for (const auto& [uuid, epochs] : attempt->second.runs) {
          if (left.contains(uuid))
            found_.running[uuid] = {manifest.send, std::to_string(chunk), attempt->second.node,
                                    attempt->second.worker, epochs};
        }
      }
      found_.waiting.insert(left.begin(), left.end());
      return;
    }
    const std::string task = task_of(jobs, chunk);
    const auto queued = queue_.tasks.find(task);
    const bool in_queue = queued != queue_.tasks.end();
    if (task.empty() || (queue_.answered && !in_queue)) {
      found_.lost.insert(left.begin(), left.end());
      if (has_begun(manifest, chunk)) return;
      if (by_hand_) found_.unbegun.insert(left.begin(), left.end());
      note_silence(manifest, task);
      return;
    }
    if (in_queue && queued->second.is_held()) found_.held[task] = queued->second.reason;
    ++found_.tasks_waiting;
    found_.waiting.insert(left.begin(), left.end());
  }

  /// Some attempt with this chunk has published, or told of itself: files of both kinds begin with "SEND.CHUNK.".
  bool has_begun(const Manifest& manifest, int chunk) {
    if (!begun_) {
      begun_.emplace();
      for (const fs::path& folder : {files_.results(), files_.attempts()}) {
        std::error_code error;
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
             entry.increment(error)) {
          const std::string name = entry->path().filename().string();
          begun_->insert(name.substr(0, name.find('.', name.find('.') + 1)));
        }
      }
    }
    return begun_->contains(fmt::format("{}.{}", manifest.send, chunk));
  }

  /// Its log says that Slurm started this task.
  void note_silence(const Manifest& manifest, const std::string& task) {
    const fs::path log = files_.sends() / manifest.send / "logs" / (task + ".log");
    std::error_code error;
    if (task.empty() || !fs::exists(log, error)) return;
    if (found_.silent_tasks.empty()) found_.silent_log = log;
    found_.silent_tasks.push_back(task);
  }

  const WorkFiles& files_;
  const std::set<std::string>& open_;
  const Queue& queue_;
  double now_ = 0.0;
  bool by_hand_ = false;                        ///< the present send has no scheduler
  std::optional<std::set<std::string>> begun_;  ///< "SEND.CHUNK", once it was asked for
  SentRuns found_;
};

}  // namespace

void SentRuns::add(const SentRuns& other) {
  sent.insert(other.sent.begin(), other.sent.end());
  ended.insert(other.ended.begin(), other.ended.end());
  running.insert(other.running.begin(), other.running.end());
  waiting.insert(other.waiting.begin(), other.waiting.end());
  lost.insert(other.lost.begin(), other.lost.end());
  tasks_running += other.tasks_running;
  tasks_waiting += other.tasks_waiting;
  unbegun.insert(other.unbegun.begin(), other.unbegun.end());
  if (silent_log.empty()) silent_log = other.silent_log;
  silent_tasks.insert(silent_tasks.end(), other.silent_tasks.begin(), other.silent_tasks.end());
  tasks_of_newest += other.tasks_of_newest;
  held.insert(other.held.begin(), other.held.end());
  notes.insert(notes.end(), other.notes.begin(), other.notes.end());
  settle(*this);
}

std::string jobs_text(const std::vector<SentJob>& jobs) {
  Json all = Json::array();
  for (const SentJob& job : jobs)
    all.push_back({{"id", job.id}, {"first_chunk", job.first_chunk}, {"chunks", job.chunks}});
  return Json{{"jobs", all}}.dump(2) + "\n";
}

std::string program_of_newest(const WorkFiles& files) {
  fs::path newest;
  std::error_code error;
  for (fs::directory_iterator send(files.sends(), error), end; !error && send != end; send.increment(error))
    newest = std::max(newest, send->path());  // names begin with their time
  if (newest.empty()) return {};
  try {
    const Manifest manifest = read_manifest(newest / "manifest.json");
    return manifest.folder.empty() ? manifest.program_sha256 : manifest.code_sha256;
  } catch (const RequestError&) {
    return {};  // `read_sent` tells
  }
}

SentRuns read_sent(const WorkFiles& files, const std::set<std::string>& open, const Queue& queue) {
  return SentReading(files, open, queue).read();
}

}  // namespace ablate
