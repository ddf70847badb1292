#include "stats/factorial.hpp"

#include <cmath>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "stats/contrast.hpp"

namespace ablate {

void require_factorial(std::span<const FactorialRun> runs) {
  std::set<std::pair<std::vector<std::size_t>, std::int64_t>> seen;
  for (const FactorialRun& run : runs) {
    if (run.levels.size() != runs.front().levels.size()) {
      throw std::invalid_argument("every run has a level of every factor");
    }
    if (!seen.emplace(run.levels, run.seed).second) throw std::invalid_argument("a run appears twice");
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

/// Both sides of a change of one factor, or of the changes that two factors make together: of an interaction,
/// `from` is the first factor's change at level 0 of the second, `to` at its other level.
std::vector<ContrastPair> pairs_of(std::span<const FactorialRun> runs, const std::vector<FactorLevel>& of) {
  std::map<std::pair<std::vector<std::size_t>, std::int64_t>, std::vector<double>> strata;
  for (const FactorialRun& run : runs) {
    std::vector<std::size_t> setting = run.levels;
    std::size_t corner = 0;
    bool concerned = true;
    for (std::size_t i = 0; i < of.size(); ++i) {
      const std::size_t level = std::exchange(setting[of[i].factor], 0);
      concerned = concerned && (level == 0 || level == of[i].level);
      if (level != 0) corner |= std::size_t{1} << i;
    }
    if (!concerned) continue;
    auto& corners = strata[{setting, run.seed}];
    corners.resize(std::size_t{1} << of.size(), undefined);
    corners[corner] = run.value;
  }
  std::vector<ContrastPair> pairs;
  for (const auto& [stratum, corners] : strata) {
    const bool main = corners.size() == 2;
    pairs.push_back({stratum.first, stratum.second, main ? corners[0] : corners[1] - corners[0],
                     main ? corners[1] : corners[3] - corners[2]});
  }
  return pairs;
}

FactorialEffect effect(std::span<const FactorialRun> runs, std::vector<FactorLevel> of, double confidence) {
  FactorialEffect result;
  result.of = std::move(of);
  const Contrast found = contrast(pairs_of(runs, result.of), {});
  const SeedRow& row = found.pooled.row;
  result.settings = found.pooled.strata;
  result.difference = paired_difference(row.values, confidence);
  if (row.seeds.empty()) {
    result.reason = found.strata_unshared > 0 ? "no seed has a value of every run that this needs"
                                              : "no runs with a value differ in this alone";
  }
  if (result.settings == 0 && found.strata_unshared == 0) return result;
  std::set<std::int64_t> seeds;
  for (const FactorialRun& run : runs) seeds.insert(run.seed);
  for (const std::int64_t seed : row.seeds) seeds.erase(seed);
  result.left_out.assign(seeds.begin(), seeds.end());
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
