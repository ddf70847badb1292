#pragma once
/// A study in the stages in which `ablate run` trains it: what it tunes, then its seeds, look by look.

#include <filesystem>
#include <functional>
#include <string>

#include "config/study.hpp"

namespace ablate {

/// What became of one stage, or of them all.
enum class StageEnd {
  all_done,       ///< none of its runs is left but what somebody asked to stop
  interrupted,    ///< by a signal, or by a request to stop a run that all wait for
  others_at_work  ///< what is left is with other processes, and what comes next waits for it
};

struct StageReport {
  Study study;  ///< as it is in the end: with what was tuned, and the seeds of its last stage
  StageEnd end = StageEnd::all_done;
};

/// Trains what is left of a stage. The text is a line to say first where anything is; it may be empty.
using TrainStage = std::function<StageEnd(const Study& stage, const std::string& what)>;

/// Calls `train` for each stage, and `say` with a line about what is decided between them. Stages are reported by the
/// database alone, so that the same call goes on where an earlier one was, or another process is. Once all are over
/// weights go that `training.keep_weights: best` drops. Throws RequestError where no value could be chosen for a
/// variant, as all its tuning runs diverged or failed.
StageReport run_stages(const Study& study, const std::filesystem::path& database, const TrainStage& train,
                       const std::function<void(const std::string&)>& say);

}  // namespace ablate
