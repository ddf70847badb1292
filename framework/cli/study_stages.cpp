#include "cli/study_stages.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/common.hpp"
#include "config/tuning.hpp"
#include "metrics/metric_table.hpp"
#include "report/collect.hpp"
#include "report/judge.hpp"
#include "report/seed_stage.hpp"
#include "store/store.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

/// A file of an older schema is brought up to date, so that it can be read; nothing where there is none.
bool is_readable(const std::filesystem::path& database) {
  std::error_code error;
  if (!std::filesystem::exists(database, error)) return false;
  const Store up_to_date(database);
  return true;
}

/// What each variant got; nothing while a tuning run is missing.
std::optional<std::map<std::string, std::size_t>> tuned_choices(const Study& study,
                                                                const std::filesystem::path& database) {
  if (!is_readable(database)) return std::nullopt;
  const Tuning tuning = read_tuning(Reader(database), tuning_request(study));
  std::map<std::string, std::size_t> chosen;
  for (const TunedVariant& variant : tuning.variants) {
    const bool ended =
        std::all_of(variant.choices.begin(), variant.choices.end(),
                    [&](const TunedChoice& choice) { return choice.ended >= tuning.asked.seeds; });
    if (!ended) return std::nullopt;
    if (!variant.chosen) {
      throw RequestError(
          fmt::format("no value could be chosen for variant '{}': all its tuning runs diverged or failed",
                      variant.variant),
          fmt::format("`ablate runs '{}'` lists them; other values under `tune`", tuning.asked.study));
    }
    chosen[variant.variant] = *variant.chosen;
  }
  return chosen;
}

struct Stage {
  Study study;
  bool over = true;
  std::size_t settled = 0, contrasts = 0;
};

Stage stage_of(const Study& study, const std::filesystem::path& database) {
  if (!study.until_settled) return {study};
  Stage first{study, false};
  if (!is_readable(database)) return first;
  const Reader reader = Reader::snapshot(database);
  if (!reader.counts(study.name)) return first;
  const Comparison comparison = collect(reader, study.name, report_options(study, {}));
  const SeedStage found = seed_stage(comparison);
  Stage stage{with_seeds(study, found.seeds, found.fewer), found.over};
  if (comparison.answer) {
    stage.contrasts = comparison.answer->contrasts.size();
    for (const AnsweredContrast& of : comparison.answer->contrasts) stage.settled += is_settled(of);
  }
  return stage;
}

}  // namespace

Study present_stage(const Study& study, const std::filesystem::path& database) {
  Study tuned = study;
  if (study.tune) {
    const auto chosen = tuned_choices(study, database);
    if (!chosen)
      throw RequestError(fmt::format("study '{}' is still to be tuned", study.name), "`ablate run` does");
    tuned = with_tuned(study, *chosen, metric_names());
  }
  return stage_of(tuned, database).study;
}

StageReport run_stages(const Study& study, const std::filesystem::path& database,
                       const std::function<StageEnd(const Study&)>& train,
                       const std::function<void(const std::string&)>& say) {
  Study tuned = study;
  if (study.tune) {
    const Study tuning = tuning_study(study, metric_names());
    if (!tuned_choices(study, database)) {
      say(fmt::format("tuning: {} for each of {}", counted(study.tune->choices.size(), "value"),
                      counted(study.variants.size(), "variant")));
      if (train(tuning) == StageEnd::interrupted) return {tuning, true};
    }
    const auto chosen = tuned_choices(study, database);
    if (!chosen) return {tuning, true};
    tuned = with_tuned(study, *chosen, metric_names());
  }
  for (Stage stage = stage_of(tuned, database);;) {
    if (train(stage.study) == StageEnd::interrupted) return {stage.study, true};
    if (!tuned.until_settled) return {stage.study};
    Stage next = stage_of(tuned, database);
    const std::size_t before = stage.study.seeds.size(), after = next.study.seeds.size();
    if (next.over || after == before) {
      say(fmt::format("look after {} seeds: {} of {} contrasts are settled", after, next.settled,
                      next.contrasts));
      return {next.study};
    }
    say(fmt::format("look after {} seeds: {} of {} contrasts are settled; up to {} seeds now", before,
                    next.settled, next.contrasts, after));
    stage = std::move(next);
  }
}

}  // namespace ablate
