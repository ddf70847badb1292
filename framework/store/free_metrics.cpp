#include "store/free_metrics.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "metrics/metric_name.hpp"
#include "metrics/metric_table.hpp"
#include "store/next_of.hpp"
#include "store/row_checks.hpp"

namespace ablate {
namespace {

constexpr std::string_view declared = "trainer.metrics.";

std::string text_of(const Value& value) { return to_string(value); }

std::string past_declared() {
  std::string end(declared);
  ++end.back();
  return end;
}

bool is_of_suite(const MetricName& name) {
  const auto table = metric_table();
  return !name.split.empty() && std::any_of(table.begin(), table.end(),
                                            [&](const Metric& metric) { return metric.name == name.metric; });
}

void add(std::vector<FreeMetric>& all, const MetricName& name, std::optional<bool> up) {
  const auto known = std::find_if(all.begin(), all.end(), [&](const FreeMetric& metric) {
    return metric.split == name.split && metric.metric == name.metric;
  });
  if (known == all.end()) {
    all.push_back({name.split, name.metric, up});
  } else if (up && known->up != up) {
    known->up.reset();
  }
}

void add_declared(const std::vector<Value>& row, std::vector<FreeMetric>& all) {
  const MetricName name = metric_name(text_of(row[0]).substr(declared.size()));
  if (!is_of_suite(name)) add(all, name, text_of(row[1]) == "up");
}

void add_declared_by(const Reader& reader, std::int64_t study_id, std::vector<FreeMetric>& all) {
  reader.select(
      "SELECT DISTINCT key, value FROM setting JOIN variant ON variant.id = setting.variant_id "
      "WHERE key >= ?1 AND key < ?2 AND variant.study_id = ?3 AND EXISTS "
      "(SELECT 1 FROM run WHERE variant_id = variant.id AND NOT obsolete)",
      {std::string(declared), past_declared(), study_id},
      [&](const std::vector<Value>& row) { add_declared(row, all); });
}

/// Jumps from name to name along the index, as below.
void add_declared_anywhere(const Reader& reader, std::vector<FreeMetric>& all) {
  Value key = std::string(declared), value = std::string();
  for (bool found = true; found;) {
    found = false;
    reader.select(next_of("setting", "key", "value", " AND key < ?3"), {key, value, past_declared()},
                  [&](const std::vector<Value>& row) {
                    key = row[0], value = row[1], found = true;
                    add_declared(row, all);
                  });
  }
}

/// Jumps from name to name along the index.
void add_reported(const Reader& reader, std::vector<FreeMetric>& all) {
  MetricName last;
  for (bool found = true; found;) {
    found = false;
    reader.select(next_of("run_value", "metric", "split"), {last.metric, last.split},
                  [&](const std::vector<Value>& row) {
                    last = {text_of(row[1]), text_of(row[0])};
                    found = true;
                  });
    if (found) add(all, last, std::nullopt);
  }
}

std::vector<FreeValueOf> values_of(const Reader& reader, const std::string& sql, std::int64_t study_id) {
  std::vector<FreeValueOf> values;
  reader.select(sql, {study_id}, [&](const std::vector<Value>& row) {
    FreeValueOf& value = values.emplace_back();
    value.run_id = std::get<std::int64_t>(row[0]);
    value.epoch = static_cast<int>(std::get<std::int64_t>(row[1]));
    const double* number = std::get_if<double>(&row[4]);
    value.value = {text_of(row[2]), text_of(row[3]), number ? *number : MetricSuite::none};
    if (number && std::abs(*number) > largest_value)
      check_value(value.run_id, value.epoch, value.value.split, value.value.metric, *number);
  });
  return values;
}

}  // namespace

std::vector<FreeMetric> free_metrics(const Reader& reader, std::optional<std::int64_t> study_id) {
  std::vector<FreeMetric> all;
  if (!study_id) {
    add_declared_anywhere(reader, all);
    add_reported(reader, all);
    return all;
  }
  add_declared_by(reader, *study_id, all);
  reader.select(
      "SELECT DISTINCT v.metric, v.split FROM run CROSS JOIN run_value AS v ON v.run_id = run.id WHERE run.study_id = ?1",
      {*study_id}, [&](const std::vector<Value>& row) {
        add(all, {text_of(row[1]), text_of(row[0])}, std::nullopt);
      });
  return all;
}

bool is_in_epochs(const Reader& reader, std::optional<std::int64_t> study_id, const std::string& name) {
  const MetricName parts = metric_name(name);
  std::vector<Value> values = {parts.split, parts.metric};
  if (study_id) values.emplace_back(*study_id);
  bool found = false;
  reader.select(
      fmt::format("SELECT 1 FROM run CROSS JOIN epoch_value AS e ON e.run_id = run.id AND e.split = ?1 "
                  "AND e.metric = ?2 AND e.value IS NOT NULL{} LIMIT 1",
                  study_id ? " WHERE run.study_id = ?3" : ""),
      values, [&](const std::vector<Value>&) { found = true; });
  return found;
}

std::vector<std::string> declared_metrics(const Reader& reader, std::int64_t study_id) {
  std::vector<std::string> names;
  reader.select(
      "SELECT DISTINCT key FROM setting JOIN variant ON variant.id = setting.variant_id "
      "WHERE key >= ?1 AND key < ?2 AND variant.study_id = ?3",
      {std::string(declared), past_declared(), study_id},
      [&](const std::vector<Value>& row) { names.push_back(text_of(row[0]).substr(declared.size())); });
  return names;
}

std::vector<std::string> declared_metrics(const Reader& reader) {
  std::vector<std::string> names;
  Value key = std::string(declared);
  for (bool found = true; found;) {
    found = false;
    reader.select("SELECT key FROM setting WHERE key > ?1 AND key < ?2 ORDER BY key LIMIT 1",
                  {key, past_declared()}, [&](const std::vector<Value>& row) {
                    key = row[0], found = true;
                    names.push_back(text_of(row[0]).substr(declared.size()));
                  });
  }
  return names;
}

bool is_any_without_declared(const Reader& reader) {
  bool found = false;
  reader.select(
      "SELECT EXISTS (SELECT 1 FROM study WHERE NOT archived AND NOT EXISTS (SELECT 1 FROM setting WHERE variant_id = "
      "(SELECT min(id) FROM variant WHERE study_id = study.id) AND key > ?1 AND key < ?2))",
      {std::string(declared), past_declared()},
      [&](const std::vector<Value>& row) { found = row[0] == Value(std::int64_t{1}); });
  return found;
}

bool is_paired(const Reader& reader, std::int64_t study_id) {
  bool paired = true;
  reader.select(
      "SELECT value FROM setting JOIN variant ON variant.id = setting.variant_id WHERE key = 'trainer.paired' "
      "AND variant.study_id = ?1 LIMIT 1",
      {study_id}, [&](const std::vector<Value>& row) { paired = text_of(row[0]) != "false"; });
  return paired;
}

std::vector<FreeValueOf> study_values(const Reader& reader, std::int64_t study_id,
                                      const std::string& condition) {
  const std::string sql =
      "SELECT m.run_id, m.epoch, m.split, m.metric, m.value FROM run CROSS JOIN epoch_value AS m "
      "ON m.run_id = run.id WHERE run.study_id = ?1" +
      condition;
  return values_of(reader, sql, study_id);
}

std::vector<FreeValueOf> study_selected_values(const Reader& reader, std::int64_t study_id) {
  return values_of(reader,
                   "SELECT v.run_id, v.epoch, v.split, v.metric, v.value FROM run CROSS JOIN run_value AS v "
                   "ON v.run_id = run.id WHERE run.study_id = ?1",
                   study_id);
}

}  // namespace ablate
