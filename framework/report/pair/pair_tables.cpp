#include "report/pair/pair_tables.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "report/idle.hpp"
#include "report/judged_images.hpp"
#include "report/lost_runs.hpp"
#include "report/phrases.hpp"

namespace ablate {
namespace {

const VariantSummary& side(const PairComparison& compared, std::size_t i) {
  return compared.comparison.variants[i];
}

std::string marked(const PairComparison& compared, std::size_t i, SplitName split) {
  return fmt::format("{}{}", static_cast<char>('A' + i), mark(side(compared, i), split));
}

/// Of a difference: where either side leaked.
std::string_view marks(const PairComparison& compared, SplitName split) {
  const auto first = mark(side(compared, 0), split);
  return first.empty() ? mark(side(compared, 1), split) : first;
}

/// One quantity of the difference: text is how a page writes it.
struct Quantity {
  const char* name;
  double value, low = undefined, high = undefined;
  std::string text;
  std::string_view reason = {};
};

std::string decimals_text(double value, int decimals) {
  return std::isfinite(value) ? digits_text(value, decimals) : std::string();
}

std::string interval_or_nothing(const Interval& interval) {
  return std::isfinite(interval.low) ? interval_text(interval, decimals_of(interval, interval.low))
                                     : std::string();
}

std::string sign_flip_text(const PairedDifference& paired) {
  if (!std::isfinite(paired.permutation_p)) return {};
  if (!(paired.permutation_error > 0.0)) return p_text(paired.permutation_p);
  return fmt::format("{} (± {}, of drawn signs)", p_text(paired.permutation_p),
                     p_text(paired.permutation_error));
}

/// Tests have a p from two pairs on.
void add_tests(std::vector<Quantity>& all, const MetricPair& pair) {
  const PairedDifference& d = pair.paired;
  const std::string_view alone = d.summary.n == 0     ? "no seed is shared"
                                 : pair.is_repeated() ? idle_seeds
                                                      : "of a single pair every exact p is 1";
  const std::string_view none = pair.has_p() ? std::string_view() : alone;
  const double sign_flip = pair.has_p() ? d.permutation_p : undefined;
  const double wilcoxon = pair.has_p() ? d.wilcoxon_p : undefined;
  all.push_back({.name = "paired t", .value = d.t, .text = decimals_text(d.t, 3), .reason = d.reason});
  all.push_back({.name = "p of paired t", .value = d.t_p, .text = p_text(d.t_p), .reason = d.reason});
  all.push_back({.name = "p of sign flips",
                 .value = sign_flip,
                 .text = pair.has_p() ? sign_flip_text(d) : std::string(),
                 .reason = none});
  all.push_back({.name = "smallest exact p of so many pairs",
                 .value = d.smallest_permutation_p,
                 .text = p_text(d.smallest_permutation_p),
                 .reason = d.summary.n == 0 ? none : std::string_view()});
  all.push_back({.name = "p of Wilcoxon's signed ranks",
                 .value = wilcoxon,
                 .text = pair.has_p() ? p_text(wilcoxon) : std::string(),
                 .reason = none});
}

void add_effects(std::vector<Quantity>& all, const MetricPair& pair) {
  const PairedDifference& d = pair.paired;
  const std::string_view few =
      !d.reason.empty() ? d.reason
                        : std::string_view(d.summary.n < 3 ? "two pairs give no unbiased one" : "");
  all.push_back({.name = "Cohen's d_z",
                 .value = d.effect_size,
                 .text = decimals_text(d.effect_size, 2),
                 .reason = d.reason});
  all.push_back({.name = "d_z with Hedges' correction",
                 .value = d.unbiased_effect_size,
                 .text = decimals_text(d.unbiased_effect_size, 2),
                 .reason = few});
  const std::string_view none = d.summary.n == 0 ? "no seed is shared" : "";
  all.push_back({.name = "Cliff's delta",
                 .value = pair.cliffs_delta,
                 .text = decimals_text(pair.cliffs_delta, 2),
                 .reason = none});
  all.push_back({.name = "probability that B does better",
                 .value = pair.probability_of_improvement,
                 .text = decimals_text(pair.probability_of_improvement, 2),
                 .reason = none});
  all.push_back({.name = "d_z that so many pairs find 8 times in 10",
                 .value = d.detectable_effect_size,
                 .text = decimals_text(d.detectable_effect_size, 2),
                 .reason = std::isfinite(d.detectable_effect_size) ? std::string_view() : d.reason});
  all.push_back({.name = "difference that so many pairs find 8 times in 10",
                 .value = d.detectable_difference,
                 .text = decimals_text(d.detectable_difference, decimals_of(d)),
                 .reason = d.reason});
}

std::vector<Quantity> quantities(const PairComparison& compared) {
  const MetricPair& pair = compared.primary;
  const PairedDifference& d = pair.paired;
  const std::string_view none = d.summary.n == 0 ? "no seed is shared" : "";
  const auto difference = [&](double value) {
    return std::isfinite(value) ? signed_text(value, decimals_of(d)) : std::string();
  };
  std::vector<Quantity> all = {
      {.name = "pairs", .value = static_cast<double>(d.summary.n), .text = std::to_string(d.summary.n)},
      {.name = "mean of A", .value = pair.first.mean, .text = mean_text(pair.first)},
      {.name = "mean of B", .value = pair.second.mean, .text = mean_text(pair.second)},
      {.name = "mean difference",
       .value = d.summary.mean,
       .text = difference(d.summary.mean),
       .reason = none},
      {.name = "t interval",
       .value = d.summary.mean,
       .low = d.interval.low,
       .high = d.interval.high,
       .text = interval_or_nothing(d.interval),
       .reason = d.summary.n < 2 ? d.reason : std::string_view()},
      {.name = "BCa bootstrap interval",
       .value = d.summary.mean,
       .low = d.bootstrap.interval.low,
       .high = d.bootstrap.interval.high,
       .text = interval_or_nothing(d.bootstrap.interval),
       .reason = d.summary.n == 0 ? none : d.bootstrap.reason},
      {.name = "interquartile mean of the differences",
       .value = d.interquartile_mean,
       .text = difference(d.interquartile_mean),
       .reason = none}};
  add_tests(all, pair);
  add_effects(all, pair);
  return all;
}

std::string standing_of(const Comparison& comparison, const VariantSummary& variant, std::int64_t seed) {
  const auto found = std::find_if(variant.runs.begin(), variant.runs.end(),
                                  [&](const RunSummary& run) { return run.seed == seed; });
  return found == variant.runs.end() ? "no such run" : standing_text(comparison, *found);
}

Value value_of(const VariantSummary& variant, std::int64_t seed) {
  const auto found = std::find_if(variant.values.begin(), variant.values.end(),
                                  [&](const SeedValue& value) { return value.seed == seed; });
  return found == variant.values.end() ? Value() : Value(found->value);
}

}  // namespace

Table pair_costs(const PairComparison& compared) {
  Table table{{{"fact"}, {"A", 4, Align::right}, {"B", 4, Align::right}}, {}};
  const VariantSummary &a = side(compared, 0), &b = side(compared, 1);
  const auto runs = [](const VariantSummary& variant) {
    return fmt::format("{} of {}", variant.counts.done, variant.counts.planned);
  };
  table.rows = {{std::string("name"), a.name, b.name}, {std::string("runs done"), runs(a), runs(b)}};
  if (has_sizes(compared.comparison)) {
    table.rows.push_back({std::string("parameters"), a.parameters, b.parameters});
    table.rows.push_back({std::string("FLOPs per sample"), a.flops_per_sample, b.flops_per_sample});
  }
  table.rows.push_back({std::string("training seconds per run"), number_or_null(a.train_seconds.mean),
                        number_or_null(b.train_seconds.mean)});
  return table;
}

Table pair_seeds(const PairComparison& compared) {
  const SplitName split = compared.comparison.primary.split;
  Table table{{{"seed", -1, Align::right},
               {marked(compared, 0, split), 4},
               {marked(compared, 1, split), 4},
               {"B - A", 4},
               {"left out"}},
              {}};
  std::set<std::int64_t> seeds;
  for (const VariantSummary& variant : compared.comparison.variants) {
    for (const RunSummary& run : variant.runs) seeds.insert(run.seed);
  }
  const SeedPairs& pairs = compared.primary.seeds;
  const bool differ =
      different_images(compared.comparison, side(compared, 0), side(compared, 1), split).differ();
  for (const std::int64_t seed : seeds) {
    const auto found = std::find(pairs.seeds.begin(), pairs.seeds.end(), seed);
    std::vector<Value> row = {
        seed, value_of(side(compared, 0), seed), value_of(side(compared, 1), seed), {}, std::string()};
    if (found != pairs.seeds.end()) {
      row[3] = pairs.differences[static_cast<std::size_t>(found - pairs.seeds.begin())];
    } else if (differ && row[1] != Value() && row[2] != Value()) {
      row[4] = std::string("different images");
    } else {
      row[4] = fmt::format("A: {}, B: {}", standing_of(compared.comparison, side(compared, 0), seed),
                           standing_of(compared.comparison, side(compared, 1), seed));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table pair_difference_data(const PairComparison& compared) {
  Table table{{{"quantity"}, {"value"}, {"low"}, {"high"}, {"reason"}, {"leaked"}}, {}};
  const bool leaked = !marks(compared, compared.comparison.primary.split).empty();
  for (const Quantity& quantity : quantities(compared)) {
    table.rows.push_back({std::string(quantity.name), number_or_null(quantity.value),
                          number_or_null(quantity.low), number_or_null(quantity.high),
                          text_or_null(quantity.reason), std::int64_t{leaked}});
  }
  return table;
}

Table pair_difference_table(const PairComparison& compared) {
  const std::string head = fmt::format("B - A in {}{}", compared.comparison.primary.name,
                                       marks(compared, compared.comparison.primary.split));
  Table table{{{head}, {"value"}}, {}};
  for (const Quantity& quantity : quantities(compared)) {
    const bool has_value = !quantity.text.empty() && quantity.reason.empty();
    table.rows.push_back(
        {std::string(quantity.name), has_value ? quantity.text : fmt::format("– ({})", quantity.reason)});
  }
  return table;
}

Table pair_metrics_data(const PairComparison& compared) {
  Table table;
  for (const char* name : {"metric", "better", "n", "a_mean", "a_sd", "b_mean", "b_sd", "difference", "low",
                           "high", "p", "holm_p", "dz_hedges", "leaked"})
    table.columns.push_back({name});
  for (const MetricPair& pair : compared.metrics) {
    const ReportMetric metric = compared.comparison.metrics.at(pair.metric);
    std::vector<Value> row = {fmt::format("{}.{}", to_string(compared.split), metric.name),
                              std::string(metric.better == Better::up ? "up" : "down"),
                              whole(pair.paired.summary.n)};
    const double p = pair.has_p() ? pair.paired.permutation_p : undefined;
    for (const double number :
         {pair.first.mean, pair.first.standard_deviation, pair.second.mean, pair.second.standard_deviation,
          pair.paired.summary.mean, pair.paired.interval.low, pair.paired.interval.high, p, pair.holm_p,
          pair.paired.unbiased_effect_size}) {
      row.push_back(number_or_null(number));
    }
    row.emplace_back(std::int64_t{!marks(compared, compared.split).empty()});
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table pair_metrics_table(const PairComparison& compared) {
  Table table{
      {{fmt::format("{}", to_string(compared.split))},
       {marked(compared, 0, compared.split), -1, Align::right},
       {marked(compared, 1, compared.split), -1, Align::right},
       {"B - A", -1, Align::right},
       {fmt::format("{} interval", confidence_text(compared.comparison.confidence)), -1, Align::right},
       {"p", -1, Align::right},
       {"Holm p", -1, Align::right}},
      {}};
  for (const MetricPair& pair : compared.metrics) {
    if (pair.first.n == 0 && pair.second.n == 0) continue;
    const PairedDifference& d = pair.paired;
    const bool paired = d.summary.n > 0;
    table.rows.push_back({compared.comparison.metrics.at(pair.metric).name, mean_text(pair.first),
                          mean_text(pair.second), paired ? signed_text(d.summary.mean, decimals_of(d)) : "–",
                          d.summary.n > 1 ? interval_text(d.interval, decimals_of(d)) : "–",
                          pair.has_p() ? p_text(d.permutation_p) : "–", p_text(pair.holm_p)});
  }
  return table;
}

std::vector<TextCurve> pair_curves(const PairComparison& compared) {
  const Primary& primary = compared.comparison.primary;
  std::vector<TextCurve> curves;
  for (std::size_t i = 0; i < 2; ++i) {
    const VariantSummary& variant = side(compared, i);
    TextCurve drawn{fmt::format("{}{}", variant.name, mark(variant, primary.split)), {}};
    for (const CurvePoint& point : curve(variant, primary.split))
      drawn.points.emplace_back(point.epoch, point.metrics[primary.metric].mean);
    curves.push_back(std::move(drawn));
  }
  return curves;
}

Table pair_curve_data(const PairComparison& compared) {
  Table table{{{"epoch"}, {"a_mean"}, {"a_n"}, {"b_mean"}, {"b_n"}}, {}};
  const Primary& primary = compared.comparison.primary;
  std::map<int, std::vector<Value>> rows;
  for (std::size_t i = 0; i < 2; ++i) {
    for (const CurvePoint& point : curve(side(compared, i), primary.split)) {
      auto& row = rows.try_emplace(point.epoch, std::vector<Value>{point.epoch, {}, 0, {}, 0}).first->second;
      row[1 + 2 * i] = number_or_null(point.metrics[primary.metric].mean);
      row[2 + 2 * i] = whole(point.metrics[primary.metric].n);
    }
  }
  for (auto& [epoch, row] : rows) table.rows.push_back(std::move(row));
  return table;
}

}  // namespace ablate
