#include "store/repeats.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace ablate {
namespace {

/// How far apart the two are, in proportion; infinite where one is no number.
double distance(const RepeatedEpoch& again) {
  const double apart = std::abs(again.first - again.again);
  if (std::isnan(apart)) return std::numeric_limits<double>::infinity();
  return apart / std::max({std::abs(again.first), std::abs(again.again), std::numeric_limits<double>::min()});
}

}  // namespace

std::vector<RepeatOf> study_repeats(const Reader& reader, std::int64_t study_id) {
  std::vector<std::int64_t> runs;
  reader.select(
      "SELECT DISTINCT run.id FROM run JOIN repeated_epoch AS again ON again.run_id = run.id "
      "WHERE run.study_id = ?1 AND NOT run.obsolete AND again.metric IS NOT NULL ORDER BY run.id",
      {study_id}, [&](const std::vector<Value>& row) { runs.push_back(std::get<std::int64_t>(row[0])); });
  std::vector<RepeatOf> repeats;
  for (const std::int64_t run : runs) add_repeats(reader, run, repeats);
  return repeats;
}

void add_repeats(const Reader& reader, std::int64_t run_id, std::vector<RepeatOf>& repeats) {
  for (RepeatedEpoch& again : reader.run_repeats(run_id)) {
    if (!again.metric.empty()) repeats.push_back({run_id, std::move(again)});
  }
}

bool is_any_resumed(const std::vector<RepeatOf>& repeats) {
  return std::any_of(repeats.begin(), repeats.end(),
                     [](const RepeatOf& again) { return again.epoch.attempt > 1; });
}

std::optional<RepeatedEpoch> widest(const std::vector<RepeatOf>& repeats) {
  const auto nearer = [](const RepeatOf& a, const RepeatOf& b) {
    return distance(a.epoch) < distance(b.epoch);
  };
  const auto found = std::max_element(repeats.begin(), repeats.end(), nearer);
  return found == repeats.end() ? std::nullopt : std::optional(found->epoch);
}

std::string size_text(const RepeatedEpoch& again) {
  const double apart = std::abs(again.first - again.again);
  if (std::isnan(apart)) return again.metric + ", once without a number";
  return fmt::format("{} by up to {:.3g}", again.metric, apart);
}

}  // namespace ablate
