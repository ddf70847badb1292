#include "report/asked_changes.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "report/comparison.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_levels_told = 6, most_factors_told = 3;

std::size_t differing(const Comparison& comparison, const std::vector<JointFactor>& factors,
                      const VariantSummary& variant) {
  const VariantSummary* base = baseline(comparison);
  return static_cast<std::size_t>(std::count_if(factors.begin(), factors.end(), [&](const auto& factor) {
    return level_of(factor, variant.factors) != level_of(factor, base->factors);
  }));
}

bool is_one_at_a_time(const Comparison& comparison, const std::vector<JointFactor>& factors) {
  return factors.size() > 1 && baseline(comparison) &&
         std::all_of(comparison.variants.begin(), comparison.variants.end(), [&](const auto& variant) {
           return variant.is_baseline || differing(comparison, factors, variant) == 1;
         });
}

std::optional<std::size_t> find_factor(const Comparison& comparison, const std::vector<JointFactor>& factors,
                                       const std::string& key) {
  for (std::size_t f = 0; f < factors.size(); ++f) {
    for (const std::size_t place : factors[f].keys) {
      if (comparison.factor_keys[place] == key) return f;
    }
  }
  return std::nullopt;
}

/// The level that a text of the study file names: the value of the key that was asked for. No text names none, also
/// where variants that do not change the factor have no value of it.
std::optional<std::size_t> find_level(const Comparison& comparison, const JointFactor& factor,
                                      const std::string& key, const std::string& text) {
  if (text.empty()) return std::nullopt;
  for (std::size_t level = 0; level < factor.levels.size(); ++level) {
    for (std::size_t k = 0; k < factor.keys.size(); ++k) {
      if (comparison.factor_keys[factor.keys[k]] == key && to_string(factor.levels[level][k]) == text)
        return level;
    }
  }
  return std::nullopt;
}

/// Each change of one factor that the options ask for.
std::vector<AskedChange> levels_against(const Comparison& comparison, const std::vector<JointFactor>& factors,
                                        std::size_t f) {
  const JointFactor& factor = factors[f];
  const ContrastSettings& wanted = comparison.question_asked;
  const std::size_t from =
      find_level(comparison, factor, wanted.factor, wanted.from).value_or(factor.baseline.value_or(0));
  const auto to = find_level(comparison, factor, wanted.factor, wanted.to);
  std::vector<AskedChange> changes;
  for (std::size_t level = 0; level < factor.levels.size(); ++level) {
    if (level != from && (!to || level == *to)) changes.push_back({f, from, level});
  }
  return changes;
}

/// The changes of a one-at-a-time study, in the order of the plan.
std::vector<AskedChange> single_changes(const Comparison& comparison,
                                        const std::vector<JointFactor>& factors) {
  std::vector<AskedChange> changes;
  for (const VariantSummary& variant : comparison.variants) {
    for (std::size_t f = 0; f < factors.size(); ++f) {
      const std::size_t level = level_of(factors[f], variant.factors);
      if (!variant.is_baseline && level != *factors[f].baseline)
        changes.push_back({f, *factors[f].baseline, level});
    }
  }
  return changes;
}

/// What a variant changes, by key.
using Changes = std::map<std::string, Value>;

Changes changes_of(const Comparison& comparison, const VariantSummary& variant) {
  Changes changes;
  for (std::size_t key = 0; key < comparison.factor_keys.size(); ++key) {
    if (!std::holds_alternative<std::monostate>(variant.factors[key]))
      changes[comparison.factor_keys[key]] = variant.factors[key];
  }
  return changes;
}

/// Each of the variants has a partner that differs from it in the factor alone, and one of the two is at the
/// baseline's level. The baseline needs none.
bool has_partners(const std::vector<Changes>& variants, const std::vector<std::string>& factor,
                  const Changes& base) {
  const auto parts = [&](Changes setting) {
    Changes level;
    for (const std::string& key : factor) {
      if (auto part = setting.extract(key)) level.insert(std::move(part));
    }
    return std::pair(std::move(setting), std::move(level));
  };
  std::map<Changes, std::set<Changes>> levels;
  for (const Changes& variant : variants) {
    const auto [setting, level] = parts(variant);
    levels[setting].insert(level);
  }
  const auto own = parts(base);
  return std::all_of(levels.begin(), levels.end(), [&](const auto& of) {
    const auto& [setting, known] = of;
    return known.contains(own.second) && (known.size() > 1 || setting == own.first);
  });
}

