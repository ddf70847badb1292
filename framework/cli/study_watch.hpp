#pragma once
/// A sweep seen from outside: what its workers write into the database, reported as the sweep itself reports it.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "runner/sweep.hpp"
#include "store/reader.hpp"

namespace ablate {

/// A run that is being trained, as far as the database knows.
struct RunUnderWay {
  RunLabel run;
  std::string worker, started_at;
  bool is_left_behind = false;  ///< nobody is at work on it: the next sweep resumes it
  EpochProgress progress;       ///< of its last whole epoch; epoch 0: there is none yet
};

/// Of one study, the oldest first.
std::vector<RunUnderWay> runs_under_way(const Reader& reader, std::int64_t study_id);

/// Looks at the file again and again and reports to a listener what happened in between: starts, the newest epoch of
/// each run, ends. Between two looks a run may have gone through several epochs.
class StudyWatch {
 public:
  /// What ended before the first look is not reported. Throws RequestError for a wrong study.
  StudyWatch(std::filesystem::path database, const std::string& study, SweepListener& listener);

  /// Looks once; true while a run of the study is being trained by a worker that may live.
  bool look();

 private:
  void tell(RunEvent event, const SweepCounts& counts);
  int place_of(std::int64_t run_id);
  void tell_ends(const Reader& reader, const SweepCounts& counts);

  std::filesystem::path database_;
  std::string study_;
  std::int64_t study_id_ = 0;
  SweepListener& listener_;
  std::map<std::int64_t, int> places_;  ///< of runs under way, as if each were a worker's
  std::map<std::int64_t, int> epochs_;  ///< that were reported
  std::string ended_after_;             ///< ends up to this moment were reported
};

}  // namespace ablate
