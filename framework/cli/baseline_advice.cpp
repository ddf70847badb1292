#include "cli/baseline_advice.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/shell_word.hpp"
#include "config/tuning.hpp"

namespace ablate {

std::string baseline_advice(const Study& study) {
  const bool has_baseline = std::any_of(study.variants.begin(), study.variants.end(),
                                        [](const Variant& variant) { return variant.is_baseline; });
  const bool asks = study.contrast && !study.contrast->factor.empty();
  if (study.variants.size() < 2 || has_baseline || asks || is_tuning_name(study.name)) return "";
  const Variant& first = study.variants.front();
  const std::string key = first.factors.empty() ? "model.skip" : first.factors.front().key;
  return fmt::format(
      "warning: no variant is the baseline, so the report will compare nothing\n  try `variants.baseline: {{{}: ...}}`, "
      "`report.contrast: {{factor: {}}}`, or, once it has run, `ablate report {} --baseline VARIANT`\n",
      key, key, shell_word(study.name));
}

}  // namespace ablate
