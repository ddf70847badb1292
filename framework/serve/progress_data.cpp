#include "serve/progress_data.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "text/escape.hpp"

namespace ablate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_curves = 12, most_faults = 50;
constexpr std::int64_t most_points = 2000;

double real_of(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  const auto* number = std::get_if<double>(&value);
  return number ? *number : std::nan("");
}

std::int64_t whole_of(const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number ? *number : 0;
}

/// The epochs that each variant trains, where its settings say.
std::map<std::int64_t, int> epochs_of_variants(const Reader& reader, std::int64_t study_id) {
  std::map<std::int64_t, int> epochs;
  reader.select(
      "SELECT variant.id, setting.value FROM variant JOIN setting ON setting.variant_id = variant.id "
      "WHERE variant.study_id = ?1 AND setting.key = 'training.epochs'",
      {study_id},
      [&](const std::vector<Value>& row) { epochs[whole_of(row[0])] = static_cast<int>(whole_of(row[1])); });
  return epochs;
}

int epochs_of(const std::map<std::int64_t, int>& epochs, std::int64_t variant) {
  const auto found = epochs.find(variant);
  return found == epochs.end() ? 0 : found->second;
}

Json run_json(const RunRecord& run) {
  return {{"id", run.id},
          {"variant", printable_line(run.variant)},
          {"seed", run.seed},
          {"status", to_string(run.status)}};
}

/// Where an epoch's value of a metric stands: a column of the suite, or a row of its own.
struct Place {
  std::string table, column, and_metric;

  explicit Place(const std::string& metric) {
    const auto suite = metric_table();
    const bool is_own =
        std::none_of(suite.begin(), suite.end(), [&](const Metric& one) { return one.name == metric; });
    table = is_own ? "epoch_value" : "epoch_metric";
    column = is_own ? "value" : metric;
    and_metric = is_own ? " AND metric = ?3" : " AND ?3 <> ''";
  }
};

std::string watched_split(const Reader& reader, std::int64_t run_id, const std::string& metric) {
  const Place place(metric);
  for (const char* split : {"validation", "train"}) {
    bool is_there = false;
    reader.select(fmt::format("SELECT 1 FROM {} WHERE run_id = ?1 AND split = ?2{} LIMIT 1", place.table,
                              place.and_metric),
                  {run_id, std::string(split), metric}, [&](const std::vector<Value>&) { is_there = true; });
    if (is_there) return split;
  }
  return {};
}

Json running_json(const Reader& reader, const std::vector<RunRecord>& runs,
                  const std::map<std::int64_t, int>& epochs, const WatchedMetric& watched,
                  const std::map<std::int64_t, int>& known) {
  Json list = Json::array();
  for (const RunRecord& run : runs) {
    if (run.status != RunStatus::running || run.obsolete) continue;
    Json& json = list.emplace_back(run_json(run));
    json["epoch"] = run.epochs_done;
    json["of"] = epochs_of(epochs, run.variant_id);
    if (!watched.curves || list.size() > most_curves) continue;
    const auto last = known.find(run.id);
    const std::string split = watched_split(reader, run.id, watched.metric);
    json["split"] = split;
    json["points"] =
        curve_points(reader, run.id, split, watched.metric, last == known.end() ? 0 : last->second);
  }
  return list;
}

Json faults_json(const std::vector<RunRecord>& runs) {
  Json list = Json::array();
  for (const RunRecord& run : runs) {
    const bool ended_badly = run.status == RunStatus::failed || run.status == RunStatus::diverged;
    if (!ended_badly || run.obsolete || list.size() == most_faults) continue;
    list.emplace_back(run_json(run))["error"] = printable_line(run.error);
  }
  return list;
}

}  // namespace

