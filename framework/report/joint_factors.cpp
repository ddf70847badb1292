#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/numbers_alike.hpp"
#include "report/answer.hpp"
#include "report/comparison.hpp"
#include "report/phrases.hpp"

namespace ablate {
namespace {

/// For each variant the place of its value among the values of one key.
std::vector<std::size_t> partition_by(const Comparison& comparison, std::size_t key) {
  std::vector<Value> known;
  std::vector<std::size_t> places;
  for (const VariantSummary& variant : comparison.variants) {
    const auto found = std::find(known.begin(), known.end(), variant.factors[key]);
    places.push_back(static_cast<std::size_t>(found - known.begin()));
    if (found == known.end()) known.push_back(variant.factors[key]);
  }
  return places;
}

bool is_number(const Value& value) {
  return std::holds_alternative<double>(value) || std::holds_alternative<std::int64_t>(value);
}

double as_number(const Value& value) {
  const auto* whole = std::get_if<std::int64_t>(&value);
  return whole ? static_cast<double>(*whole) : std::get<double>(value);
}

std::vector<Value> values_of(const JointFactor& factor, const VariantSummary& variant) {
  std::vector<Value> values;
  for (const std::size_t key : factor.keys) values.push_back(variant.factors[key]);
  return values;
}

/// Levels that are texts such as "9k" and "10k", in the order of their numbers. They stay texts: no trend is tested.
void sort_texts(std::vector<std::vector<Value>>& levels) {
  std::vector<std::string> texts;
  for (const std::vector<Value>& level : levels) {
    const auto* text = level.size() == 1 ? std::get_if<std::string>(&level.front()) : nullptr;
    if (!text) return;
    texts.push_back(*text);
  }
  const auto numbers = numbers_alike(texts);
  if (!numbers) return;
  std::vector<std::pair<double, std::vector<Value>>> by_number;
  for (std::size_t i = 0; i < levels.size(); ++i) by_number.emplace_back((*numbers)[i], levels[i]);
  std::stable_sort(by_number.begin(), by_number.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < levels.size(); ++i) levels[i] = std::move(by_number[i].second);
}

void add_levels(JointFactor& factor, const Comparison& comparison) {
  for (const VariantSummary& variant : comparison.variants) {
    auto values = values_of(factor, variant);
    if (std::find(factor.levels.begin(), factor.levels.end(), values) == factor.levels.end())
      factor.levels.push_back(std::move(values));
  }
  factor.ordered =
      factor.keys.size() == 1 && std::all_of(factor.levels.begin(), factor.levels.end(),
                                             [](const auto& level) { return is_number(level.front()); });
  if (factor.ordered) {
    std::sort(factor.levels.begin(), factor.levels.end(),
              [](const auto& a, const auto& b) { return as_number(a.front()) < as_number(b.front()); });
  } else {
    sort_texts(factor.levels);
  }
  if (const VariantSummary* base = baseline(comparison)) factor.baseline = level_of(factor, base->factors);
}

/// The level of variants that change nothing of the factor, as all but one do where one is changed at a time.
bool is_unset(const JointFactor& factor, std::size_t level) {
  const std::vector<Value>& values = factor.levels[level];
  return std::all_of(values.begin(), values.end(),
                     [](const Value& value) { return std::holds_alternative<std::monostate>(value); });
}

/// The value, or that of variants which do not change the factor.
const Value& or_unchanged(const Comparison& comparison, std::size_t key, const Value& value) {
  const bool is_set = !std::holds_alternative<std::monostate>(value) || key >= comparison.unchanged.size();
  return is_set ? value : comparison.unchanged[key];
}

}  // namespace

std::vector<JointFactor> joint_factors(const Comparison& comparison) {
  std::vector<JointFactor> factors;
  std::vector<std::vector<std::size_t>> partitions;
  for (std::size_t key = 0; key < comparison.factor_keys.size(); ++key) {
    const auto partition = partition_by(comparison, key);
    if (std::all_of(partition.begin(), partition.end(), [](std::size_t place) { return place == 0; }))
      continue;
    const auto same = std::find(partitions.begin(), partitions.end(), partition);
    if (same == partitions.end()) {
      partitions.push_back(partition);
      factors.emplace_back().keys = {key};
    } else {
      factors[static_cast<std::size_t>(same - partitions.begin())].keys.push_back(key);
    }
  }
  for (JointFactor& factor : factors) add_levels(factor, comparison);
  return factors;
}

std::size_t level_of(const JointFactor& factor, const std::vector<Value>& values) {
  const auto has = [&](const std::vector<Value>& level) {
    for (std::size_t k = 0; k < factor.keys.size(); ++k) {
      if (level[k] != values[factor.keys[k]]) return false;
    }
    return true;
  };
  const auto found = std::find_if(factor.levels.begin(), factor.levels.end(), has);
  return static_cast<std::size_t>(found - factor.levels.begin());
}

std::size_t main_setting(const Comparison& comparison, const AnsweredContrast& of) {
  for (std::size_t s = 0; s < of.from_variants.size(); ++s) {
    if (comparison.variants[of.from_variants[s]].is_baseline ||
        comparison.variants[of.to_variants[s]].is_baseline)
      return s;
  }
  return 0;
}

std::string levels_text(const Comparison& comparison, const AnsweredContrast& of,
                        const std::vector<std::size_t>& setting) {
  std::vector<std::string> parts;
  for (std::size_t place = 0; place < setting.size(); ++place) {
    const JointFactor& factor = comparison.answer->factors[of.others[place]];
    if (is_unset(factor, setting[place])) continue;
    parts.push_back(fmt::format("{} {}", joint_name(comparison, factor),
                                joint_label(comparison, factor, setting[place])));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string setting_name(const Comparison& comparison, const AnsweredContrast& of, std::size_t pair) {
  return pair < of.settings.size() ? levels_text(comparison, of, of.settings[pair]) : std::string();
}

std::string joint_name(const Comparison& comparison, const JointFactor& factor) {
  std::vector<std::string> names;
  for (const std::size_t key : factor.keys)
    names.push_back(factor_name(comparison, comparison.factor_keys[key]));
  return fmt::format("{}", fmt::join(names, " + "));
}

std::string joint_label(const Comparison& comparison, const JointFactor& factor, std::size_t level) {
  std::vector<std::string> labels;
  bool is_known = false;
  for (std::size_t k = 0; k < factor.keys.size(); ++k) {
    const std::size_t key = factor.keys[k];
    const Value& value = or_unchanged(comparison, key, factor.levels[level][k]);
    is_known |= !std::holds_alternative<std::monostate>(value);
    labels.push_back(factor_label(comparison, comparison.factor_keys[key], value));
  }
  return is_known ? fmt::format("{}", fmt::join(labels, " + ")) : "unchanged";
}

}  // namespace ablate
