#include "serve/progress_data.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "store/epochs_by_variant.hpp"
#include "store/run_sql.hpp"
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

/// A run that says it is running and that somebody is at work on.
const std::string is_running = fmt::format("run.status = 'running' AND NOT {}", run_is_left);

Json run_json(const std::vector<Value>& row) {
  return {{"id", whole_of(row[0])},
          {"variant", printable_line(to_string(row[1]))},
          {"seed", whole_of(row[2])},
          {"status", to_string(row[3])}};
}

/// Of the newest plan, by an index alone, however many runs there are.
std::map<std::string, std::int64_t> counts_by_status(const Reader& reader, std::int64_t study_id) {
  std::map<std::string, std::int64_t> counts;
  reader.select("SELECT status, count(*) FROM run WHERE study_id = ?1 AND obsolete = 0 GROUP BY status",
                {study_id},
                [&](const std::vector<Value>& row) { counts[to_string(row[0])] = whole_of(row[1]); });
  return counts;
}

/// The variants of runs that say they are running and that nobody is at work on.
std::vector<std::int64_t> variants_of_left_runs(const Reader& reader, std::int64_t study_id) {
  std::vector<std::int64_t> variants;
  reader.select(
      fmt::format("SELECT variant_id FROM run WHERE study_id = ?1 AND obsolete = 0 AND {}", run_is_left),
      {study_id}, [&](const std::vector<Value>& row) { variants.push_back(whole_of(row[0])); });
  return variants;
}

/// What the variants' runs took that are done, and how many have not begun.
std::map<std::int64_t, VariantStanding> standing_of_variants(const Reader& reader, std::int64_t study_id) {
  std::map<std::int64_t, VariantStanding> variants;
  reader.select(
      fmt::format("SELECT variant_id, {} FROM run WHERE study_id = ?1 AND obsolete = 0 AND status = 'done'",
                  run_seconds),
      {study_id}, [&](const std::vector<Value>& row) {
        const double seconds = real_of(row[1]);
        if (!(seconds > 0.0)) return;
        VariantStanding& variant = variants[whole_of(row[0])];
        ++variant.done, variant.done_seconds += seconds;
      });
  reader.select(
      "SELECT variant_id, count(*) FROM run WHERE study_id = ?1 AND obsolete = 0 AND "
      "status IN ('planned', 'interrupted') GROUP BY variant_id",
      {study_id},
      [&](const std::vector<Value>& row) { variants[whole_of(row[0])].waiting = whole_of(row[1]); });
  return variants;
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

struct EpochPoint {
  std::int64_t epoch;
  double value;
};

/// The lowest, the highest and the first without a number, in their order.
void put_extremes(const std::vector<EpochPoint>& part, Json& points) {
  const EpochPoint *lowest = nullptr, *highest = nullptr, *without = nullptr;
  for (const EpochPoint& point : part) {
    const bool is_number = std::isfinite(point.value);
    if (is_number && (!lowest || point.value < lowest->value)) lowest = &point;
    if (is_number && (!highest || point.value > highest->value)) highest = &point;
    if (!is_number && !without) without = &point;
  }
  for (const EpochPoint& point : part) {
    if (&point == lowest || &point == highest) points.push_back({point.epoch, point.value});
    if (&point == without) points.push_back({point.epoch, nullptr});
  }
}

/// Runs under way with their curves; `under_way` gets what the time left rests on.
Json read_running(const Reader& reader, std::int64_t study_id, const WatchedMetric& watched,
                  const std::map<std::string, int>& known,
                  const std::map<std::int64_t, VariantStanding>& variants, std::vector<UnderWay>& under_way) {
  Json list = Json::array();
  const std::string sql = fmt::format(
      "SELECT run.id, variant.name, seed, status, epochs_done, variant_id, {}, uuid || '.' || attempt FROM run JOIN variant ON variant.id = "
      "variant_id WHERE run.study_id = ?1 AND NOT obsolete AND {} ORDER BY variant_id, seed",
      run_seconds, is_running);
  reader.select(sql, {study_id}, [&](const std::vector<Value>& row) {
    Json& json = list.emplace_back(run_json(row));
    const std::int64_t id = whole_of(row[0]), variant = whole_of(row[5]);
    const auto standing = variants.find(variant);
    const int of = standing == variants.end() ? 0 : standing->second.epochs;
    under_way.push_back({variant, static_cast<int>(whole_of(row[4])), real_of(row[6])});
    json["epoch"] = whole_of(row[4]);
    json["of"] = of;
    json["attempt"] = to_string(row[7]);
    if (!watched.curves || list.size() > most_curves) return;
    const auto last = known.find(to_string(row[7]));
    const std::string split = watched_split(reader, id, watched.metric);
    json["split"] = split;
    DrawnCurve curve = drawn_curve(reader, id, split, watched.metric, last == known.end() ? 0 : last->second);
    json["points"] = std::move(curve.points);
    json["every"] = curve.every;
  });
  return list;
}

Json read_faults(const Reader& reader, std::int64_t study_id) {
  Json list = Json::array();
  reader.select(
      fmt::format(
          "SELECT run.id, variant.name, seed, status, coalesce(error, '') FROM run JOIN variant ON variant.id = "
          "variant_id WHERE run.study_id = ?1 AND NOT obsolete AND status IN ('failed', 'diverged') ORDER BY "
          "variant_id, seed LIMIT {}",
          most_faults),
      {study_id}, [&](const std::vector<Value>& row) {
        list.emplace_back(run_json(row))["error"] = printable_line(to_string(row[4]));
      });
  return list;
}

}  // namespace

