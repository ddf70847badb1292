#include "report/answer.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "report/asked_changes.hpp"
#include "report/comparison.hpp"
#include "report/judge.hpp"
#include "report/judged_images.hpp"
#include "report/lost_runs.hpp"
#include "report/phrases.hpp"

namespace ablate {
namespace {

using Runs = std::vector<FactorialRun>;

/// The settings in which no side was cut by a stop rule; all where there is none.
std::vector<AskedSetting> open_settings(const Comparison& comparison, const AskedChanges& asked,
                                        const AskedChange& change) {
  const std::vector<AskedSetting> all = asked_settings(comparison, asked, change);
  std::vector<AskedSetting> open;
  std::copy_if(all.begin(), all.end(), std::back_inserter(open), [&](const AskedSetting& both) {
    return !is_stopped(comparison.variants[both.from]) && !is_stopped(comparison.variants[both.to]);
  });
  return open.empty() ? all : open;
}

/// Two levels or more: a row of one level would be the pooled row once more.
bool has_levels(const std::vector<std::vector<std::size_t>>& settings, std::size_t place) {
  return std::any_of(settings.begin(), settings.end(),
                     [&](const auto& setting) { return setting[place] != settings.front()[place]; });
}

AnsweredContrast contrast_of(const Comparison& comparison, const AskedChanges& asked, const Runs& runs,
                             const AskedChange& change) {
  const std::vector<JointFactor>& factors = asked.factors;
  AnsweredContrast of;
  std::vector<std::size_t> by;
  of.subject = joint_name(comparison, factors[change.factor]);
  of.from = joint_label(comparison, factors[change.factor], change.from);
  of.to = joint_label(comparison, factors[change.factor], change.to);
  of.name = fmt::format("{}: {} → {}", of.subject, of.from, of.to);
  for (const std::size_t key : factors[change.factor].keys)
    of.asked_keys.push_back(comparison.factor_keys[key]);
  of.others = other_factors(asked, change);
  if (!asked.of_changes) by = by_places(comparison, factors, of.others);
  for (const AskedSetting& both : open_settings(comparison, asked, change)) {
    of.settings.push_back(both.setting);
    of.from_variants.push_back(both.from);
    of.to_variants.push_back(both.to);
  }
  of.pairs = contrast_pairs(runs, change.factor, change.from, change.to);
  // Settings that one side alone was planned in, or in which one was stopped, are no settings of the contrast.
  std::erase_if(of.pairs, [&](const ContrastPair& pair) {
    return std::find(of.settings.begin(), of.settings.end(), pair.setting) == of.settings.end();
  });
  std::erase_if(by, [&](std::size_t place) { return !has_levels(of.settings, place); });
  of.by = std::move(by);
  of.contrast = contrast_over(of.pairs, of);
  return of;
}

/// A whole variant against the baseline.
AnsweredContrast contrast_of(const Comparison& comparison, std::size_t base, std::size_t variant) {
  AnsweredContrast of;
  const VariantSummary &from = comparison.variants[base], &to = comparison.variants[variant];
  of.from = from.name, of.to = to.name;
  of.name = fmt::format("{} → {}", of.from, of.to);
  of.from_variants = {base}, of.to_variants = {variant};
  std::map<std::int64_t, ContrastPair> pairs;
  for (const SeedValue& value : from.values) pairs[value.seed].from = value.value;
  for (const SeedValue& value : to.values) pairs[value.seed].to = value.value;
  for (auto& [seed, pair] : pairs) {
    pair.seed = seed;
    of.pairs.push_back(pair);
  }
  of.contrast = contrast(of.pairs, {});
  return of;
}

bool has_pairs(const AnsweredContrast& of) { return of.contrast.pooled.pairs > 0; }

/// No run of one side has a number, because they were lost, where the other's have: an outcome, and no missing value.
bool is_lost(const Comparison& comparison, const AnsweredContrast& of) {
  const auto lost = [&](std::size_t place) {
    const VariantSummary& variant = comparison.variants[place];
    return variant.values.empty() && !is_stopped(variant) && losses(comparison, variant) > 0;
  };
  const auto finished = [&](std::size_t place) { return !comparison.variants[place].values.empty(); };
  const auto &from = of.from_variants, &to = of.to_variants;
  if (has_pairs(of) || from.empty()) return false;
  return (std::all_of(to.begin(), to.end(), lost) && std::any_of(from.begin(), from.end(), finished)) ||
         (std::all_of(from.begin(), from.end(), lost) && std::any_of(to.begin(), to.end(), finished));
}

void add_whole_variants(StudyAnswer& answer, const Comparison& comparison) {
  const VariantSummary* base = baseline(comparison);
  if (!base) return;
  answer.of_changes = true;
  const auto place = static_cast<std::size_t>(base - comparison.variants.data());
  for (std::size_t v = 0; v < comparison.variants.size(); ++v) {
    const bool counts = v != place && !is_stopped(comparison.variants[v]);
    if (counts) answer.contrasts.push_back(contrast_of(comparison, place, v));
  }
  // Where nothing at all can be compared, `why_no_answer` says so.
  const bool any = std::any_of(answer.contrasts.begin(), answer.contrasts.end(), has_pairs);
  std::erase_if(answer.contrasts,
                [&](const auto& of) { return !has_pairs(of) && !(any && is_lost(comparison, of)); });
}

}  // namespace

std::optional<StudyAnswer> answer(const Comparison& comparison) {
  StudyAnswer answer;
  const AskedChanges asked = asked_changes(comparison);
  answer.factors = asked.factors;
  answer.margin = comparison.question_asked.margin;
  const Runs runs = runs_of(comparison, answer.factors);
  if (!runs.empty() && !comparison.is_pair) {
    answer.declared = asked.declared;
    answer.of_changes = asked.of_changes;
    for (const AskedChange& change : asked.changes) {
      AnsweredContrast of = contrast_of(comparison, asked, runs, change);
      if (has_pairs(of) || is_lost(comparison, of)) answer.contrasts.push_back(std::move(of));
    }
  }
  answer.is_unanswered = answer.declared && answer.contrasts.empty();
  if (answer.contrasts.empty()) add_whole_variants(answer, comparison);
  if (answer.contrasts.empty()) return std::nullopt;
  for (AnsweredContrast& of : answer.contrasts) of.other_images = different_images(comparison, of).differ();
  judge(answer, comparison);
  return answer;
}

}  // namespace ablate
