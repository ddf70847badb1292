#pragma once
/// One study in the formats of other trackers. The same file gives the same bytes.

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

namespace ablate {

/// TensorBoard's event files, a folder for each run, with hyperparameters; a variant's runs are one session group.
/// Makes `folder`; nothing stays of one that was not finished. False where `stop` ended it. Throws RequestError where
/// the file has no such study, or the folder is there.
bool export_tensorboard(const std::filesystem::path& database, const std::string& study,
                        const std::filesystem::path& folder, const std::atomic<bool>& stop);

struct MlflowExport {
  bool whole = false;                ///< false: stopped, and nothing is there
  std::vector<std::string> renamed;  ///< names that MLflow does not take: "m@1 as m_1"
};

/// MLflow's file store (mlruns/EXPERIMENT/RUN/{meta.yaml,metrics,params,tags}), a parent run for each variant, which
/// `mlflow migrate-filestore` and MLflow's pages read. As above.
MlflowExport export_mlflow(const std::filesystem::path& database, const std::string& study,
                           const std::filesystem::path& folder, const std::atomic<bool>& stop);

}  // namespace ablate