Json study_progress(const Reader& reader, std::int64_t study_id, const WatchedMetric& watched,
                    const std::map<std::string, int>& known) {
  auto counts = counts_by_status(reader, study_id);
  auto variants = standing_of_variants(reader, study_id);
  for (const std::int64_t variant : variants_of_left_runs(reader, study_id)) {
    if (--counts["running"] == 0) counts.erase("running");
    ++counts["interrupted"], ++variants[variant].waiting;
  }
  for (const auto& [variant, epochs] : epochs_by_variant(reader, study_id)) variants[variant].epochs = epochs;
  std::vector<UnderWay> under_way;
  Json running = read_running(reader, study_id, watched, known, variants, under_way);
  const auto left = seconds_left(variants, under_way);
  return {{"counts", counts},
          {"seconds_left", left ? Json(std::llround(*left)) : Json()},
          {"running", std::move(running)},
          {"faults", read_faults(reader, study_id)},
          {"answer", answer_state(reader, study_id)}};
}

std::string answer_state(const Reader& reader, std::int64_t study_id) {
  std::string state;
  const auto add = [&](const std::vector<Value>& row) {
    for (const Value& value : row) state += to_string(value) + " ";
  };
  reader.select("SELECT config_sha256 FROM study WHERE id = ?1", {study_id}, add);
  // By an index alone, but for the moments of those that have ended.
  reader.select("SELECT obsolete, count(*) FROM run WHERE study_id = ?1 GROUP BY obsolete", {study_id}, add);
  reader.select(
      "SELECT status, count(*), max(ended_at) FROM run WHERE study_id = ?1 AND obsolete = 0 AND "
      "status IN ('done', 'stopped', 'diverged', 'failed') GROUP BY status",
      {study_id}, add);
  return state;
}

std::optional<double> seconds_left(const std::map<std::int64_t, VariantStanding>& variants,
                                   const std::vector<UnderWay>& under_way) {
  if (under_way.empty()) return std::nullopt;
  const auto standing_of = [&](const UnderWay& run) {
    const auto found = variants.find(run.variant);
    return found == variants.end() ? VariantStanding{} : found->second;
  };
  const auto share_of = [&](const UnderWay& run) {
    const int of = standing_of(run).epochs;
    return of > 0 ? std::min(1.0, static_cast<double>(run.epochs_done) / of) : 0.0;
  };
  double seconds = 0.0, runs = 0.0;
  for (const auto& [id, variant] : variants)
    seconds += variant.done_seconds, runs += static_cast<double>(variant.done);
  for (std::size_t i = 0; runs <= 0.0 && i < under_way.size(); ++i) {
    const UnderWay& run = under_way[i];  // none is done: by how far this one has come
    if (run.seconds > 0.0 && share_of(run) > 0.0) seconds = run.seconds / share_of(run), runs = 1.0;
  }
  if (runs <= 0.0) return std::nullopt;
  const auto usual = [&](const VariantStanding& variant) {
    return variant.done > 0 ? variant.done_seconds / static_cast<double>(variant.done) : seconds / runs;
  };
  double left = 0.0;
  for (const auto& [id, variant] : variants) left += usual(variant) * static_cast<double>(variant.waiting);
  for (const UnderWay& run : under_way) left += usual(standing_of(run)) * (1.0 - share_of(run));
  return left / static_cast<double>(under_way.size());
}

DrawnCurve drawn_curve(const Reader& reader, std::int64_t run_id, const std::string& split,
                       const std::string& metric, int after) {
  const Place place(metric);
  std::int64_t last = 0;
  reader.select(fmt::format("SELECT coalesce(max(epoch), 0) FROM {} WHERE run_id = ?1 AND split = ?2{}",
                            place.table, place.and_metric),
                {run_id, split, metric}, [&](const std::vector<Value>& row) { last = whole_of(row[0]); });
  DrawnCurve curve{Json::array(), last - after > most_points ? (last - after) / (most_points / 3) + 1 : 1};
  std::vector<EpochPoint> part;
  const auto next_part = [&] {
    put_extremes(part, curve.points);
    part.clear();
  };
  reader.select(fmt::format("SELECT epoch, {} FROM {} WHERE run_id = ?1 AND split = ?2{} AND epoch > ?4 "
                            "ORDER BY epoch",
                            place.column, place.table, place.and_metric),
                {run_id, split, metric, std::int64_t{after}}, [&](const std::vector<Value>& row) {
                  const EpochPoint point{whole_of(row[0]), real_of(row[1])};
                  const auto place_of = [&](std::int64_t epoch) { return (epoch - after - 1) / curve.every; };
                  const bool is_next = !part.empty() && place_of(point.epoch) != place_of(part[0].epoch);
                  if (is_next || point.epoch == last) next_part();
                  part.push_back(point);
                });
  next_part();
  return curve;
}

}  // namespace ablate
