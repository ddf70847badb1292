#include "stats/contrast.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>

#include "stats/additive_fit.hpp"

namespace ablate {

namespace {

using Setting = std::vector<std::size_t>;

void require_pairs(std::span<const ContrastPair> pairs, std::span<const std::size_t> by) {
  std::set<std::pair<Setting, std::int64_t>> seen;
  for (const ContrastPair& pair : pairs) {
    if (pair.setting.size() != pairs.front().setting.size()) {
      throw std::invalid_argument("every pair has a level of every other factor");
    }
    if (!seen.emplace(pair.setting, pair.seed).second) throw std::invalid_argument("a pair appears twice");
  }
  for (const std::size_t place : by) {
    if (!pairs.empty() && place >= pairs.front().setting.size()) {
      throw std::invalid_argument("there is no such factor");
    }
  }
}

bool complete(const ContrastPair& pair) { return std::isfinite(pair.from) && std::isfinite(pair.to); }

/// Place of each key, rising.
template <class Key>
std::map<Key, std::size_t> places(const std::set<Key>& keys) {
  std::map<Key, std::size_t> result;
  for (const Key& key : keys) result.emplace(key, result.size());
  return result;
}

template <class Chosen>
ContrastRow row_over(std::span<const ContrastPair> pairs, const Chosen& chosen) {
  std::vector<const ContrastPair*> kept;
  std::set<std::int64_t> seeds;
  std::set<Setting> settings;
  for (const ContrastPair& pair : pairs) {
    if (!complete(pair) || !chosen(pair.setting)) continue;
    kept.push_back(&pair);
    seeds.insert(pair.seed);
    settings.insert(pair.setting);
  }
  const auto seed_place = places(seeds);
  const auto stratum_place = places(settings);
  std::vector<Observation> differences;
  for (const ContrastPair* pair : kept) {
    differences.push_back(
        {seed_place.at(pair->seed), stratum_place.at(pair->setting), pair->to - pair->from});
  }
  // In a fixed order, so that the bits do not depend on that of the pairs.
  std::sort(differences.begin(), differences.end(), [](const Observation& a, const Observation& b) {
    return std::pair(a.row, a.column) < std::pair(b.row, b.column);
  });
  const AdditiveFit fit = fit_additive(differences, seeds.size(), settings.size());
  return {.row = {{seeds.begin(), seeds.end()}, fit.rows},
          .strata = settings.size(),
          .pairs = kept.size(),
          .missing = seeds.size() * settings.size() - kept.size(),
          .connected = fit.groups <= 1};
}

std::size_t unshared(std::span<const ContrastPair> pairs) {
  struct Sides {
    bool from = false, to = false, both = false;
  };
  std::map<Setting, Sides> settings;
  for (const ContrastPair& pair : pairs) {
    Sides& sides = settings[pair.setting];
    sides.from = sides.from || std::isfinite(pair.from);
    sides.to = sides.to || std::isfinite(pair.to);
    sides.both = sides.both || complete(pair);
  }
  return static_cast<std::size_t>(std::count_if(settings.begin(), settings.end(), [](const auto& entry) {
    return entry.second.from && entry.second.to && !entry.second.both;
  }));
}

Setting without(Setting setting, std::size_t place) {
  setting.erase(setting.begin() + static_cast<std::ptrdiff_t>(place));
  return setting;
}

/// The settings of the other factors that each level with a pair has one in.
std::set<Setting> met_at_every_level(std::span<const ContrastPair> pairs, std::size_t place) {
  std::map<Setting, std::set<std::size_t>> levels_in;
  std::set<std::size_t> levels;
  for (const ContrastPair& pair : pairs) {
    if (!complete(pair)) continue;
    levels_in[without(pair.setting, place)].insert(pair.setting[place]);
    levels.insert(pair.setting[place]);
  }
  std::set<Setting> met;
  for (const auto& [setting, those] : levels_in) {
    if (those.size() == levels.size()) met.insert(setting);
  }
  return met;
}

void add_levels(std::vector<LevelRow>& rows, std::span<const ContrastPair> pairs, std::size_t place) {
  std::set<std::size_t> levels;
  for (const ContrastPair& pair : pairs) levels.insert(pair.setting[place]);
  const std::set<Setting> met = met_at_every_level(pairs, place);
  for (const std::size_t level : levels) {
    const auto here = [&](const Setting& setting) { return setting[place] == level; };
    const auto comparable = [&](const Setting& setting) {
      return here(setting) && met.contains(without(setting, place));
    };
    rows.push_back({place, level, row_over(pairs, here), row_over(pairs, comparable)});
  }
}

}  // namespace

std::vector<ContrastPair> contrast_pairs(std::span<const FactorialRun> runs, std::size_t factor,
                                         std::size_t from, std::size_t to) {
  require_factorial(runs);
  std::map<std::pair<Setting, std::int64_t>, ContrastPair> pairs;
  for (const FactorialRun& run : runs) {
    if (factor >= run.levels.size()) throw std::invalid_argument("there is no such factor");
    const std::size_t level = run.levels[factor];
    if (level != from && level != to) continue;
    const Setting setting = without(run.levels, factor);
    ContrastPair& pair = pairs[{setting, run.seed}];
    pair.setting = setting;
    pair.seed = run.seed;
    (level == from ? pair.from : pair.to) = run.value;
  }
  std::vector<ContrastPair> result;
  for (auto& [key, pair] : pairs) result.push_back(std::move(pair));
  return result;
}

Contrast contrast(std::span<const ContrastPair> pairs, std::span<const std::size_t> by,
                  std::span<const std::size_t> tested) {
  require_pairs(pairs, by);
  require_pairs(pairs, tested);
  Contrast result;
  result.pooled = row_over(pairs, [](const Setting&) { return true; });
  result.strata_unshared = unshared(pairs);
  for (const std::size_t place : by) add_levels(result.levels, pairs, place);
  for (const std::size_t place : tested) add_levels(result.tested, pairs, place);
  std::set<Setting> settings;
  for (const ContrastPair& pair : pairs) settings.insert(pair.setting);
  for (const Setting& wanted : settings) {
    result.strata.push_back(
        {wanted, row_over(pairs, [&](const Setting& setting) { return setting == wanted; })});
  }
  return result;
}

}  // namespace ablate
