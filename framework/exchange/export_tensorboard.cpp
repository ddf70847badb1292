#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/file.hpp"
#include "exchange/event_file.hpp"
#include "exchange/export_trackers.hpp"
#include "exchange/run_series.hpp"
#include "store/new_file.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;
using Hparams = std::vector<std::pair<std::string, Value>>;

/// "events.out.tfevents.SECONDS.ablate": what TensorBoard looks for.
std::string file_name(double seconds) { return fmt::format("events.out.tfevents.{:010.0f}.ablate", seconds); }

Hparams hparams_of(const RunSeries& series) {
  Hparams hparams;
  for (const FactorRecord& factor : series.variant.factors) hparams.emplace_back(factor.key, factor.value);
  hparams.emplace_back("seed", series.run.seed);
  return hparams;
}

std::string session_bytes(const RunSeries& series) {
  EventFile file(series.started);
  file.add_session(series.started, hparams_of(series), series.run.variant);
  for (const SeriesPoint& point : series.points)
    file.add_scalar(point.seconds, point.step, point.name, point.value);
  file.add_session_end(series.ended, series.run.status == RunStatus::done);
  return file.bytes();
}

}  // namespace

bool export_tensorboard(const fs::path& database, const std::string& study, const fs::path& folder,
                        const std::atomic<bool>& stop) {
  const Reader reader = Reader::snapshot(database);
  const StudyRecord record = reader.study(study);
  NewFile made(folder);
  fs::create_directory(made.part());
  std::map<std::string, Value> hparams;
  std::set<std::string> metrics;
  each_series(reader, record, [&](const RunSeries& series) {
    if (stop) return;
    for (const auto& [name, value] : hparams_of(series)) hparams.try_emplace(name, value);
    for (const SeriesPoint& point : series.points) metrics.insert(point.name);
    write_file(made.part() / session_name(series) / file_name(series.started), session_bytes(series));
  });
  if (stop) return false;
  const double created = seconds_of(record.created_at);
  EventFile experiment(created);
  experiment.add_experiment(created, {hparams.begin(), hparams.end()}, {metrics.begin(), metrics.end()});
  write_file(made.part() / file_name(created), experiment.bytes());
  made.finish();
  return true;
}

}  // namespace ablate
