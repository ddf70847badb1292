#include "runner/replan_cost.hpp"

#include <map>
#include <set>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/build_info.hpp"
#include "base/numbers_version.hpp"
#include "base/time.hpp"
#include "runner/forecast.hpp"

namespace ablate {
namespace {

/// What a changed study costs, of one variant: runs to train anew, runs that resume, epochs of both.
struct Again {
  std::int64_t anew = 0, resumed = 0, epochs = 0;
};

/// Of the runs of a variant that were begun with other settings.
Again again_of(const Config& config, const std::string& stored_sha256, const std::vector<RunRecord>& runs,
               const std::map<std::int64_t, int>& kept) {
  Again again;
  const bool may_resume = begins_as_shorter(config);
  for (const RunRecord& run : runs) {
    const auto at = kept.find(run.id);
    const bool same_program = !program_sha256().empty() && run.origin.program_sha256 == program_sha256() &&
                              run.origin.numbers == numbers_version;
    const bool resumes = may_resume && same_program && at != kept.end() &&
                         at->second < config.training.epochs &&
                         digest_with_epochs(config, at->second) == stored_sha256;
    ++(resumes ? again.resumed : again.anew);
    again.epochs += config.training.epochs - (resumes ? at->second : 0);
  }
  return again;
}

}  // namespace

std::string replan_cost(const Study& study, const Plan& plan, const Reader& reader, DatasetCache& datasets) {
  const std::int64_t study_id = reader.study(study.name).id;
  const std::set<std::int64_t> seeds(plan.seeds.begin(), plan.seeds.end());
  std::map<std::string, std::string> stored;
  for (const VariantRecord& variant : reader.variants(study_id)) stored[variant.name] = variant.config_sha256;
  std::map<std::string, std::vector<RunRecord>> begun;
  for (const RunRecord& run : reader.runs(study_id)) {
    if (run.attempt > 0 && !run.obsolete && seeds.contains(run.seed)) begun[run.variant].push_back(run);
  }
  const auto kept = reader.kept_checkpoints(study_id);
  const Rates rates(reader);
  Again all;
  double seconds = 0.0;
  for (std::size_t i = 0; i < plan.variants.size(); ++i) {
    const VariantRecord& variant = plan.variants[i];
    if (stored[variant.name] == variant.config_sha256 || begun[variant.name].empty()) continue;
    const Config& config = study.variants[i].config;
    if (study.trainer()) {
      all.anew += static_cast<std::int64_t>(begun[variant.name].size());
      continue;
    }
    const Again again = again_of(config, stored[variant.name], begun[variant.name], kept);
    const auto time =
        rates.forecast(variant, training_images(config, *datasets.get(config.data)) * again.epochs);
    all.anew += again.anew;
    all.resumed += again.resumed;
    seconds += time ? time->seconds : 0.0;
  }
  const auto runs = [](std::int64_t n) { return n == 1 ? "1 run" : fmt::format("{} runs", n); };
  std::vector<std::string> what;
  if (all.anew > 0) what.push_back(fmt::format("trains {} again", runs(all.anew)));
  if (all.resumed > 0) what.push_back(fmt::format("resumes {} after the last epoch", runs(all.resumed)));
  if (what.empty()) return {};
  if (study.trainer()) return fmt::format("\n  --replan {}", fmt::join(what, " and "));
  return fmt::format("\n  --replan {}, about {} one at a time", fmt::join(what, " and "),
                     duration_text(seconds));
}

}  // namespace ablate
