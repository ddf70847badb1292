#include "report/variant_factors.hpp"

#include <algorithm>
#include <set>

#include "store/settings_of.hpp"

namespace ablate {
namespace {

bool has_key(const std::vector<FactorRecord>& settings, const std::string& key) {
  return std::any_of(settings.begin(), settings.end(),
                     [&](const FactorRecord& setting) { return setting.key == key; });
}

}  // namespace

std::vector<std::string> factor_keys(const std::vector<VariantRecord>& variants) {
  std::vector<std::string> keys;
  std::set<std::string> known;
  for (const auto& variant : variants) {
    for (const auto& factor : variant.factors) {
      if (known.insert(factor.key).second) keys.push_back(factor.key);
    }
  }
  return keys;
}

std::vector<Value> unchanged_values(const std::vector<VariantRecord>& variants,
                                    const std::vector<std::string>& keys) {
  std::vector<Value> values(keys.size());
  for (std::size_t k = 0; k < keys.size(); ++k) {
    const auto lacks = [&](const VariantRecord& variant) { return !has_key(variant.factors, keys[k]); };
    const auto without = std::find_if(variants.begin(), variants.end(), lacks);
    if (without == variants.end()) continue;
    for (const FactorRecord& setting : settings_of(without->config)) {
      if (setting.key == keys[k]) values[k] = setting.value;
    }
  }
  return values;
}

VariantSummary describe(const VariantRecord& record, const std::vector<std::string>& keys) {
  VariantSummary variant;
  variant.id = record.id;
  variant.name = record.name;
  variant.is_baseline = record.is_baseline;
  variant.parameters = record.parameters;
  variant.flops_per_sample = record.flops_per_sample;
  variant.factors.resize(keys.size());
  for (const auto& factor : record.factors) {
    const auto place = std::find(keys.begin(), keys.end(), factor.key) - keys.begin();
    variant.factors[static_cast<std::size_t>(place)] = factor.value;
  }
  return variant;
}

}  // namespace ablate
