#include "cli/study_words.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ask/lexer.hpp"
#include "base/error.hpp"
#include "config/scalars.hpp"
#include "config/study_names.hpp"
#include "metrics/metric_name.hpp"
#include "metrics/metric_table.hpp"
#include "store/free_metrics.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_studies = 50;  // read for their words, where none is named

/// Takes from `all` what `one` contradicts.
void agree(ask::Vocabulary& all, const ask::Vocabulary& one) {
  for (const auto& [name, key] : one.factors) {
    const auto [known, is_new] = all.factors.try_emplace(name, key);
    if (!is_new && known->second != key) known->second.clear();
  }
  if (all.split != one.split) all.split.clear();
  all.settings.insert(one.settings.begin(), one.settings.end());
}

ask::ValueKind kind_of(const Node& value) {
  if (value.is(Node::Kind::sequence)) return ask::ValueKind::any;
  if (truth(value)) return ask::ValueKind::truth;
  return number(value) ? ask::ValueKind::number : ask::ValueKind::text;
}

/// Settings that a study defines itself, by their dotted keys.
void add_own_settings(const Node& block, const std::string& prefix, ask::Vocabulary& words) {
  for (const Entry& entry : block.entries) {
    if (entry.value.is(Node::Kind::mapping)) {
      add_own_settings(entry.value, prefix + entry.key + '.', words);
    } else {
      words.settings[prefix + entry.key] = kind_of(entry.value);
    }
  }
}

ask::Vocabulary read_words(const StudyRecord& record) {
  ask::Vocabulary words;
  words.split = to_string(SplitName::test);
  try {
    const StudyNames names = names_of_study(record.config, record.name);
    words.factors = names.factors;
    for (const SplitName split : {SplitName::train, SplitName::validation}) {
      if (names.primary.starts_with(to_string(split) + '.')) words.split = to_string(split);
    }
    add_own_settings(names.settings, {}, words);
  } catch (const RequestError&) {
    // a study whose file is of another kind
  }
  return words;
}

std::map<std::string, ask::OwnMetric> own_metrics(const Reader& reader, std::optional<std::int64_t> study) {
  std::map<std::string, ask::OwnMetric> all;
  for (const FreeMetric& metric : free_metrics(reader, study))
    all[to_string(MetricName{metric.split, metric.metric})] = {metric.split, metric.metric, metric.up};
  return all;
}

/// What the study's report rests on; empty where its file is of another kind.
std::string primary_of(const StudyRecord& study) {
  try {
    return names_of_study(study.config, study.name).primary;
  } catch (const RequestError&) {
    return {};
  }
}

/// What the reports of the studies that are not archived rest on, of the newest first.
std::vector<std::string> primaries_of(const Reader& reader) {
  std::vector<std::string> primaries;
  reader.select("SELECT name, config FROM study WHERE NOT archived ORDER BY id DESC LIMIT ?1",
                {static_cast<std::int64_t>(most_studies)}, [&](const std::vector<Value>& row) {
                  StudyRecord study;
                  study.name = to_string(row[0]), study.config = to_string(row[1]);
                  primaries.push_back(primary_of(study));
                });
  return primaries;
}

/// The last parts of a key that find it: "skip" of model.skip.
std::string short_name(const std::string& key) {
  const std::string last = key.substr(key.rfind('.') + 1);
  try {
    if (ask::find_name(last, last, 0).full == key) return last;
  } catch (const RequestError&) {
    // several settings end so
  }
  return key;
}

}  // namespace

ask::Vocabulary vocabulary_of(const Reader& reader, const std::optional<StudyRecord>& study) {
  const auto id = study ? std::optional(study->id) : std::nullopt;
  const auto own = own_metrics(reader, id);
  const auto in_epochs = [&reader, id](const std::string& name) { return is_in_epochs(reader, id, name); };
  if (study) {
    ask::Vocabulary words = read_words(*study);
    words.metrics = own;
    words.is_in_epochs = in_epochs;
    return words;
  }
  std::vector<StudyRecord> studies = reader.studies();
  std::erase_if(studies, [](const StudyRecord& one) { return one.archived; });
  if (studies.empty() || studies.size() > most_studies) return {.metrics = own, .is_in_epochs = in_epochs};
  ask::Vocabulary all = read_words(studies.front());
  for (const StudyRecord& one : studies) agree(all, read_words(one));
  all.metrics = own;
  all.is_in_epochs = in_epochs;
  std::erase_if(all.factors, [](const auto& factor) { return factor.second.empty(); });
  return all;
}

std::vector<std::string> usual_metrics(const Reader& reader, const std::optional<StudyRecord>& study) {
  constexpr std::size_t most_metrics = 6;
  const std::vector<std::string> ours = {"validation.accuracy", "test.accuracy", "test.log_loss"};
  std::vector<std::string> names = study ? declared_metrics(reader, study->id) : declared_metrics(reader);
  if (names.empty()) return ours;
  if (!study && is_any_without_declared(reader)) names.insert(names.end(), ours.begin(), ours.end());
  std::vector<std::string> first;
  if (study) first = {primary_of(*study)};
  if (!study && names.size() > most_metrics) first = primaries_of(reader);
  std::erase_if(first,
                [&](const auto& name) { return std::find(names.begin(), names.end(), name) == names.end(); });
  names.insert(names.begin(), first.begin(), first.end());
  std::vector<std::string> metrics;
  for (const std::string& name : names) {
    const bool is_new = std::find(metrics.begin(), metrics.end(), name) == metrics.end();
    if (is_new && metrics.size() < most_metrics) metrics.push_back(name);
  }
  return metrics;
}

std::string factor_columns(const Reader& reader, const StudyRecord& study,
                           const ask::Vocabulary& vocabulary) {
  std::vector<std::string> keys;
  std::set<std::map<std::string, std::string>> values;
  const std::vector<VariantRecord> variants = reader.variants(study.id);
  for (const VariantRecord& variant : variants) {
    std::map<std::string, std::string> of_one;
    for (const FactorRecord& factor : variant.factors) {
      of_one[factor.key] = to_string(factor.value);
      if (std::find(keys.begin(), keys.end(), factor.key) == keys.end()) keys.push_back(factor.key);
    }
    values.insert(of_one);
  }
  const bool are_names = std::all_of(keys.begin(), keys.end(),
                                     [&](const std::string& key) { return ask::is_name(key, vocabulary); });
  if (keys.empty() || values.size() < variants.size() || !are_names) return "variant";
  std::vector<std::string> columns;
  for (const std::string& key : keys) {
    const auto named = std::find_if(vocabulary.factors.begin(), vocabulary.factors.end(),
                                    [&](const auto& factor) { return factor.second == key; });
    columns.push_back(ask::written_name(named != vocabulary.factors.end() ? named->first : short_name(key)));
  }
  return fmt::format("{}", fmt::join(columns, ","));
}

}  // namespace ablate
