#include "stats/factorial.hpp"

#include <bit>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

namespace ablate {

namespace {

using BySeed = std::map<std::int64_t, double>;
using Corners =
    std::vector<BySeed>;  ///< bit i of a place tells whether factor i of the effect is at its level
using Settings = std::map<std::vector<std::size_t>, Corners>;

}  // namespace

void require_factorial(std::span<const FactorialRun> runs) {
  std::set<std::pair<std::vector<std::size_t>, std::int64_t>> cells;
  for (const FactorialRun& run : runs) {
    if (run.levels.size() != runs.front().levels.size()) {
      throw std::invalid_argument("every run has a level of every factor");
    }
    if (!cells.emplace(run.levels, run.seed).second) throw std::invalid_argument("a cell stands twice");
  }
}

namespace {

/// The levels other than 0 that each factor takes.
std::vector<std::set<std::size_t>> levels_beside_0(std::span<const FactorialRun> runs) {
  std::vector<std::set<std::size_t>> levels(runs.empty() ? 0 : runs.front().levels.size());
  for (const FactorialRun& run : runs) {
    for (std::size_t i = 0; i < levels.size(); ++i) {
      if (run.levels[i] != 0) levels[i].insert(run.levels[i]);
    }
  }
  return levels;
}

/// Settings of the other factors in which every corner has a value under some seed.
Settings complete_settings(std::span<const FactorialRun> runs, const std::vector<FactorLevel>& of) {
  Settings settings;
  for (const FactorialRun& run : runs) {
    if (!std::isfinite(run.value)) continue;
    std::vector<std::size_t> setting = run.levels;
    std::size_t corner = 0;
    bool concerned = true;
    for (std::size_t i = 0; i < of.size(); ++i) {
      const std::size_t level = std::exchange(setting[of[i].factor], 0);
      concerned = concerned && (level == 0 || level == of[i].level);
      if (level != 0) corner |= std::size_t{1} << i;
    }
    if (!concerned) continue;
    Corners& corners = settings[setting];
    corners.resize(std::size_t{1} << of.size());
    corners[corner].emplace(run.seed, run.value);
  }
  std::erase_if(settings, [](const auto& entry) {
    for (const BySeed& corner : entry.second) {
      if (corner.empty()) return true;
    }
    return false;
  });
  return settings;
}

/// The seed's effect, averaged over the settings; not a number where a cell is missing.
double effect_of_seed(const Settings& settings, std::int64_t seed) {
  double sum = 0.0;
  for (const auto& [setting, corners] : settings) {
    for (std::size_t corner = 0; corner < corners.size(); ++corner) {
      const auto value = corners[corner].find(seed);
      if (value == corners[corner].end()) return undefined;
      const bool subtracted = std::popcount(corners.size() - 1 - corner) % 2 == 1;
      sum += subtracted ? -value->second : value->second;
    }
  }
  return sum / static_cast<double>(settings.size());
}

FactorialEffect effect(std::span<const FactorialRun> runs, std::vector<FactorLevel> of, double confidence) {
  FactorialEffect result;
  result.of = std::move(of);
  const Settings settings = complete_settings(runs, result.of);
  result.settings = settings.size();
  if (settings.empty()) {
    result.reason = "no cells with a value differ in this alone";
    return result;
  }
  std::set<std::int64_t> seeds;
  for (const FactorialRun& run : runs) seeds.insert(run.seed);
  std::vector<double> values;
  for (const std::int64_t seed : seeds) {
    const double value = effect_of_seed(settings, seed);
    if (std::isnan(value)) {
      result.left_out.push_back(seed);
    } else {
      values.push_back(value);
    }
  }
  result.difference = paired_difference(values, confidence);
  if (values.empty()) result.reason = "no seed has a value in every cell that this needs";
  return result;
}

}  // namespace

std::vector<FactorialEffect> main_effects(std::span<const FactorialRun> runs, double confidence) {
  require_confidence(confidence);
  require_factorial(runs);
  const auto levels = levels_beside_0(runs);
  std::vector<FactorialEffect> effects;
  for (std::size_t factor = 0; factor < levels.size(); ++factor) {
    for (const std::size_t level : levels[factor])
      effects.push_back(effect(runs, {{factor, level}}, confidence));
  }
  return effects;
}

std::vector<FactorialEffect> interactions(std::span<const FactorialRun> runs, double confidence) {
  require_confidence(confidence);
  require_factorial(runs);
  const auto levels = levels_beside_0(runs);
  std::vector<FactorialEffect> effects;
  for (std::size_t first = 0; first < levels.size(); ++first) {
    for (std::size_t second = first + 1; second < levels.size(); ++second) {
      for (const std::size_t a : levels[first]) {
        for (const std::size_t b : levels[second]) {
          effects.push_back(effect(runs, {{first, a}, {second, b}}, confidence));
        }
      }
    }
  }
  return effects;
}

}  // namespace ablate
