#include <set>

#include "runner/sweep.hpp"

namespace ablate {

void keep_best_weights(const Study& study, const std::filesystem::path& database) {
  if (study.trainer()) return;
  std::set<std::string> names;
  bool has_validation = false;
  for (const Variant& variant : study.variants) {
    if (variant.config.training.keep_weights == KeepWeights::best) names.insert(variant.name);
    has_validation = has_validation || variant.config.data.validation > 0.0;
  }
  if (names.empty()) return;
  std::int64_t study_id = 0;
  std::vector<std::int64_t> ids;
  {
    const Reader reader(database);
    const auto stored = reader.counts(study.name);
    if (!stored || count_runs(reader, study.name).left > 0) return;
    study_id = stored->study.id;
    for (const VariantRecord& variant : reader.variants(study_id)) {
      if (names.contains(variant.name)) ids.push_back(variant.id);
    }
  }
  Monitor monitor = study.report.primary;
  if (has_validation) monitor.split = SplitName::validation;
  Store(database).keep_best_weights(study_id, ids, monitor);
}

}  // namespace ablate
