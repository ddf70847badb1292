#include "report/idle.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "report/phrases.hpp"
#include "text/numbers.hpp"

namespace ablate {

void add_idle_seeds(std::vector<Warning>& warnings, const Comparison& comparison) {
  if (!comparison.answer->seeds_idle) return;
  warnings.push_back(
      {fmt::format("every seed gives the same {}: does the program use its seed?", comparison.primary.name),
       "Idle seeds: where no variant differs between its seeds, they are one result, repeated, and nothing is "
       "said of chance."});
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
