#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/answer_words.hpp"
#include "report/dependence_words.hpp"
#include "report/difference_rows.hpp"
#include "report/image_words.hpp"
#include "report/looks.hpp"
#include "report/paper_cells.hpp"
#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "report/setting_words.hpp"
#include "report/shown.hpp"
#include "report/sources.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_rows = 60, most_drawn = 40;

Evidence contrast_source(const Comparison& comparison) {
  return primary_source(
      comparison, {"run_metric", fmt::format(" AND m.split = '{}'", to_string(comparison.primary.split))});
}

/// A row that something is said of.
struct SaidRow {
  const AnsweredContrast* of = nullptr;
  std::string kind, factor, level;  ///< "pooled"; or "level" and what pages call them
  const ContrastRow* row = nullptr;
  const Member* member = nullptr;
  const Said* said = nullptr;
  const TwoLevels* images = nullptr;
};

std::vector<SaidRow> said_rows(const Comparison& comparison) {
  std::vector<SaidRow> rows;
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    rows.push_back({&of, "pooled", "", "", &of.contrast.pooled, &of.conclusion.pooled.member, &of.pooled,
                    &of.pooled_images});
    for (std::size_t i = 0; i < of.levels.size() && of.levels.size() > 1; ++i) {
      const LevelRow& level = of.contrast.levels[i];
      const JointFactor& factor = comparison.answer->factors[of.others[level.factor]];
      rows.push_back({&of, "level", joint_name(comparison, factor),
                      joint_label(comparison, factor, level.level), &level.effect,
                      &of.conclusion.levels[i].member, &of.levels[i],
                      i < of.level_images.size() ? &of.level_images[i] : &of.pooled_images});
    }
  }
  return rows;
}

std::string where_of(const Comparison& comparison, const SaidRow& row) {
  if (row.kind == "level") return fmt::format("{} {}", row.factor, row.level);
  const bool several = row.row->strata > 1 || is_cut(comparison, *row.of);
  return several ? settings_text(comparison, *row.of) : "";
}

/// A column in which no row says anything.
void leave_out_empty(Table& table, std::ptrdiff_t column) {
  const auto place = static_cast<std::size_t>(column);
  const bool empty = std::all_of(table.rows.begin(), table.rows.end(),
                                 [&](const auto& row) { return to_string(row[place]).empty(); });
  if (!empty) return;
  table.columns.erase(table.columns.begin() + column);
  for (auto& row : table.rows) row.erase(row.begin() + column);
}

Table contrast_page(const Comparison& comparison) {
  const bool images = knows_images(comparison);
  Table table{
      {{"contrast"},
       {"where"},
       {"n", -1, Align::right},
       {fmt::format("difference in {}{}", comparison.primary.name, images ? ", on these test images" : ""),
        -1, Align::right},
       {"p", -1, Align::right},
       {"said"}},
      {}};
  for (const SaidRow& row : said_rows(comparison)) {
    const std::string_view dagger = mark(comparison, *row.of);
    table.rows.push_back({row.of->name, where_of(comparison, row), whole(row.member->summary.n),
                          difference_text(*row.member).append(dagger), p_text(row.member->p),
                          said_text(comparison, *row.of, *row.said)});
    if (images)
      table.rows.back().insert(table.rows.back().begin() + 4,
                               images_text(*row.images, decimals_of(*row.member)).append(dagger));
  }
  if (images) table.columns.insert(table.columns.begin() + 4, {"on images like these", -1, Align::right});
  leave_out_empty(table, 1);
  return table;
}

/// Every stratum of every contrast: its mean, and in how many seeds `to` does better.
Table strata_of(const Comparison& comparison) {
  Table table{{{"contrast"},
               {"setting"},
               {"n", -1, Align::right},
               {"mean difference", -1, Align::right},
               {"seeds better", -1, Align::right}},
              {}};
  const double sign = primary_metric(comparison).better == Better::up ? 1.0 : -1.0;
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    for (const StratumRow& stratum : of.contrast.strata) {
      const auto& values = stratum.effect.row.values;
      if (values.empty() || of.contrast.strata.size() < 2) continue;
      const Summary summary = summarize(values);
      const auto better =
          std::count_if(values.begin(), values.end(), [&](double v) { return sign * v > 0.0; });
      table.rows.push_back({of.name, levels_text(comparison, of, stratum.setting), whole(summary.n),
                            signed_text(summary.mean, decimals_for(summary)),
                            fmt::format("{} of {}", better, summary.n)});
    }
  }
  return table;
}

constexpr const char* data_columns[] = {
    "contrast",    "subject", "from",    "to",     "kind", "factor",     "level",         "n",
    "strata",      "pairs",   "missing", "mean",   "sd",   "low",        "high",          "p",
    "p_step_down", "p_floor", "judged",  "margin", "said", "depends_on", "diverged_from", "diverged_to",
    "leaked"};

