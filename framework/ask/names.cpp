#include "ask/names.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ask/lexer.hpp"
#include "base/finding_kinds.hpp"
#include "base/suggest.hpp"
#include "config/catalogue.hpp"
#include "metrics/metric_name.hpp"

namespace ablate::ask {
namespace {

using enum ValueKind;

/// Leaks are the kinds that are not known to be harmless: a kind of another version of the program counts as
/// one.
const std::string& leaked_sql() {
  static const std::string sql = [] {
    std::string harmless;
    for (const FindingKind& kind : finding_kinds()) {
      if (kind.severity != Severity::leak)
        harmless += fmt::format("{}'{}'", harmless.empty() ? "" : ", ", kind.name);
    }
    return fmt::format("EXISTS (SELECT 1 FROM leak WHERE leak.run_id = run.id AND leak.kind NOT IN ({}))",
                       harmless);
  }();
  return sql;
}

std::vector<Fact> facts_of_names() {
  return {
      {"id", number, Reach::run, "run.id", "the run's number"},
      {"run", number, Reach::run, "run.id", "the same"},
      {"uuid", text, Reach::run, "run.uuid", "names the run across files"},
      {"study", text, Reach::study, "study.name", "the study's name"},
      {"variant", text, Reach::variant, "variant.name", "the variant's name"},
      {"baseline", truth, Reach::variant, "variant.is_baseline",
       "the variant is what others are compared with"},
      {"seed", number, Reach::run, "run.seed", "of the run (`data.seed` is the setting)"},
  };
}

std::vector<Fact> facts_of_course() {
  return {
      {"status", text, Reach::run,
       "iif(run.status = 'running' AND is_left(run.worker, run.lease_until), 'interrupted', run.status)",
       "planned, running, waiting, done, stopped, diverged, failed or interrupted"},
      {"attempt", number, Reach::run, "run.attempt", "how often it was begun"},
      {"epochs", number, Reach::run, "run.epochs_done",
       "how many are done (`training.epochs` is the setting)"},
      {"selected", number, Reach::run, "run.best_epoch", "the selected epoch"},
      {"selected_by", text, Reach::run, "run.selected_by", "what selected it"},
      {"started", text, Reach::run, "run.started_at", "when, UTC: `2026-11-22T19:05:30.125Z`"},
      {"ended", text, Reach::run, "run.ended_at", "when, UTC"},
      {"duration", number, Reach::run,
       "round(coalesce(run.seconds, iif(run.ended_at >= run.started_at, 86400.0 * (julianday(run.ended_at) - "
       "julianday(run.started_at)), NULL)), 3)",
       "seconds of work, summed over the attempts that its epochs come from", 1},
      {"error", text, Reach::run, "run.error", "why it failed or diverged"},
      {"exit_reason", text, Reach::run, "run.exit_reason", "`all epochs`, `early stopping: ...`, ..."},
  };
}

std::vector<Fact> facts_of_origin() {
  return {
      {"parameters", number, Reach::variant, "variant.parameters", "weights and biases that are trained"},
      {"flops", number, Reach::variant, "variant.flops_per_sample", "of a training step on one image"},
      {"dirty", truth, Reach::run,
       "iif(run.code_version IS NULL, NULL, run.code_diff_sha256 IS NOT NULL OR run.code_version LIKE "
       "'%-dirty%')",
       "the program differed from its commit; null: not begun"},
      {"leaked", truth, Reach::run, leaked_sql(), "its audit found a leak"},
      {"obsolete", truth, Reach::run, "run.obsolete", "the study's newest plan lacks it"},
      {"machine", text, Reach::run, "(SELECT machine.host FROM machine WHERE machine.id = run.machine_id)",
       "the host that it ran on"},
      {"worker", text, Reach::run, "run.worker", "who began it last"},
      {"code", text, Reach::run, "run.code_version", "the program's version"},
  };
}

std::vector<Fact> facts_of_owner() {
  return {
      {"tag", text, Reach::run,
       "(SELECT group_concat(name, ', ') FROM (SELECT name FROM tag WHERE tag.run_id = run.id ORDER BY "
       "name))",
       "its tags; `tag = best`: one of them is, `tag <> best`: none is", -1,
       "SELECT 1 FROM tag WHERE tag.run_id = run.id AND tag.name"},
      {"note", text, Reach::run,
       "(SELECT group_concat(text, ' | ') FROM (SELECT text FROM note WHERE note.run_id = run.id "
       "ORDER BY created_at, id))",
       "its notes; `note like '%odd%'`: one of them is", -1,
       "SELECT 1 FROM note WHERE note.run_id = run.id AND note.text"},
      {"archived", truth, Reach::run,
       "(run.archived OR (SELECT study.archived FROM study WHERE study.id = run.study_id))",
       "it or its study is; a condition that does not ask for it leaves such runs out, without `--all`"},
  };
}

constexpr std::array split_names = {SplitName::train, SplitName::validation, SplitName::test};
const std::vector<std::string> statuses = {"planned", "running",  "waiting", "done",
                                           "stopped", "diverged", "failed",  "interrupted"};

/// Settings of variants and blocks of two parts or more.
const std::vector<const Setting*>& settings() {
  static const std::vector<const Setting*> all = [] {
    std::vector<const Setting*> found;
    for (const std::string& path : setting_paths()) {
      const Setting* setting = find_setting(path);
      if (is_of_a_variant(*setting) && path.find('.') != std::string::npos) found.push_back(setting);
    }
    return found;
  }();
  return all;
}

ValueKind kind_of(const Setting& setting) {
  if (setting.list || setting.kind == SettingKind::choice_or_number) return any;
  if (setting.kind == SettingKind::truth) return truth;
  return setting.kind == SettingKind::whole || setting.kind == SettingKind::number ? number : text;
}

/// A block is asked for by its first setting.
Name name_of(const Setting& setting) {
  const Setting& valued = setting.kind == SettingKind::block ? setting.settings.front() : setting;
  Name name{
      .what = Name::What::setting, .full = setting.path, .kind = kind_of(valued), .reach = Reach::variant};
  if (name.kind == text) name.choices = valued.choices;
  return name;
}

Name name_of(const Fact& fact) {
  Name name{.full = std::string(fact.name), .kind = fact.kind, .reach = fact.reach, .fact = &fact};
  if (fact.name == "status") name.choices = statuses;
  return name;
}

std::optional<Name> find_fact(std::string_view word) {
  for (const Fact& fact : facts()) {
    if (fact.name == word) return name_of(fact);
  }
  return std::nullopt;
}

std::optional<Name> find_metric_of_split(std::string_view word) {
  for (const SplitName split : split_names) {
    const std::string prefix = to_string(split) + '.';
    if (!word.starts_with(prefix)) continue;
    for (const Metric& metric : metric_table()) {
      if (metric.name != word.substr(prefix.size())) continue;
      return Name{.what = Name::What::metric, .full = std::string(word), .metric = &metric, .split = split};
    }
  }
  return std::nullopt;
}

/// A metric that studies have outside the suite; alone, of the vocabulary's split.
std::optional<Name> find_own_metric(const std::string& word, const Vocabulary& vocabulary) {
  auto found = vocabulary.metrics.find(word);
  if (found == vocabulary.metrics.end() && !vocabulary.split.empty())
    found = vocabulary.metrics.find(vocabulary.split + '.' + word);
  if (found == vocabulary.metrics.end()) return std::nullopt;
  return Name{.what = Name::What::own_metric, .full = found->first, .own = found->second};
}

/// A metric that stands in no run's selected epoch.
std::optional<Name> find_unselected(const std::string& word, const Vocabulary& vocabulary) {
  if (!vocabulary.is_in_epochs || !vocabulary.is_in_epochs(word)) return std::nullopt;
  MetricName parts = metric_name(word);
  return Name{.what = Name::What::own_metric,
              .full = word,
              .own = {std::move(parts.split), std::move(parts.metric), std::nullopt, false}};
}

std::vector<const Setting*> settings_ending_in(std::string_view word) {
  std::vector<const Setting*> found;
  for (const Setting* setting : settings()) {
    if (setting->path == word) return {setting};
    const std::string_view path = setting->path;
    const bool is_end =
        path.size() > word.size() && path.ends_with(word) && path[path.size() - word.size() - 1] == '.';
    if (is_end) found.push_back(setting);
  }
  return found;
}

/// A setting that studies define themselves, by its key or with `settings.` before it.
std::optional<Name> find_own_setting(const std::string& word, const Vocabulary& vocabulary) {
  constexpr std::string_view block = "settings.";
  const auto found = vocabulary.settings.find(word.starts_with(block) ? word.substr(block.size()) : word);
  if (found == vocabulary.settings.end()) return std::nullopt;
  Name name{
      .what = Name::What::setting, .full = found->first, .kind = found->second, .reach = Reach::variant};
  const auto same = settings_ending_in(found->first);
  if (same.size() == 1) name.also = same.front()->path;
  return name;
}

/// Every last part of a key that tells its setting from the others.
std::vector<std::string> short_keys() {
  std::vector<std::string> keys;
  for (const Setting* setting : settings()) {
    const std::string& path = setting->path;
    for (std::size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.', dot + 1)) {
      const std::string key = path.substr(dot + 1);
      if (settings_ending_in(key).size() == 1) keys.push_back(key);
    }
  }
  return keys;
}

bool is_metric(std::string_view word) {
  const auto table = metric_table();
  return std::any_of(table.begin(), table.end(), [&](const Metric& metric) { return metric.name == word; });
}

/// What a study's own name for a factor, or a metric without its split, stands for.
std::string spelled_out(const std::string& word, const Vocabulary& vocabulary) {
  const auto factor = vocabulary.factors.find(word);
  if (factor != vocabulary.factors.end()) return factor->second;
  return is_metric(word) && !vocabulary.split.empty() ? vocabulary.split + '.' + word : word;
}

[[noreturn]] void refuse_ambiguous(const std::string& word, const std::vector<const Setting*>& found,
                                   const std::string& text, std::size_t at) {
  std::vector<std::string> paths;
  for (const Setting* setting : found) paths.push_back(setting->path);
  refuse_at(text, at, fmt::format("'{}' is the end of several settings", word),
            fmt::format("one of {}", fmt::join(paths, ", ")));
}

[[noreturn]] void refuse_unknown(const std::string& word, const std::string& text, std::size_t at,
                                 const Vocabulary& vocabulary) {
  if (is_metric(word)) {
    refuse_at(text, at, fmt::format("'{}' is a metric of each split", word),
              fmt::format("test.{0}, validation.{0} or train.{0}", word));
  }
  std::vector<std::string> names = all_names();
  for (std::string& key : short_keys()) names.push_back(std::move(key));
  for (const auto& [key, kind] : vocabulary.settings) names.push_back(key);
  for (const auto& [name, metric] : vocabulary.metrics) names.push_back(written_name(name));
  refuse_at(text, at, fmt::format("there is no name '{}'", word), suggestion(word, names));
}

}  // namespace

std::span<const Fact> facts() {
  static const std::vector<Fact> all = [] {
    std::vector<Fact> joined;
    for (const auto& part : {facts_of_names(), facts_of_course(), facts_of_origin(), facts_of_owner()})
      joined.insert(joined.end(), part.begin(), part.end());
    return joined;
  }();
  return all;
}

Name find_name(const std::string& typed, const std::string& text, std::size_t at,
               const Vocabulary& vocabulary) {
  if (const auto fact = find_fact(typed)) return *fact;
  const std::string word = spelled_out(typed, vocabulary);
  if (const auto metric = find_metric_of_split(word)) return *metric;
  if (const auto own = find_own_metric(word, vocabulary)) return *own;
  if (const auto own = find_own_setting(word, vocabulary)) return *own;
  const auto found = settings_ending_in(word);
  if (found.empty()) {
    if (const auto unselected = find_unselected(word, vocabulary)) return *unselected;
    refuse_unknown(word, text, at, vocabulary);
  }
  if (found.size() > 1) refuse_ambiguous(word, found, text, at);
  return name_of(*found.front());
}

std::string over_epochs(const Name& name) {
  const std::string written = written_name(name.full);
  if (name.own.up) return fmt::format("last({0}), best({0})", written);
  return fmt::format("last({0}), max({0}) or min({0})", written);
}

bool is_name(const std::string& typed, const Vocabulary& vocabulary) {
  const std::string word = spelled_out(typed, vocabulary);
  return find_fact(typed) || find_metric_of_split(word) || find_own_metric(word, vocabulary) ||
         find_own_setting(word, vocabulary) || settings_ending_in(word).size() == 1;
}

std::vector<std::string> all_names() {
  std::vector<std::string> names;
  for (const Fact& fact : facts()) names.emplace_back(fact.name);
  for (const Setting* setting : settings()) names.push_back(setting->path);
  for (const SplitName split : {SplitName::test, SplitName::validation, SplitName::train}) {
    for (const Metric& metric : metric_table())
      names.push_back(fmt::format("{}.{}", to_string(split), metric.name));
  }
  return names;
}

}  // namespace ablate::ask
