#include "runner/program_start.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "config/command_line.hpp"
#include "runner/program_files.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

fs::path params_path(const fs::path& folder) { return folder / "params.json"; }

std::vector<std::string> environment(const RunRecord& run, const Variant& variant, const ProgramPlace& place,
                                     const DeviceClaim& devices) {
  const TrainerSettings& trainer = *variant.trainer;
  std::vector<std::string> all = {
      "ABLATE_PARAMS=" + settings_json(trainer),
      fmt::format("ABLATE_SEED={}", run.seed),
      "ABLATE_DIR=" + place.folder.string(),
      "ABLATE_METRICS=" + metrics_path(place.folder).string(),
      fmt::format("ABLATE_EPOCH={}", run.epochs_done),
      fmt::format("ABLATE_UNTIL={}", run.until_epoch.value_or(variant.config.training.epochs)),
      fmt::format("ABLATE_ATTEMPT={}", run.attempt),
      "ABLATE_RUN=" + run.uuid,
      "ABLATE_STUDY=" + place.study_name,
      "ABLATE_VARIANT=" + run.variant,
      "PYTHONUNBUFFERED=1",
      fmt::format("OMP_NUM_THREADS={}", trainer.resources.threads)};
  if (trainer.resources.gpus) all.push_back("CUDA_VISIBLE_DEVICES=" + devices.names());
  return all;
}

}  // namespace

void make_run_folder(const fs::path& folder, const TrainerSettings& trainer, bool anew) {
  std::error_code error;
  if (anew) fs::remove_all(folder, error);
  fs::create_directories(folder, error);
  if (error || ::access(folder.c_str(), W_OK | X_OK) != 0) {
    throw RequestError(fmt::format("the run's folder {} cannot be written: {}", folder.string(),
                                   error ? error.message() : std::string("permission denied")),
                       "runs keep their files beside the database: another --db");
  }
  write_file(params_path(folder), settings_json(trainer) + "\n");
}

ProgramRun program_run(const RunRecord& run, const Variant& variant, const ProgramPlace& place,
                       const DeviceClaim& devices) {
  const TrainerSettings& trainer = *variant.trainer;
  ProgramRun program;
  program.start = {
      command_line(trainer, {static_cast<std::uint64_t>(run.seed), place.folder, params_path(place.folder)}),
      environment(run, variant, place, devices), place.study, trainer.limits.grace.seconds};
  program.metrics = metrics_path(place.folder);
  program.limits = trainer.limits;
  program.metrics_from = trainer.metrics_from;
  program.folder = place.folder;
  program.last_epoch = run.epochs_done;
  return program;
}

}  // namespace ablate
