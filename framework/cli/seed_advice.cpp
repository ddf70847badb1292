#include "cli/seed_advice.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "cli/common.hpp"
#include "config/study.hpp"
#include "metrics/metric_table.hpp"
#include "report/asked_changes.hpp"
#include "report/collect.hpp"
#include "report/variant_factors.hpp"
#include "runner/halving.hpp"
#include "stats/family_power.hpp"
#include "stats/interaction.hpp"
#include "stats/look_level.hpp"
#include "stats/pairing.hpp"
#include "stats/planned_looks.hpp"
#include "stats/summary.hpp"
#include "store/free_metrics.hpp"

namespace ablate {

namespace {

/// The primary metric's value of each finished run, by variant.
std::map<std::int64_t, std::vector<SeedValue>> values_of(const Reader& reader, std::int64_t study,
                                                         const Monitor& primary) {
  std::map<std::int64_t, RunRecord> finished;
  for (RunRecord& run : reader.runs(study)) {
    if (run.status == RunStatus::done && !run.obsolete) finished.emplace(run.id, std::move(run));
  }
  const auto table = metric_table();
  const auto metric =
      std::find_if(table.begin(), table.end(), [&](const Metric& m) { return m.name == primary.metric; });
  std::map<std::int64_t, std::vector<SeedValue>> values;
  const auto add = [&](std::int64_t run_id, double value) {
    const auto run = finished.find(run_id);
    if (run != finished.end()) values[run->second.variant_id].push_back({run->second.seed, value});
  };
  if (metric == table.end()) {
    for (const FreeValueOf& of : study_selected_values(reader, study)) {
      if (of.value.metric == primary.metric && of.value.split == to_string(primary.split))
        add(of.run_id, of.value.value);
    }
    return values;
  }
  for (const SplitMetrics& row : reader.selected(study)) {
    if (row.split == primary.split) add(row.run_id, row.suite.*metric->value);
  }
  return values;
}

/// Pooled standard deviation of the differences from one variant; 0 where there is none.
double spread_in(const Reader& reader, std::int64_t study, const Monitor& primary) {
  const auto variants = reader.variants(study);
  const auto values = values_of(reader, study, primary);
  if (variants.empty()) return 0.0;
  const auto chosen =
      std::find_if(variants.begin(), variants.end(), [](const auto& v) { return v.is_baseline; });
  const std::int64_t reference = chosen == variants.end() ? variants.front().id : chosen->id;
  double squares = 0.0, degrees = 0.0;
  for (const auto& [variant, seeds] : values) {
    if (variant == reference || !values.contains(reference)) continue;
    const Summary summary = summarize(pair_by_seed(seeds, values.at(reference)).differences);
    if (summary.n < 3) continue;
    const double own = static_cast<double>(summary.n) - 1.0;
    squares += own * summary.standard_deviation * summary.standard_deviation;
    degrees += own;
  }
  return degrees > 0.0 ? std::sqrt(squares / degrees) : 0.0;
}

/// The root of the mean square of the rows' deviations; 0 where none has three seeds.
double pooled_deviation(const std::vector<Summary>& rows) {
  double squares = 0.0, degrees = 0.0;
  for (const Summary& row : rows) {
    if (row.n < 3) continue;
    const double own = static_cast<double>(row.n) - 1.0;
    squares += own * row.standard_deviation * row.standard_deviation;
    degrees += own;
  }
  return degrees > 0.0 ? std::sqrt(squares / degrees) : 0.0;
}

/// As the study's own report has it.
std::optional<EarlierSpread> own_spread(const Reader& reader, const Study& study) {
  if (!reader.counts(study.name)) return std::nullopt;
  const Comparison comparison = compare(read_records(reader, study.name), report_options(study, {}));
  if (!comparison.answer) return std::nullopt;
  std::vector<Summary> pooled, levels;
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    pooled.push_back(summarize(of.contrast.pooled.row.values));
    for (const LevelRow& level : of.contrast.levels) levels.push_back(summarize(level.effect.row.values));
  }
  EarlierSpread spread{study.name, pooled_deviation(levels), pooled_deviation(pooled)};
  if (comparison.answer->contrasts.front().contrast.strata.size() < 2 || !(spread.deviation > 0.0))
    spread = {study.name, spread.over_all, 0.0};
  return spread.deviation > 0.0 ? std::optional(spread) : std::nullopt;
}

std::string found_text(const std::optional<EarlierSpread>& spread, double size, const std::string& metric) {
  if (spread && spread->over_all > 0.0) {
    return fmt::format("a difference of {:.2g} in {} over all settings, {:.2g} at one level",
                       size * spread->over_all, metric, size * spread->deviation);
  }
  if (spread) return fmt::format("a difference of {:.2g} in {}", size * spread->deviation, metric);
  const std::string deviations = fmt::format("{:.2g}", size);
  return fmt::format("a difference of {} standard deviation{} (of a seed's difference in {})", deviations,
                     deviations == "1" ? "" : "s", metric);
}

/// The same images under our network, or the same program: only then do seeds lie as far apart.
bool trains_alike(const StudyRecord& earlier, const Study& study) {
  try {
    const Study other = parse_study(earlier.config, earlier.name, {}, metric_names());
    if (other.trainer() && study.trainer()) return other.trainer()->command == study.trainer()->command;
    return !other.trainer() && !study.trainer() &&
           other.variants.front().config.data == study.variants.front().config.data;
  } catch (const RequestError&) {
    return false;  // written by a version with other keys
  }
}

}  // namespace