Table contrast_data(const Comparison& comparison) {
  Table table;
  for (const char* name : data_columns) table.columns.push_back({name});
  add_image_columns(table);
  for (const SaidRow& row : said_rows(comparison)) {
    const Member& member = *row.member;
    const Summary& summary = member.summary;
    const bool wide = member.interval.has_width();
    table.rows.push_back({row.of->name,
                          text_or_null(row.of->subject),
                          row.of->from,
                          row.of->to,
                          row.kind,
                          text_or_null(row.factor),
                          text_or_null(row.level),
                          whole(summary.n),
                          whole(row.row->strata),
                          whole(row.row->pairs),
                          whole(row.row->missing),
                          number_or_null(summary.n ? summary.mean : undefined),
                          number_or_null(summary.n > 1 ? summary.standard_deviation : undefined),
                          number_or_null(wide ? member.interval.low : undefined),
                          number_or_null(wide ? member.interval.high : undefined),
                          number_or_null(member.p),
                          number_or_null(member.step_down_p),
                          number_or_null(member.smallest_p),
                          judged_text(member.judged),
                          comparison.answer->margin,
                          row.said->is_told ? word_text(row.said->word) : "not stated",
                          text_or_null(factors_text(comparison, *row.of, row.said->depends_on)),
                          whole(row.said->outcomes.only_from_diverged),
                          whole(row.said->outcomes.only_to_diverged),
                          std::int64_t{!mark(comparison, *row.of).empty()}});
    add_image_values(table.rows.back(), *row.images);
  }
  return table;
}

/// The values that all of it is made of: one row per seed of every row above.
Table seeds_of(const Comparison& comparison) {
  Table table{{{"contrast"}, {"kind"}, {"factor"}, {"level"}, {"seed"}, {"difference"}}, {}};
  for (const SaidRow& row : said_rows(comparison)) {
    const SeedRow& seeds = row.row->row;
    for (std::size_t i = 0; i < seeds.seeds.size(); ++i) {
      table.rows.push_back({row.of->name, row.kind, text_or_null(row.factor), text_or_null(row.level),
                            seeds.seeds[i], seeds.values[i]});
    }
  }
  return table;
}

std::vector<std::string> contrast_notes(const Comparison& comparison) {
  const StudyAnswer& answer = *comparison.answer;
  std::vector<std::string> notes = {
      fmt::format(
          "Difference: {} of the second side minus that of the first, all else equal, paired by seed; one "
          "value per seed, the mean over the settings, missing ones by least squares.",
          comparison.primary.name),
      method_note(comparison), images_note(comparison)};
  for (std::string& note : look_notes(comparison)) notes.push_back(std::move(note));
  notes.push_back(
      answer.margin > 0.0
          ? fmt::format("Said: by the interval and the margin {} alone: better, worse, the same within "
                        "the margin, better (worse) but by less than the margin, cannot say.",
                        answer.margin)
          : "Said: by the interval alone: better, worse, cannot say. Without report.contrast.margin "
            "nothing is the same.");
  if (!answer.declared) {
    notes.emplace_back(
        answer.of_changes
            ? "The study file names no contrast: each change is compared with the baseline."
            : "The study file names no contrast: this is the first factor, and the baseline's level of it.");
  }
  for (const AnsweredContrast& of : answer.contrasts) {
    for (const Dependence& one : of.conclusion.dependences)
      notes.push_back(dependence_note(comparison, of, one));
  }
  return notes;
}

PaperTable contrast_paper(const Comparison& comparison) {
  PaperTable table{"contrasts",
                   "The contrasts",
                   {{"contrast"},
                    {"where"},
                    {"n", PaperKind::number, 0},
                    {interval_head(comparison, "difference"), PaperKind::interval, 2, true},
                    {"p", PaperKind::number},
                    {"said"}},
                   {},
                   contrast_notes(comparison),
                   contrast_source(comparison)};
  int& decimals = table.columns[3].decimals;
  for (const SaidRow& row : said_rows(comparison)) {
    const Member& member = *row.member;
    const bool leaked = !mark(comparison, *row.of).empty();
    decimals = std::max(decimals, decimals_of(member));
    table.rows.push_back({{row.of->name},
                          {where_of(comparison, row)},
                          number_cell(member.summary.n),
                          interval_cell(member, leaked),
                          p_cell(member.p, leaked),
                          {said_text(comparison, *row.of, *row.said)}});
  }
  if (std::all_of(table.rows.begin(), table.rows.end(),
                  [](const auto& row) { return row[1].text.empty(); })) {
    table.columns.erase(table.columns.begin() + 1);
    for (auto& row : table.rows) row.erase(row.begin() + 1);
  }
  return table;
}