Json study_progress(const Reader& reader, std::int64_t study_id, const WatchedMetric& watched,
                    const std::map<std::int64_t, int>& known) {
  const std::vector<RunRecord> runs = reader.runs(study_id);
  const auto epochs = epochs_of_variants(reader, study_id);
  std::map<std::string, int> counts;
  for (const RunRecord& run : runs) {
    if (!run.obsolete) ++counts[to_string(run.status)];
  }
  const auto left = seconds_left(runs, epochs);
  return {{"counts", counts},
          {"seconds_left", left ? Json(std::llround(*left)) : Json()},
          {"running", running_json(reader, runs, epochs, watched, known)},
          {"faults", faults_json(runs)},
          {"answer", answer_state(reader, study_id)}};
}

std::string answer_state(const Reader& reader, std::int64_t study_id) {
  std::string state;
  reader.select(
      "SELECT study.config_sha256, count(*), sum(obsolete), sum(status NOT IN ('planned', 'running', 'waiting', "
      "'interrupted')), sum(status = 'done'), max(ended_at) FROM run JOIN study ON study.id = run.study_id "
      "WHERE study.id = ?1",
      {study_id}, [&](const std::vector<Value>& row) {
        for (const Value& value : row) state += to_string(value) + " ";
      });
  return state;
}

std::optional<double> seconds_left(const std::vector<RunRecord>& runs,
                                   const std::map<std::int64_t, int>& epochs) {
  struct Took {
    double seconds = 0.0;
    int runs = 0;
  };
  const auto share_of = [&](const RunRecord& run) {
    const int of = epochs_of(epochs, run.variant_id);
    return of > 0 ? std::min(1.0, static_cast<double>(run.epochs_done) / of) : 0.0;
  };
  std::map<std::int64_t, Took> by_variant;
  Took all, begun;  // by those that are done; while none is, by how far the others have come
  for (const RunRecord& run : runs) {
    const double seconds = run.course.seconds.value_or(0.0);
    if (seconds <= 0.0) continue;
    if (run.status == RunStatus::done) {
      for (Took* took : {&by_variant[run.variant_id], &all}) took->seconds += seconds, ++took->runs;
    } else if (run.status == RunStatus::running && share_of(run) > 0.0) {
      begun.seconds += seconds / share_of(run), ++begun.runs;
    }
  }
  if (all.runs == 0) all = begun;
  if (all.runs == 0) return std::nullopt;
  double left = 0.0;
  int running = 0;
  for (const RunRecord& run : runs) {
    const bool waits = run.status == RunStatus::planned || run.status == RunStatus::interrupted;
    if (run.obsolete || (!waits && run.status != RunStatus::running)) continue;
    const auto own = by_variant.find(run.variant_id);
    const Took& took = own == by_variant.end() || own->second.runs == 0 ? all : own->second;
    left += took.seconds / took.runs * (1.0 - share_of(run));
    running += run.status == RunStatus::running;
  }
  if (running == 0) return std::nullopt;
  return left / running;
}

Json curve_points(const Reader& reader, std::int64_t run_id, const std::string& split,
                  const std::string& metric, int after) {
  const Place place(metric);
  std::int64_t last = 0;
  reader.select(fmt::format("SELECT coalesce(max(epoch), 0) FROM {} WHERE run_id = ?1 AND split = ?2{}",
                            place.table, place.and_metric),
                {run_id, split, metric}, [&](const std::vector<Value>& row) { last = whole_of(row[0]); });
  const std::int64_t step = std::max<std::int64_t>(1, (last - after + most_points - 1) / most_points);
  Json points = Json::array();
  reader.select(fmt::format("SELECT epoch, {} FROM {} WHERE run_id = ?1 AND split = ?2{} AND epoch > ?4 AND "
                            "((epoch - ?4) % ?5 = 0 OR epoch = ?6) ORDER BY epoch",
                            place.column, place.table, place.and_metric),
                {run_id, split, metric, std::int64_t{after}, step, last}, [&](const std::vector<Value>& row) {
                  const double value = real_of(row[1]);
                  points.push_back({whole_of(row[0]), std::isfinite(value) ? Json(value) : Json()});
                });
  return points;
}

}  // namespace ablate
