#pragma once
/// `ablate run` where other machines do the training.

#include <filesystem>
#include <optional>
#include <string>

#include "cli/console.hpp"
#include "cli/options.hpp"
#include "config/study.hpp"

namespace ablate {

/// What of `ablate run` is about sending.
struct SendingRequest {
  bool slurm = false, manifest = false, again = false;
  std::string cluster_file, work;
  std::int64_t runs_per_task = 0, parallel = -1;  ///< 0 and -1: as the cluster file says
  bool replan = false, retry_failed = false, quiet = false;
  std::optional<double> near = {};

  bool asked() const { return slurm || manifest; }
};

void add_sending_options(Options& options, SendingRequest& request);

/// Refuses, with RequestError, what only goes together with the others.
void check_sending(const SendingRequest& request);

/// Gathers what came back, then sends what of the study's present stage is missing, and returns an exit code. Nothing:
/// all of it is done.
std::optional<int> send_study(Console& console, const SendingRequest& request, const Study& study,
                              const std::filesystem::path& database);

}  // namespace ablate
