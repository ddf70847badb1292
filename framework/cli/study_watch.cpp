#include "cli/study_watch.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "store/run_sql.hpp"

namespace ablate {
namespace {

constexpr const char* running_sql = R"sql(
SELECT run.id, variant.name, run.seed, run.attempt, run.epochs_done, run.worker, run.started_at,
  {},
  train.log_loss, validation.accuracy, test.accuracy, epoch.samples_per_second,
  run.best_epoch = run.epochs_done, {}
FROM run JOIN variant ON variant.id = run.variant_id
LEFT JOIN epoch ON epoch.run_id = run.id AND epoch.epoch = run.epochs_done
LEFT JOIN epoch_metric AS train ON train.run_id = run.id AND train.split = 'train' AND train.epoch = run.epochs_done
LEFT JOIN epoch_metric AS validation
  ON validation.run_id = run.id AND validation.split = 'validation' AND validation.epoch = run.epochs_done
LEFT JOIN epoch_metric AS test ON test.run_id = run.id AND test.split = 'test' AND test.epoch = run.epochs_done
WHERE run.study_id = ?1 AND run.status = 'running' AND NOT run.obsolete
ORDER BY run.started_at, run.id
)sql";

constexpr const char* ended_sql = R"sql(
SELECT run.id, variant.name, run.seed, run.attempt, run.status, coalesce(run.error, ''), run.ended_at,
  {}, run.best_epoch, run.epochs_done,
  (SELECT accuracy FROM run_metric WHERE run_id = run.id AND split = 'validation'),
  (SELECT accuracy FROM run_metric WHERE run_id = run.id AND split = 'test')
FROM run JOIN variant ON variant.id = run.variant_id
WHERE run.study_id = ?1 AND run.ended_at > ?2 AND run.status <> 'running' AND NOT run.obsolete
ORDER BY run.ended_at, run.id
)sql";

double number_or_zero(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  const auto* number = std::get_if<double>(&value);
  return number ? *number : std::numeric_limits<double>::quiet_NaN();
}

int count_of(const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number ? static_cast<int>(*number) : 0;
}

RunLabel label_of(const std::vector<Value>& row) {
  return {std::get<std::int64_t>(row[0]), to_string(row[1]), std::get<std::int64_t>(row[2]),
          count_of(row[3])};
}

RunStatus status_of(const std::string& name) {
  for (const RunStatus status : {RunStatus::done, RunStatus::stopped, RunStatus::diverged, RunStatus::failed,
                                 RunStatus::waiting, RunStatus::interrupted}) {
    if (to_string(status) == name) return status;
  }
  return RunStatus::planned;
}

}  // namespace

std::vector<RunUnderWay> runs_under_way(const Reader& reader, std::int64_t study_id) {
  std::vector<RunUnderWay> runs;
  const std::string sql = fmt::format(running_sql, planned_epochs, run_is_left);
  reader.select(sql, {study_id}, [&](const std::vector<Value>& row) {
    RunUnderWay& run = runs.emplace_back();
    run.run = label_of(row);
    run.worker = to_string(row[5]);
    run.is_left_behind = count_of(row[13]) != 0;
    run.started_at = to_string(row[6]);
    run.progress = {.epoch = count_of(row[4]),
                    .epochs = count_of(row[7]),
                    .loss = number_or_zero(row[8]),
                    .validation_accuracy = number_or_zero(row[9]),
                    .test_accuracy = number_or_zero(row[10]),
                    .samples_per_second = number_or_zero(row[11]),
                    .selected = count_of(row[12]) != 0};
  });
  return runs;
}

StudyWatch::StudyWatch(std::filesystem::path database, const std::string& study, SweepListener& listener)
    : database_(std::move(database)), study_(study), listener_(listener) {
  const Reader reader(database_);
  study_id_ = reader.study(study).id;
  reader.select("SELECT coalesce(max(ended_at), '') FROM run WHERE study_id = ?1", {study_id_},
                [&](const std::vector<Value>& row) { ended_after_ = to_string(row[0]); });
  listener_.planned(count_runs(reader, study_),
                    std::max(1, static_cast<int>(runs_under_way(reader, study_id_).size())));
}

void StudyWatch::tell(RunEvent event, const SweepCounts& counts) {
  event.worker = place_of(event.run.id);
  event.counts = counts;
  listener_.happened(event);
}

int StudyWatch::place_of(std::int64_t run_id) {
  const auto known = places_.find(run_id);
  if (known != places_.end()) return known->second;
  std::set<int> taken;
  for (const auto& [id, place] : places_) taken.insert(place);
  int free = 0;
  while (taken.contains(free)) ++free;
  return places_[run_id] = free;
}

void StudyWatch::tell_ends(const Reader& reader, const SweepCounts& counts) {
  const std::string after = ended_after_;
  reader.select(fmt::format(ended_sql, run_seconds), {study_id_, after}, [&](const std::vector<Value>& row) {
    const RunLabel run = label_of(row);
    if (!places_.contains(run.id)) tell({.kind = RunEvent::Kind::started, .run = run}, counts);
    RunEvent last{.kind = RunEvent::Kind::epoch_ended, .run = run};
    last.progress = {.epoch = count_of(row[8]),
                     .epochs = count_of(row[9]),
                     .validation_accuracy = number_or_zero(row[10]),
                     .test_accuracy = number_or_zero(row[11]),
                     .selected = true};
    if (last.progress.epoch > 0) tell(last, counts);
    last.progress.epoch = count_of(row[9]), last.progress.selected = false;
    if (last.progress.epoch > 0) tell(last, counts);
    RunEvent end{.kind = RunEvent::Kind::ended, .run = run};
    end.status = status_of(to_string(row[4]));
    end.text = to_string(row[5]);
    end.seconds = number_or_zero(row[7]);
    tell(end, counts);
    places_.erase(run.id);
    epochs_.erase(run.id);
    ended_after_ = to_string(row[6]);
  });
}

bool StudyWatch::look() {
  const Reader reader(database_);
  const SweepCounts counts = count_runs(reader, study_);
  tell_ends(reader, counts);
  const std::vector<RunUnderWay> running = runs_under_way(reader, study_id_);
  for (const RunUnderWay& under_way : running) {
    if (!places_.contains(under_way.run.id))
      tell({.kind = RunEvent::Kind::started, .run = under_way.run}, counts);
    int& told = epochs_[under_way.run.id];
    if (under_way.progress.epoch == told || under_way.progress.epoch == 0) continue;
    told = under_way.progress.epoch;
    tell({.kind = RunEvent::Kind::epoch_ended, .run = under_way.run, .progress = under_way.progress}, counts);
  }
  listener_.tick();
  return std::any_of(running.begin(), running.end(),
                     [](const RunUnderWay& under_way) { return !under_way.is_left_behind; });
}

}  // namespace ablate
