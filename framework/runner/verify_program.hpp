#pragma once
/// Has a program train a finished run again and compares what it reports, bit by bit.

#include "config/study.hpp"
#include "runner/verify.hpp"

namespace ablate {

/// Where a study is.
struct StudyPlace {
  std::filesystem::path database, folder;  ///< the folder of the study file
  std::string name;
};

/// Starts the run's program again, without its checkpoints, in a folder beside the database that is gone afterwards, and
/// compares every value of every epoch. Stops at the first difference.
/// Throws RequestError where the run is not done, or the trainer's code is not what it was trained with.
Verification verify_program_run(const Reader& reader, const RunRecord& run, const Variant& variant,
                                const StudyPlace& study,
                                const std::function<void(int epoch, int epochs)>& on_epoch,
                                const Pulse& pulse);

}  // namespace ablate
