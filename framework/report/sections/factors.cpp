#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/factor_effects.hpp"
#include "report/paper_cells.hpp"
#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "report/sources.hpp"

namespace ablate {
namespace {

using Notes = std::vector<std::string>;
using Row = std::vector<Value>;
using Texts = std::vector<std::string>;

/// One row per finished run and factor.
Evidence factor_source(const Comparison& comparison) {
  const MetricColumn column = primary_column(comparison);
  return {fmt::format("SELECT v.name AS variant, v.is_baseline, r.seed, f.key AS factor, f.value, {}\n"
                      "FROM run r JOIN variant v ON v.id = r.variant_id JOIN {} m ON {}\n"
                      "JOIN factor f ON f.variant_id = v.id\n"
                      "WHERE r.study_id = {} AND r.status = 'done' AND NOT r.obsolete AND m.split = '{}'{}\n"
                      "ORDER BY v.id, r.seed, f.position",
                      column.value, column.selected, column.join, comparison.study_id,
                      to_string(comparison.primary.split), of_chosen(comparison)),
          done_runs(comparison)};
}

/// Key, level and the level that it is compared with, as they are stored; NULLs for no factor.
void add_level(Row& row, const Comparison& comparison, const std::vector<FactorLevel>& of,
               std::size_t place) {
  if (place >= of.size()) {
    row.resize(row.size() + 3);
    return;
  }
  const auto [factor, level] = of[place];
  row.insert(row.end(), {analysed_key(comparison, factor), analysed_level(comparison, factor, level),
                         analysed_level(comparison, factor, 0)});
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
  return {name.factor, name.change, whole(effect.settings), whole(effect.difference.summary.n),
          difference_text(effect.difference).append(mark_of_all(comparison))};
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
    names.push_back(titled ? joint_name(comparison, comparison.factor_analysis->factors[factor])
                           : analysed_key(comparison, factor));
  }
  return fmt::format("{}", fmt::join(names, " × "));
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
  Table table;
  for (const char* name : {"source", "degrees", "sum_of_squares", "share", "error", "error_degrees", "f", "p",
                           "reason", "leaked"})
    table.columns.push_back({name});
  if (!comparison.factor_analysis || !comparison.factor_analysis->anova.reason.empty()) return table;
  for (const AnovaTerm* term : terms(comparison.factor_analysis->anova)) {
    const std::string name = term_name(comparison, *term, false);
    const bool tested = std::isfinite(term->f);
    table.rows.push_back({name, whole(term->degrees), number_or_null(term->sum_of_squares),
                          number_or_null(term->share), tested ? Value(name + " × seeds") : Value(),
                          tested ? whole(term->error_degrees) : Value(), number_or_null(term->f),
                          number_or_null(term->p), text_or_null(term->reason),
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
      share = fmt::format("{:.1f}%", 100.0 * term->share).append(mark_of_all(comparison));
    table.rows.push_back({term_name(comparison, *term, true), whole(term->degrees), share});
  }
  return table;
}

void add_variance_notes(const Anova& anova, Notes& notes) {
  if (!anova.reason.empty()) {
    notes.push_back(fmt::format("No shares of variance: {}.", anova.reason));
    return;
  }
  notes.push_back(fmt::format(
      "Share of variance: analysis of variance of {} with the seeds as blocks (type II). Its F tests have the "
      "term times the seeds as their error, assume normal errors, and are in the file alone.",
      counted(anova.runs, "run")));
  if (anova.left_out > 0) {
    notes.push_back(fmt::format("{} without a value {} no part of it, so shares need not add up to 1.",
                                counted(anova.left_out, "run"), anova.left_out == 1 ? "is" : "are"));
  }
  if (!anova.interactions_reason.empty())
    notes.push_back(fmt::format("No shares of interactions: {}.", anova.interactions_reason));
}

Notes factor_notes(const Comparison& comparison) {
  if (!comparison.factor_analysis) return {};
  const FactorAnalysis& analysis = *comparison.factor_analysis;
  Notes notes = {fmt::format(
      "Effect: what this change alone does to {}, averaged within each of the n seeds over the settings of "
      "the other factors in which both were run (missing runs are fitted by least squares); mean over the seeds, with "
      "its {} Student t interval, uncorrected for the number of rows: to explore, not to conclude. What the "
      "study asks is answered above.",
      comparison.primary.name, confidence_text(comparison.confidence))};
  if (!analysis.interactions.empty()) {
    notes.push_back(
        "Interaction (×): how much the one effect changes when the other change is made as well; 0 where "
        "they add up.");
  }
  const auto known = std::count_if(analysis.interactions.begin(), analysis.interactions.end(),
                                   [](const auto& effect) { return effect.reason.empty(); });
  if (static_cast<std::size_t>(known) > most_interactions_shown) {
    notes.push_back(
        fmt::format("The {} largest of {} interactions are shown.", most_interactions_shown, known));
  }
  std::set<std::int64_t> left_out;
  for (const auto* effects : {&analysis.main, &analysis.interactions}) {
    for (const FactorialEffect& effect : *effects)
      left_out.insert(effect.left_out.begin(), effect.left_out.end());
  }
  if (!left_out.empty()) {
    notes.push_back(fmt::format("Left out of some rows, without a value on both sides: {}.",
                                seeds_text({left_out.begin(), left_out.end()})));
  }
  add_variance_notes(analysis.anova, notes);
  return notes;
}

PaperTable factors_paper(const Comparison& comparison) {
  PaperTable table{"factors",
                   "Effects of the factors",
                   {{"factor"},
                    {"change"},
                    {"settings", PaperKind::number, 0},
                    {"n", PaperKind::number, 0},
                    {interval_head(comparison, "effect"), PaperKind::interval, 2, true}},
                   {},
                   factor_notes(comparison),
                   factor_source(comparison)};
  const bool leaked = !mark_of_all(comparison).empty();
  for (const FactorialEffect* effect : shown_effects(comparison)) {
    const EffectName name = effect_name(comparison, *effect);
    table.columns.back().decimals = std::max(table.columns.back().decimals, decimals_of(effect->difference));
    table.rows.push_back({{name.factor},
                          {name.change},
                          number_cell(effect->settings),
                          number_cell(effect->difference.summary.n),
                          interval_cell(effect->difference, leaked)});
  }
  return table;
}

PaperTable variance_paper(const Comparison& comparison) {
  PaperTable table{"variance",
                   "Shares of variance",
                   {{"source of variance"},
                    {"degrees of freedom", PaperKind::number, 0},
                    {"share in %", PaperKind::number, 1}},
                   {},
                   {},
                   factor_source(comparison)};
  const Table names = variance_table(comparison), numbers = variance_data(comparison);
  const bool leaked = !mark_of_all(comparison).empty();
  for (std::size_t i = 0; i < names.rows.size(); ++i) {
    const auto* share = std::get_if<double>(&numbers.rows[i][3]);
    table.rows.push_back({{std::get<std::string>(names.rows[i][0])},
                          number_cell(static_cast<double>(std::get<std::int64_t>(numbers.rows[i][1]))),
                          {"", {share ? 100.0 * *share : undefined}, leaked && share}});
  }
  return table;
}

/// Means by two factors, and every variant's way through all of them.
std::vector<Drawing> crossed(const Comparison& comparison) {
  const std::string& name = comparison.primary.name;
  Drawing grid{"grid", "Mean by two factors"};
  grid.controls = {{"grid-rows", "Down"}, {"grid-columns", "Across"}};
  grid.caption = fmt::format(
      "Mean of {} over the variants of each cell; the fuller the colour, the better. A cell may mix other "
      "factors.",
      name);
  Drawing parallel{"parallel", "Factors and result of every variant"};
  parallel.caption = fmt::format(
      "One line per variant, through its factors to its {}; those that are switched on have their colour. A "
      "click on a line switches it.",
      name);
  parallel.evidence = comparison_source(comparison);
  return {grid, parallel};
}

}  // namespace

Section factors_section(const Comparison& comparison) {
  Section section{"factors", "Factors"};
  if (comparison.counts.done > 0 && comparison.factor_keys.size() > 1 && comparison.variants.size() > 2)
    section.drawings = crossed(comparison);
  section.is_shown = comparison.factor_analysis || !section.drawings.empty();
  if (!comparison.factor_analysis) return section;
  section.tables = {{"factor-effects", "Effects of the factors", effects_table(comparison)},
                    {"variance", "Shares of variance", variance_table(comparison)}};
  section.notes = factor_notes(comparison);
  section.links = {{"In full: ", "tables/factors.csv", ", "}, {"", "tables/variance.csv", "."}};
  section.evidence = factor_source(comparison);
  section.files = {{"factors", effects_data(comparison)}, {"variance", variance_data(comparison)}};
  section.papers = {factors_paper(comparison), variance_paper(comparison)};
  return section;
}

}  // namespace ablate
