#include "report/idle.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "report/lost_runs.hpp"
#include "report/phrases.hpp"
#include "text/numbers.hpp"

namespace ablate {

bool are_seeds_idle(const VariantSummary& variant) {
  constexpr std::size_t fewest = 3;  // two may tie by chance
  const auto& values = variant.values;
  const auto is_other_value = [&](const SeedValue& one) { return one.value != values.front().value; };
  if (values.size() < fewest || std::any_of(values.begin(), values.end(), is_other_value)) return false;
  const EpochCurve* first = nullptr;
  for (const RunSummary& run : variant.runs) {
    if (run.status != RunStatus::done) continue;
    if (!first) first = &run.curve;
    if (!std::equal(first->begin(), first->end(), run.curve.begin(), run.curve.end(),
                    [](const EpochValue& a, const EpochValue& b) {
                      return a.epoch == b.epoch && a.value == b.value;
                    }))
      return false;
  }
  return true;
}

bool are_seeds_idle(const Comparison& comparison, const AnsweredContrast& of) {
  const auto is_idle = [&](std::size_t place) { return are_seeds_idle(comparison.variants[place]); };
  return std::all_of(of.from_variants.begin(), of.from_variants.end(), is_idle) &&
         std::all_of(of.to_variants.begin(), of.to_variants.end(), is_idle);
}

void add_idle_seeds(std::vector<Warning>& warnings, const Comparison& comparison) {
  std::vector<std::string> idle;
  for (const VariantSummary* variant : compared_sides(comparison)) {
    if (are_seeds_idle(*variant)) idle.push_back(short_name(comparison, *variant));
  }
  const bool all = comparison.answer->seeds_idle;
  if (!all && idle.empty()) return;
  warnings.push_back(
      {all ? fmt::format("every seed gives the same {}: does the program use its seed?",
                         comparison.primary.name)
           : fmt::format("every seed gives the same {} in {}, as if the program did not use its seed there",
                         comparison.primary.name, names_text(idle, 3)),
       "Idle seeds: where a variant does not differ between its seeds, neither in its value nor in its curve, they "
       "are one result, repeated. Where neither side of a comparison does, nothing is said of chance."});
}

void add_idle_settings(std::vector<Warning>& warnings, const Comparison& comparison) {
  std::vector<std::string> idle;
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    const auto same = [](const ContrastPair& pair) {
      return pair.from == pair.to || !std::isfinite(pair.from) || !std::isfinite(pair.to);
    };
    if (of.contrast.pooled.pairs > 1 && std::all_of(of.pairs.begin(), of.pairs.end(), same))
      idle.push_back(of.name);
  }
  if (idle.empty()) return;
  warnings.push_back(
      {fmt::format("every difference is exactly 0 ({}): does the program use this setting?",
                   names_text(idle, 3)),
       "Idle settings: two values of a setting under which all numbers are equal to the last digit are one "
       "program, run twice."});
}

}  // namespace ablate