std::optional<EarlierSpread> earlier_spread(const Reader& reader, const Study& study) {
  if (const auto own = own_spread(reader, study)) return own;
  std::vector<StudyRecord> studies = reader.studies();
  std::stable_sort(studies.begin(), studies.end(), [&](const StudyRecord& a, const StudyRecord& b) {
    return std::pair(a.name == study.name, a.id) > std::pair(b.name == study.name, b.id);
  });
  for (const StudyRecord& earlier : studies) {
    if (earlier.name != study.name && !trains_alike(earlier, study)) continue;
    const double deviation = spread_in(reader, earlier.id, study.report.primary);
    if (deviation > 0.0) return EarlierSpread{earlier.name, deviation};
  }
  return std::nullopt;
}

namespace {

/// A factor whose levels have rows in the report.
struct TestedFactor {
  std::string name;
  std::size_t levels = 0;
  bool ordered = false;
};

/// What a report of the study judges together.
struct ToldRows {
  std::vector<TestedFactor> factors;
  std::size_t contrasts = 0, rows = 0;
};

/// The study as a report has it before anything has run. Where it names no baseline, its first variant is taken.
Comparison planned_comparison(const Study& study) {
  std::vector<VariantRecord> records;
  for (const Variant& variant : study.variants) {
    VariantRecord& record = records.emplace_back();
    record.name = variant.name;
    record.is_baseline = variant.is_baseline;
    for (const Factor& factor : variant.factors) record.factors.push_back({factor.key, factor.value});
  }
  Comparison comparison;
  comparison.question_asked = study.contrast.value_or(ContrastSettings{});
  comparison.factor_keys = factor_keys(records);
  for (const VariantRecord& record : records)
    comparison.variants.push_back(describe(record, comparison.factor_keys));
  if (!baseline(comparison)) comparison.variants.front().is_baseline = true;
  return comparison;
}

std::string name_of_key(const Study& study, const std::string& key) {
  for (const Variant& variant : study.variants) {
    for (const Factor& factor : variant.factors) {
      if (factor.key == key && factor.name != key) return factor.name;
    }
  }
  return key.substr(key.rfind('.') + 1);
}

TestedFactor tested_factor(const Study& study, const Comparison& comparison, const JointFactor& factor) {
  std::vector<std::string> names;
  for (const std::size_t key : factor.keys) names.push_back(name_of_key(study, comparison.factor_keys[key]));
  return {fmt::format("{}", fmt::join(names, " + ")), factor.levels.size(), factor.ordered};
}

/// Rows of one change: all settings, and each level of the factors that are told.
std::size_t rows_of(const Comparison& comparison, const AskedChanges& asked, const AskedChange& change) {
  const auto others = other_factors(asked, change);
  std::set<std::pair<std::size_t, std::size_t>> levels;
  for (const std::size_t place : by_places(comparison, asked.factors, others)) {
    for (const AskedSetting& both : asked_settings(comparison, asked, change))
      levels.emplace(place, both.setting[place]);
  }
  return levels.size() > 1 ? 1 + levels.size() : 1;
}

ToldRows told_rows_of(const Study& study) {
  const Comparison comparison = planned_comparison(study);
  const AskedChanges asked = asked_changes(comparison);
  ToldRows told;
  told.contrasts = asked.changes.empty() ? study.variants.size() - 1 : asked.changes.size();
  told.rows = told.contrasts;
  if (asked.changes.empty() || asked.of_changes) return told;
  told.rows = 0;
  for (const AskedChange& change : asked.changes) told.rows += rows_of(comparison, asked, change);
  const auto others = other_factors(asked, asked.changes.front());
  for (const std::size_t place : by_places(comparison, asked.factors, others))
    told.factors.push_back(tested_factor(study, comparison, asked.factors[others[place]]));
  return told;
}

/// The fewest seeds of which the tests of dependence can reach the level: see stats/interaction.hpp and
/// stats/trend.hpp for the arrangements that they try.
std::size_t fewest_for_dependence(const TestedFactor& factor, std::size_t tests, double level) {
  double orders = 1.0;
  for (std::size_t i = 2; i <= factor.levels; ++i) orders *= static_cast<double>(i);
  std::size_t seeds = 1;
  for (double arrangements = 1.0; seeds < 100; ++seeds, arrangements *= orders) {
    const double plain = 1.0 / std::min(arrangements, static_cast<double>(most_exact_arrangements));
    const double trend = 2.0 / (arrangements * orders);
    const bool both = factor.ordered && factor.levels > 2;
    if (static_cast<double>(tests) * (both ? 2.0 * std::min(plain, trend) : plain) <= level) break;
  }
  return seeds;
}

/// "the fewest seeds that can show whether it depends on another factor: 6 for hidden".
std::string dependence_floor_text(const Study& study, double level) {
  const ToldRows rows = told_rows_of(study);
  std::vector<std::string> told;
  for (const TestedFactor& factor : rows.factors)
    told.push_back(fmt::format("{} for {}",
                               fewest_for_dependence(factor, rows.factors.size() * rows.contrasts, level),
                               factor.name));
  return told.empty()
             ? std::string()
             : fmt::format("the fewest seeds of which a test can show that it depends on a factor: {}\n",
                           fmt::join(told, ", "));
}

}  // namespace

