#pragma once
/// From a results file on a local disk into the work folder.

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "runner/cluster/work_files.hpp"

namespace ablate {

/// Which task, and which of its attempts.
struct Attempt {
  std::string send;
  std::string chunk;  ///< "17", or "head" for what the sender itself had
  std::string letters;

  /// A new one: no two processes anywhere share its letters.
  static Attempt next(const std::string& send, const std::string& chunk);
  std::string name() const { return send + "." + chunk + "." + letters; }
};

/// Publishes the runs of one study in one local results file, piece by piece.
class Publisher {
 public:
  /// `scratch`: a folder on a local disk.
  Publisher(const WorkFiles& files, const Attempt& attempt, std::filesystem::path database, std::string study,
            std::filesystem::path scratch)
      : files_(files),
        attempt_(attempt),
        database_(std::move(database)),
        study_(std::move(study)),
        scratch_(std::move(scratch)) {}

  /// Tells that the attempt is at work. Throws RequestError where the work folder takes nothing.
  void begin() const { tell({}); }
  /// Writes what is new since the last time: runs that ended, each then known by its own name unless another attempt
  /// was first; and the newest state of those that go on. Throws RequestError where the work folder takes nothing;
  /// what was not written is tried again the next time. An end of those that are `under_way` waits: what their workers
  /// printed is not in the file yet.
  void publish(const std::set<std::int64_t>& under_way = {});
  /// Writes the state of these runs, once.
  void publish_states(const std::set<std::string>& uuids);
  /// The attempt is over: nobody need wait for it.
  void end() const;

  /// Runs that ended and were published by this object.
  std::size_t published() const { return published_.size(); }

 private:
  using Epochs = std::map<std::string, int>;  ///< by uuid

  std::filesystem::path put(const std::function<bool(const std::string& uuid)>& which, bool over);
  void publish_over(const std::vector<std::string>& uuids);
  void publish_going(const Epochs& going);
  void tell(const Epochs& going) const;

  WorkFiles files_;
  Attempt attempt_;
  std::filesystem::path database_;
  std::string study_;
  std::filesystem::path scratch_;
  int number_ = 0;                   ///< of the last file
  std::set<std::string> published_;  ///< by uuid
  Epochs going_;                     ///< as they were published last
  std::filesystem::path going_file_;
};

/// attempts/ATTEMPT.json, read.
struct AttemptState {
  std::string send, chunk;
  std::string worker;                             ///< host:pid:start
  std::string node;                               ///< as the scheduler calls it
  std::vector<std::pair<std::string, int>> runs;  ///< under way: uuid and whole epochs
};

/// Throws RequestError for what is none.
AttemptState read_attempt(const std::filesystem::path& file);

}  // namespace ablate
