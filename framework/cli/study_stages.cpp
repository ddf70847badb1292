#include "cli/study_stages.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/shell_word.hpp"
#include "cli/common.hpp"
#include "config/tuning.hpp"
#include "metrics/metric_table.hpp"
#include "report/collect.hpp"
#include "report/judge.hpp"
#include "report/seed_stage.hpp"
#include "runner/sweep.hpp"
#include "store/looks.hpp"
#include "store/versions.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

/// What each variant got; nothing while a tuning run is missing.
std::optional<std::map<std::string, std::size_t>> tuned_choices(const Study& study,
                                                                const std::filesystem::path& database) {
  if (!make_readable(database)) return std::nullopt;
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
          fmt::format("`ablate runs {}` lists them; other values under `tune`",
                      shell_word(tuning.asked.study)));
    }
    chosen[variant.variant] = *variant.chosen;
  }
  return chosen;
}

struct Stage {
  Study study;
  bool over = true;
  std::size_t settled = 0, contrasts = 0;
  std::optional<ReportedLook> look = {};  ///< what it rests on
};

Stage stage_of(const Study& study, const std::filesystem::path& database) {
  if (!study.until_settled) return {study};
  Stage first{study, false};
  if (!make_readable(database)) return first;
  const Reader reader = Reader::snapshot(database);
  if (!reader.counts(study.name)) return first;
  const Comparison comparison = compare(read_records(reader, study.name), report_options(study, {}));
  const SeedStage found = seed_stage(comparison);
  Stage stage{with_seeds(study, found.seeds, found.fewer), found.over};
  stage.look = look_at(comparison, "report");
  if (comparison.answer) {
    stage.contrasts = comparison.answer->contrasts.size();
    for (const AnsweredContrast& of : comparison.answer->contrasts) stage.settled += is_settled(of);
  }
  return stage;
}

/// The study with what each variant got, where tuning ended with all its runs.
StageReport tuned_stage(const Study& study, const std::filesystem::path& database, const TrainStage& train,
                        const std::function<void(const std::string&)>& say) {
  const Study tuning = tuning_study(study, metric_names());
  const StageEnd end =
      train(tuning, fmt::format("tuning: {} for each of {}", counted(study.tune->choices.size(), "value"),
                                counted(study.variants.size(), "variant")));
  if (end != StageEnd::all_done) return {tuning, end};
  const auto chosen = tuned_choices(study, database);
  if (!chosen) {
    say("tuning waits for runs that were asked to stop: the same command trains them");
    return {tuning, StageEnd::interrupted};
  }
  keep_best_weights(tuning, database);
  return {with_tuned(study, *chosen, metric_names()), end};
}

}  // namespace

StageReport run_stages(const Study& study, const std::filesystem::path& database, const TrainStage& train,
                       const std::function<void(const std::string&)>& say) {
  StageReport tuned{study};
  if (study.tune) tuned = tuned_stage(study, database, train, say);
  if (tuned.end != StageEnd::all_done) return tuned;
  for (Stage stage = stage_of(tuned.study, database);;) {
    const StageEnd end = train(stage.study, {});
    const bool must_wait = end == StageEnd::others_at_work && study.until_settled;
    if (end == StageEnd::interrupted || must_wait) return {stage.study, end};
    Stage next = stage_of(tuned.study, database);
    const std::size_t before = stage.study.seeds.size(), after = next.study.seeds.size();
    if (study.until_settled) {
      if (next.look) record_look(database, next.look->study_id, next.look->look);
      const std::string look = fmt::format("{} of {} contrasts are settled", next.settled, next.contrasts);
      const bool goes_on = !next.over && after != before;
      say(fmt::format("look after {} seeds: {}{}", goes_on ? before : after, look,
                      goes_on ? fmt::format("; up to {} seeds now", after) : ""));
    }
    if (next.over || after == before) {
      keep_best_weights(next.study, database);
      return {next.study};
    }
    stage = std::move(next);
  }
}

}  // namespace ablate
