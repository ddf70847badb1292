#include "report/inference_tables.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/phrases.hpp"
#include "report/tables.hpp"

namespace ablate {
namespace {

using Row = std::vector<Value>;
using Texts = std::vector<std::string>;

const std::string& key_of(const Comparison& comparison, std::size_t factor) {
  return comparison.factor_keys[comparison.factor_analysis->factors[factor]];
}

/// Key, level and the level that it is compared with, as they are stored; NULLs for no factor.
void add_level(Row& row, const Comparison& comparison, const std::vector<FactorLevel>& of,
               std::size_t place) {
  if (place >= of.size()) {
    row.resize(row.size() + 3);
    return;
  }
  const auto& levels = comparison.factor_analysis->levels[of[place].factor];
  row.insert(row.end(), {key_of(comparison, of[place].factor), levels[of[place].level], levels[0]});
}

Row effect_data(const Comparison& comparison, const FactorialEffect& effect) {
  Row row = {std::string(effect.of.size() == 1 ? "main" : "interaction")};
  add_level(row, comparison, effect.of, 0);
  add_level(row, comparison, effect.of, 1);
  const PairedDifference& d = effect.difference;
  row.insert(row.end(), {whole(effect.settings), whole(d.summary.n)});
  const double p = d.summary.n > 1 ? d.permutation_p : undefined;
  for (const double value : {d.summary.mean, d.summary.standard_deviation, d.interval.low, d.interval.high, p,
                             d.smallest_permutation_p, d.unbiased_effect_size}) {
    row.push_back(number_or_null(value));
  }
  row.push_back(text_or_null(effect.reason));
  row.emplace_back(std::int64_t{!mark_of_all(comparison).empty()});
  return row;
}

Row effect_row(const Comparison& comparison, const FactorialEffect& effect) {
  const EffectName name = effect_name(comparison, effect);
  Difference difference;
  difference.paired = effect.difference;
  return {name.factor, name.change, whole(effect.settings), whole(effect.difference.summary.n),
          difference_text(difference).append(mark_of_all(comparison))};
}

std::vector<const FactorialEffect*> with_value(const std::vector<FactorialEffect>& effects) {
  std::vector<const FactorialEffect*> found;
  for (const FactorialEffect& effect : effects) {
    if (effect.reason.empty()) found.push_back(&effect);
  }
  return found;
}

std::vector<const FactorialEffect*> shown_interactions(const FactorAnalysis& analysis) {
  auto shown = with_value(analysis.interactions);
  if (shown.size() <= most_interactions_shown) return shown;
  std::stable_sort(shown.begin(), shown.end(), [](const auto* a, const auto* b) {
    return std::abs(a->difference.summary.mean) > std::abs(b->difference.summary.mean);
  });
  shown.resize(most_interactions_shown);
  return shown;
}

/// The terms of the analysis of variance in the order in which tables show them.
std::vector<const AnovaTerm*> terms(const Anova& anova) {
  std::vector<const AnovaTerm*> all;
  for (const AnovaTerm& term : anova.factors) all.push_back(&term);
  for (const AnovaTerm& term : anova.interactions) all.push_back(&term);
  all.push_back(&anova.seeds);
  all.push_back(&anova.residual);
  return all;
}

std::string term_name(const Comparison& comparison, const AnovaTerm& term, bool titled) {
  const Anova& anova = comparison.factor_analysis->anova;
  if (&term == &anova.seeds) return "seeds";
  if (&term == &anova.residual) return "residual";
  Texts names;
  for (const std::size_t factor : term.factors) {
    const std::string& key = key_of(comparison, factor);
    names.push_back(titled ? factor_name(comparison, key) : key);
  }
  return fmt::format("{}", fmt::join(names, " × "));
}

}  // namespace

EffectName effect_name(const Comparison& comparison, const FactorialEffect& effect) {
  Texts names, changes;
  for (const FactorLevel& part : effect.of) {
    const std::string& key = key_of(comparison, part.factor);
    const auto& levels = comparison.factor_analysis->levels[part.factor];
    names.push_back(factor_name(comparison, key));
    const std::string change = fmt::format("{} → {}", factor_label(comparison, key, levels[0]),
                                           factor_label(comparison, key, levels[part.level]));
    changes.push_back(effect.of.size() == 1 ? change : fmt::format("({})", change));
  }
  return {fmt::format("{}", fmt::join(names, " × ")), fmt::format("{}", fmt::join(changes, " × "))};
}

std::vector<const FactorialEffect*> shown_effects(const Comparison& comparison) {
  if (!comparison.factor_analysis) return {};
  auto shown = with_value(comparison.factor_analysis->main);
  const auto interactions = shown_interactions(*comparison.factor_analysis);
  shown.insert(shown.end(), interactions.begin(), interactions.end());
  return shown;
}

std::vector<std::size_t> shown_ranks(const Comparison& comparison) {
  if (!comparison.ranks) return {};
  const auto& [places, test, source] = *comparison.ranks;
  std::vector<std::size_t> order;
  const auto shown = shown_variants(comparison);
  for (std::size_t i = 0; i < test.mean_ranks.size(); ++i) {
    const auto* variant = &comparison.variants[places[i]];
    if (std::find(shown.begin(), shown.end(), variant) != shown.end()) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&ranks = test.mean_ranks](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
  return order;
}

Table effects_data(const Comparison& comparison) {
  Table table;
  for (const char* name :
       {"kind", "factor", "level", "against", "other_factor", "other_level", "other_against", "settings", "n",
        "mean", "sd", "low", "high", "p", "p_floor", "dz_hedges", "reason", "leaked"}) {
    table.columns.push_back({name});
  }
  if (!comparison.factor_analysis) return table;
  for (const auto* effects : {&comparison.factor_analysis->main, &comparison.factor_analysis->interactions}) {
    for (const FactorialEffect& effect : *effects) table.rows.push_back(effect_data(comparison, effect));
  }
  return table;
}

Table variance_data(const Comparison& comparison) {
  Table table{{{"source"}, {"degrees"}, {"sum_of_squares"}, {"share"}, {"f"}, {"p"}, {"reason"}, {"leaked"}},
              {}};
  if (!comparison.factor_analysis || !comparison.factor_analysis->anova.reason.empty()) return table;
  for (const AnovaTerm* term : terms(comparison.factor_analysis->anova)) {
    table.rows.push_back({term_name(comparison, *term, false), whole(term->degrees),
                          number_or_null(term->sum_of_squares), number_or_null(term->share),
                          number_or_null(term->f), number_or_null(term->p), text_or_null(term->reason),
                          std::int64_t{!mark_of_all(comparison).empty()}});
  }
  return table;
}

Table ranks_data(const Comparison& comparison) {
  Table table{{{"variant"},
               {"mean_rank"},
               {"seeds"},
               {"seeds_left_out"},
               {"friedman_chi_squared"},
               {"friedman_p"},
               {"critical_difference"},
               {"leaked"}},
              {}};
  if (!comparison.ranks) return table;
  const FriedmanTest& test = comparison.ranks->test;
  for (std::size_t i = 0; i < test.mean_ranks.size(); ++i) {
    table.rows.push_back({comparison.variants[comparison.ranks->variants[i]].name, test.mean_ranks[i],
                          whole(test.seeds), whole(test.left_out), number_or_null(test.chi_squared),
                          number_or_null(test.p), number_or_null(test.critical_difference),
                          std::int64_t{!mark_of_all(comparison).empty()}});
  }
  return table;
}

Table effects_table(const Comparison& comparison) {
  Table table{{{"factor"},
               {"change"},
               {"settings", -1, Align::right},
               {"n", -1, Align::right},
               {"effect", -1, Align::right}},
              {}};
  for (const auto* effect : shown_effects(comparison)) table.rows.push_back(effect_row(comparison, *effect));
  return table;
}

Table variance_table(const Comparison& comparison) {
  Table table{{{"source of variance"}, {"degrees of freedom", -1, Align::right}, {"share", -1, Align::right}},
              {}};
  if (!comparison.factor_analysis || !comparison.factor_analysis->anova.reason.empty()) return table;
  for (const AnovaTerm* term : terms(comparison.factor_analysis->anova)) {
    std::string share = "–";
    if (std::isfinite(term->share))
      share = fmt::format("{:.1f} %", 100.0 * term->share).append(mark_of_all(comparison));
    table.rows.push_back({term_name(comparison, *term, true), whole(term->degrees), share});
  }
  return table;
}

Table ranks_table(const Comparison& comparison) {
  Table table{{{"variant"}, {"mean rank", -1, Align::right}}, {}};
  for (const std::size_t i : shown_ranks(comparison)) {
    const auto& variant = comparison.variants[comparison.ranks->variants[i]];
    table.rows.push_back(
        {variant.name + (variant.is_baseline ? " (baseline)" : ""),
         fmt::format("{:.2f}", comparison.ranks->test.mean_ranks[i]).append(mark_of_all(comparison))});
  }
  return table;
}

}  // namespace ablate