ForestRow told_row(const Comparison& comparison, const SaidRow& row, std::string label) {
  const Member& member = *row.member;
  ForestRow drawn = forest_row(std::move(label), member, member.interval.has_width());
  drawn.dots = row.row->row.values;
  if (row.images->reason.empty()) {
    drawn.outer_low = row.images->on_images_like_these.low;
    drawn.outer_high = row.images->on_images_like_these.high;
  }
  // A thick line needs the reason why nothing is said.
  const bool is_withheld = row.said->withheld && row.said->is_told && row.said->word == Word::cannot_say;
  drawn.note =
      is_withheld ? said_text(comparison, *row.of, *row.said) : brief_text(comparison, *row.of, *row.said);
  if (!is_withheld && row.said->is_told && !row.said->depends_on.empty()) drawn.note += ", on average";
  return drawn;
}

std::string drawn_label(const Comparison& comparison, const SaidRow& row) {
  if (row.kind == "level") return where_of(comparison, row);
  return row.of->levels.size() < 2 ? name_with_settings(comparison, *row.of)
                                   : settings_text(comparison, *row.of);
}

/// The rows of levels, and the pooled ones that are reported; of several contrasts those of each below its name.
std::vector<ForestRow> drawn_rows(const Comparison& comparison, std::size_t& left_out) {
  std::vector<ForestRow> rows;
  const AnsweredContrast* headed = nullptr;
  std::size_t drawn = 0;
  for (const SaidRow& row : said_rows(comparison)) {
    const bool is_left_to_levels = row.kind == "pooled" && !row.said->is_told;
    if (is_left_to_levels || row.row->row.values.empty()) continue;
    if (drawn == most_drawn) {
      ++left_out;
      continue;
    }
    const bool several = comparison.answer->contrasts.size() > 1 && row.of->levels.size() > 1;
    if (several && headed != row.of) rows.push_back({row.of->name, 0.0, 0.0, 0.0, true});
    headed = row.of;
    rows.push_back(told_row(comparison, row, drawn_label(comparison, row)));
    ++drawn;
  }
  return rows;
}

std::string contrast_caption(const Comparison& comparison, const std::vector<ForestRow>& rows,
                             std::size_t left_out) {
  const AnsweredContrast& first = comparison.answer->contrasts.front();
  const bool alone = comparison.answer->contrasts.size() == 1;
  std::string caption = fmt::format("{}, {}, paired by seed. A dot is a seed", comparison.primary.name,
                                    alone ? fmt::format("{} minus {}", first.to, first.from)
                                          : std::string("the second side minus the first"));
  const bool any_line = std::any_of(rows.begin(), rows.end(),
                                    [](const ForestRow& row) { return !row.heading && row.low < row.high; });
  caption += any_line ? fmt::format("; the line is the {} interval{}; thick where it excludes 0.",
                                    confidence_text(comparison.confidence),
                                    first.conclusion.family_size > 1 ? ", simultaneous with the others" : "")
                      : std::string("; no row has an interval.");
  if (knows_images(comparison)) caption += " Whiskers: the interval on images like these.";
  if (left_out > 0) caption += fmt::format(" {} of {} rows are drawn.", most_drawn, most_drawn + left_out);
  return caption;
}

Figure effect_figure(const Comparison& comparison) {
  Figure figure;
  std::size_t left_out = 0;
  figure.title = "The answer: every contrast, by level";
  figure.plot.name = "contrast";
  figure.forest = Forest{"contrast", fmt::format("difference in {}", comparison.primary.name),
                         drawn_rows(comparison, left_out), "on images like these"};
  figure.caption = contrast_caption(comparison, figure.forest->rows, left_out);
  figure.data = seeds_of(comparison);
  figure.source = contrast_source(comparison);
  return figure;
}

}  // namespace

Section contrasts_section(const Comparison& comparison) {
  Section section{"contrasts", "The answer in numbers"};
  section.is_shown = comparison.answer.has_value();
  if (!comparison.answer) return section;
  PageTable rows{"contrasts", "The contrasts", contrast_page(comparison)};
  if (rows.table.rows.size() > most_rows) {
    rows.more = rows.table.rows.size() - most_rows;
    rows.more_file = "tables/contrasts.csv";
    rows.table.rows.resize(most_rows);
  }
  section.tables = {
      std::move(rows),
      {"contrast-strata", "Differences in every setting", strata_of(comparison), "In every setting"}};
  section.notes = contrast_notes(comparison);
  section.links = {{"In full: ", "tables/contrasts.csv", "; every seed: "},
                   {"", "tables/contrast_seeds.csv", "; for a paper: "},
                   {"", "tables/contrasts.tex", "."}};
  section.evidence = contrast_source(comparison);
  if (Figure figure = effect_figure(comparison); !figure.forest->rows.empty())
    section.figures.push_back(std::move(figure));
  section.files = {{"contrasts", contrast_data(comparison)}, {"contrast_seeds", seeds_of(comparison)}};
  section.papers.push_back(contrast_paper(comparison));
  return section;
}

}  // namespace ablate
