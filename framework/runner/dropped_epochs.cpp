#include "runner/dropped_epochs.hpp"

#include <fmt/format.h>

#include "base/build_info.hpp"
#include "base/numbers_version.hpp"

namespace ablate {

std::string dropped_epochs(const Reader& reader, std::int64_t study_id, const std::string& code) {
  std::int64_t runs = 0, epochs = 0;
  reader.select(
      "SELECT count(*), total(epochs_done) FROM run WHERE study_id = ?1 AND NOT obsolete AND epochs_done > 0 AND "
      "(status IN ('interrupted', 'waiting') OR (status = 'running' AND is_left(worker, lease_until))) AND NOT "
      "coalesce(program_sha256 = ?2 AND numbers = ?3, 0)",
      {study_id, code.empty() ? program_sha256() : code, std::int64_t{numbers_version}},
      [&](const std::vector<Value>& row) {
        runs = std::get<std::int64_t>(row[0]);
        epochs = static_cast<std::int64_t>(std::get<double>(row[1]));
      });
  if (runs == 0) return {};
  return fmt::format(
      "{} that {} interrupted {} at epoch 1 again, which drops {}: {} since",
      runs == 1 ? "1 run" : fmt::format("{} runs", runs), runs == 1 ? "was" : "were",
      runs == 1 ? "begins" : "begin", epochs == 1 ? "1 epoch" : fmt::format("{} epochs", epochs),
      code.empty() ? "this program has changed" : "the script's code (trainer.code) has changed");
}

}  // namespace ablate
