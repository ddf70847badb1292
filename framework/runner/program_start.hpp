#pragma once
/// How the program that trains a run is started: its folder, arguments and environment.

#include <filesystem>
#include <string>

#include "config/study.hpp"
#include "store/records.hpp"
#include "train/devices.hpp"
#include "train/program.hpp"

namespace ablate {

struct ProgramPlace {
  std::filesystem::path folder;  ///< the run's own, `$ABLATE_DIR`
  std::filesystem::path
      study;  ///< the study file's, in which the program works; empty: where ablate was started
  std::string study_name;
};

/// Makes `folder`, empty where `anew` (what an earlier program left there is not the run's own), and writes its
/// parameters. Throws RequestError where it cannot be written.
void make_run_folder(const std::filesystem::path& folder, const TrainerSettings& trainer, bool anew);

/// Of the run as it stands: its attempt, the epochs that it has, up to which it may go.
ProgramRun program_run(const RunRecord& run, const Variant& variant, const ProgramPlace& place,
                       const DeviceClaim& devices);

}  // namespace ablate