std::size_t comparisons_of(const Study& study) { return std::max<std::size_t>(told_rows_of(study).rows, 1); }

namespace {

/// "planned looks after 8, 12 seeds; a look claims at p: 8: nothing, 12: 0.0492".
std::string plan_text(const std::vector<PlannedLook>& looks) {
  std::vector<std::string> levels;
  for (const PlannedLook& look : looks)
    levels.push_back(look.nominal > 0.0 ? fmt::format("{} seeds at {:.4f}", look.seeds, look.nominal)
                                        : fmt::format("nothing yet at {} seeds", look.seeds));
  return fmt::format("planned looks, and the p at which each may claim: {}\n", fmt::join(levels, ", "));
}

/// Variants that are stopped keep their share of the level, so a row may be left too little for an exact test.
std::string halving_warning(const Study& study, std::size_t seeds, double confidence) {
  if (!study.halving || seeds < fewest_seeds_for_flips(confidence)) return {};
  const int epochs = study.variants.front().config.training.epochs;
  std::size_t kept = study.variants.size();
  for (std::optional<int> rung = study.halving->first; rung && *rung < epochs;
       rung = next_rung(*study.halving, *rung, epochs))
    kept = static_cast<std::size_t>(std::ceil(static_cast<double>(kept) / study.halving->factor));
  const auto share = static_cast<double>(study.variants.size() - kept + 1);
  const std::size_t needed = fewest_seeds_for_flips(1.0 - (1.0 - confidence) / share);
  if (seeds >= needed) return {};
  return fmt::format(
      "warning: variants that halving stops keep their share of the level: with {} seeds p and "
      "intervals may assume normal errors; {} seeds are enough\n",
      seeds, needed);
}

}  // namespace

std::string seed_advice(const Study& study, const std::optional<EarlierSpread>& spread) {
  const std::size_t comparisons = comparisons_of(study);
  if (study.variants.size() < 2) return "";
  std::size_t seeds = study.seeds.size();
  double confidence = study.report.confidence;
  std::string text;
  if (study.until_settled) {
    const SeedsUntilSettled& until = *study.until_settled;
    const auto looks =
        planned_looks(look_times(until.first, until.step, until.most), level_of_few_seeds(1.0 - confidence));
    text = plan_text(looks);
    seeds = until.most;
    if (looks.back().nominal <= 0.0) {
      return text + fmt::format("warning: no look of this plan can claim anything; most: {} is enough\n",
                                fewest_seeds_for_flips(1.0 - level_of_few_seeds(1.0 - confidence)));
    }
    confidence = 1.0 - looks.back().nominal;
  }
  const std::string judged = comparisons == 1 ? "one comparison" : fmt::format("{} comparisons", comparisons);
  if (seeds < 2) {
    text += "one seed finds no difference: nothing is known of chance\n";
  } else {
    const double size = detectable_by_family(seeds, comparisons, confidence);
    const std::string from =
        spread ? fmt::format("assuming the spread between seeds of study '{}'", spread->study)
               : "no earlier runs show how much that is";
    text += fmt::format("{} seeds find {} in 80% of cases ({}, {})\n", seeds,
                        found_text(spread, size, to_string(study.report.primary)), judged, from);
  }
  if (seeds < fewest_seeds_for_flips(confidence)) {
    text += fmt::format(
        "warning: {} {} too few for an exact test at {}: p and intervals will assume normal errors; "
        "{} seeds are enough\n",
        seeds, seeds == 1 ? "seed is" : "seeds are", confidence, fewest_seeds_for_flips(confidence));
  }
  return text + halving_warning(study, seeds, confidence) + dependence_floor_text(study, 1.0 - confidence);
}

}  // namespace ablate
