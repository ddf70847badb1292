#pragma once
/// A study in the stages in which `ablate run` trains it: what it tunes, then its seeds, look by look.

#include <filesystem>
#include <functional>
#include <string>

#include "config/study.hpp"

namespace ablate {

/// What became of one stage.
enum class StageEnd { all_done, interrupted };

struct StageReport {
  Study study;  ///< as it stands in the end: with what was tuned, and the seeds of its last stage
  bool interrupted = false;
};

/// Calls `train` for each stage that has anything left, and `say` with a line about what is decided between them.
/// Stages are told by the database alone, so that the same call goes on where an earlier one was. Throws
/// RequestError where no value could be chosen for a variant, as all its tuning runs diverged or failed.
StageReport run_stages(const Study& study, const std::filesystem::path& database,
                       const std::function<StageEnd(const Study&)>& train,
                       const std::function<void(const std::string&)>& say);

/// The study with what was tuned and the seeds of the stage that its results in the database have come to; as it is
/// where there are none. Throws RequestError where tuning has not come to an end.
Study present_stage(const Study& study, const std::filesystem::path& database);

}  // namespace ablate
