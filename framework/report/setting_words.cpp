#include "report/setting_words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/judge.hpp"

namespace ablate {

bool is_cut(const Comparison& comparison, const AnsweredContrast& of) {
  if (of.settings.empty() || of.others.empty()) return false;
  const auto alike = [&](const VariantSummary& one, const VariantSummary& other) {
    for (std::size_t key = 0; key < comparison.factor_keys.size(); ++key) {
      const bool asked =
          std::count(of.asked_keys.begin(), of.asked_keys.end(), comparison.factor_keys[key]) > 0;
      if (asked && one.factors[key] != other.factors[key]) return false;
    }
    return true;
  };
  return std::any_of(
      comparison.variants.begin(), comparison.variants.end(), [&](const VariantSummary& variant) {
        return is_stopped(variant) && (alike(variant, comparison.variants[of.from_variants.front()]) ||
                                       alike(variant, comparison.variants[of.to_variants.front()]));
      });
}

std::string settings_text(const Comparison& comparison, const AnsweredContrast& of) {
  if (!is_cut(comparison, of)) return "all settings";
  return fmt::format("{} (others were stopped)", of.settings.size() == 1
                                                     ? setting_name(comparison, of, 0)
                                                     : fmt::format("{} settings", of.settings.size()));
}

std::string name_with_settings(const Comparison& comparison, const AnsweredContrast& of) {
  return is_cut(comparison, of) ? fmt::format("{}, {}", of.name, settings_text(comparison, of)) : of.name;
}

}  // namespace ablate