/// The factor was crossed with all others: by the variants that were chosen, or by all that the study has.
bool is_crossed(const Comparison& comparison, const JointFactor& factor) {
  std::vector<std::string> keys;
  for (const std::size_t key : factor.keys) keys.push_back(comparison.factor_keys[key]);
  std::vector<Changes> variants;
  for (const VariantSummary& variant : comparison.variants)
    variants.push_back(changes_of(comparison, variant));
  const Changes base = changes_of(comparison, *baseline(comparison));
  if (has_partners(variants, keys, base)) return true;
  for (const std::vector<FactorRecord>& variant : comparison.left_out_factors) {
    Changes& changes = variants.emplace_back();
    for (const FactorRecord& one : variant) changes[one.key] = one.value;
  }
  return has_partners(variants, keys, base);
}

}  // namespace

AskedChanges asked_changes(const Comparison& comparison) {
  AskedChanges asked;
  asked.factors = joint_factors(comparison);
  const auto declared = find_factor(comparison, asked.factors, comparison.question_asked.factor);
  asked.declared = declared.has_value();
  if (declared) {
    asked.changes = levels_against(comparison, asked.factors, *declared);
  } else if (baseline(comparison) && !asked.factors.empty()) {
    asked.of_changes = is_one_at_a_time(comparison, asked.factors);
    if (asked.of_changes) asked.changes = single_changes(comparison, asked.factors);
    if (!asked.of_changes && is_crossed(comparison, asked.factors.front()))
      asked.changes = levels_against(comparison, asked.factors, 0);
  }
  return asked;
}

std::vector<std::size_t> other_factors(const AskedChanges& asked, const AskedChange& change) {
  std::vector<std::size_t> others;
  for (std::size_t f = 0; f < asked.factors.size(); ++f) {
    if (f != change.factor) others.push_back(f);
  }
  return others;
}

std::vector<AskedSetting> asked_settings(const Comparison& comparison, const AskedChanges& asked,
                                         const AskedChange& change) {
  const std::vector<std::size_t> others = other_factors(asked, change);
  std::map<std::vector<std::size_t>, std::pair<std::optional<std::size_t>, std::optional<std::size_t>>> sides;
  for (std::size_t v = 0; v < comparison.variants.size(); ++v) {
    const auto& values = comparison.variants[v].factors;
    std::vector<std::size_t> setting;
    for (const std::size_t other : others) setting.push_back(level_of(asked.factors[other], values));
    const std::size_t level = level_of(asked.factors[change.factor], values);
    if (level == change.from) sides[setting].first = v;
    if (level == change.to) sides[setting].second = v;
  }
  std::vector<AskedSetting> settings;
  for (const auto& [setting, both] : sides) {
    if (both.first && both.second) settings.push_back({setting, *both.first, *both.second});
  }
  return settings;
}

std::vector<std::size_t> by_places(const Comparison& comparison, const std::vector<JointFactor>& factors,
                                   const std::vector<std::size_t>& others) {
  std::vector<std::size_t> places;
  const auto& wanted = comparison.question_asked.by;
  for (const std::string& key : wanted) {
    const auto factor = find_factor(comparison, factors, key);
    const auto place = std::find(others.begin(), others.end(), factor.value_or(factors.size()));
    if (place != others.end()) places.push_back(static_cast<std::size_t>(place - others.begin()));
  }
  for (std::size_t place = 0; wanted.empty() && place < others.size(); ++place) {
    if (factors[others[place]].levels.size() <= most_levels_told && places.size() < most_factors_told)
      places.push_back(place);
  }
  return places;
}

}  // namespace ablate
