#include "report/html.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include "report/audit_text.hpp"
#include "report/html_data.hpp"
#include "report/html_parts.hpp"
#include "report/inference_tables.hpp"
#include "report/markdown.hpp"
#include "report/notes.hpp"
#include "report/origin_tables.hpp"
#include "report/phrases.hpp"
#include "report/tables.hpp"
#include "report/verdict.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::list;
using kainjow::mustache::object;

/// Text of the program's own, its lines kept.
std::string html_lines(const std::string& text) {
  std::string html;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    html += escape_html(text.substr(begin, end - begin)) + (end < text.size() ? "\n" : "");
    begin = end + 1;
  }
  return html;
}

data source_data(const Evidence& source) {
  return object{{"sql", html_lines(source.sql)},
                {"runs", source.runs.empty() ? "none" : id_ranges(source.runs)}};
}

data table_data(const Table& table, std::string_view id, const Evidence& source) {
  if (table.rows.empty()) return false;
  return object{{"table", html_table(table, id)}, {"source", source_data(source)}};
}

data text_or_nothing(const std::string& text) { return text.empty() ? data(false) : data(text); }

list tiles_data(const CellCounts& counts) {
  const std::pair<std::size_t, const char*> tiles[] = {
      {counts.planned, "planned"},       {counts.done, "done"},
      {counts.stopped, "stopped early"}, {counts.diverged, "diverged"},
      {counts.failed, "failed"},         {counts.interrupted, "interrupted"},
      {counts.running, "running"},       {counts.waiting, "waiting at a rung"},
      {counts.missing, "never begun"}};
  list all;
  for (const auto& [number, name] : tiles) {
    const bool always = &number == &tiles[0].first || &number == &tiles[1].first;
    if (number > 0 || always) {
      all.push_back(object{{"number", group_digits(static_cast<std::int64_t>(number))}, {"name", name}});
    }
  }
  return all;
}

/// Effects, shares of variance and ranks: each is left out where the study has none.
void add_analyses(object& values, const Comparison& comparison) {
  values["factor_analysis"] = false;
  values["ranks"] = false;
  if (const auto& analysis = comparison.factor_analysis) {
    const Table shares = variance_table(comparison);
    values["factor_analysis"] =
        object{{"table", html_table(effects_table(comparison), "factor-effects")},
               {"variance", shares.rows.empty() ? data(false) : data(html_table(shares, "variance"))},
               {"notes", html_texts(factor_notes(comparison))},
               {"source", source_data(analysis->source)}};
  }
  if (const auto& ranks = comparison.ranks) {
    values["ranks"] = object{{"table", html_table(ranks_table(comparison), "ranks")},
                             {"notes", html_texts(rank_notes(comparison))},
                             {"source", source_data(ranks->source)}};
  }
}

/// Sections of the figures; each is left out where it has nothing to show.
void add_figures(object& values, const Comparison& comparison) {
  const bool any = comparison.counts.done > 0;
  bool differs = false;
  for (const auto& variant : comparison.variants) differs = differs || variant.difference.has_value();
  values["figures"] = any;
  values["confidence"] = confidence_text(comparison.confidence);
  values["primary"] = comparison.primary.name;
  values["baseline"] = baseline(comparison) ? data(baseline(comparison)->name) : data(false);
  values["curves"] = any ? data(object{{"source", source_data(comparison.all_curves)}}) : data(false);
  values["effects"] = differs ? data(object{{"source", source_data(comparison.comparison)}}) : data(false);
  const bool crossed = any && comparison.factor_keys.size() > 1 && comparison.variants.size() > 2;
  values["factors"] = crossed ? data(object{{"source", source_data(comparison.comparison)}}) : data(false);
  values["rates"] = any ? data(object{{"source", source_data(comparison.rates)}}) : data(false);
  if (comparison.class_views.empty()) {
    values["classes"] = false;
    return;
  }
  const bool confused = !comparison.class_views.front().confusion.empty();
  values["classes"] = object{
      {"source", source_data(comparison.classes)},
      {"confusion", confused ? data(object{{"source", source_data(comparison.confusion)}}) : data(false)},
      {"most", std::to_string(most_confused_classes)}};
}

object page(const Comparison& comparison, const Templates& templates, const Outputs& outputs) {
  const bool any = comparison.counts.done > 0;
  const Table unfinished = unfinished_table(comparison);
  const std::size_t more = comparison.counts.planned - comparison.counts.done - unfinished.rows.size();
  object values = {
      {"policy", security_policy({chart_script(), templates.text("page.js"), templates.text("report.js")},
                                 templates.text("report.css"))},
      {"style", templates.text("report.css")},
      {"chart_script", std::string(chart_script())},
      {"page_script", templates.text("page.js")},
      {"script", templates.text("report.js")},
      {"tables_written", outputs.tables},
      {"data", page_data(comparison)},
      {"study", comparison.study},
      {"question", text_or_nothing(comparison.question)},
      {"verdict", verdict(comparison)},
      {"counts", runs_text(comparison)},
      {"tiles", tiles_data(comparison.counts)},
      {"unfinished", table_data(unfinished, "unfinished", comparison.cells)},
      {"unfinished_more", more > 0 ? data(std::to_string(more)) : data(false)},
      {"head_leaks", html_leaks(comparison, false)},
      {"leaks", html_leaks(comparison, true)},
      {"audit", html_texts(audit_sentences(comparison))},
      {"leak_source", source_data(comparison.leak_audit)},
      {"comparison",
       table_data(comparison_table(comparison, Rows::all), "comparison", comparison.comparison)},
      {"notes", html_texts(comparison_notes(comparison))},
      {"metrics", any ? table_data(metrics_table(comparison), "metrics", comparison.metrics) : data(false)},
      {"datasets", html_table(datasets_table(comparison), "datasets")},
      {"machines", html_table(machines_table(comparison), "machines")},
      {"any_dataset", !comparison.datasets.empty()},
      {"any_machine", !comparison.machines.empty()},
      {"code_versions", html_texts(comparison.code_versions)},
      {"fingerprint", text_or_nothing(comparison.fingerprint)}};
  add_figures(values, comparison);
  add_analyses(values, comparison);
  values["evidence"] = templates.text("evidence.html.mustache");
  return values;
}

}  // namespace

std::string render_html(const Comparison& comparison, const Templates& templates, const Outputs& outputs) {
  kainjow::mustache::mustache page_template{templates.text("index.html.mustache")};
  page_template.set_custom_escape([](const std::string& text) { return escape_html(text); });
  return page_template.render(data(page(comparison, templates, outputs)));
}

}  // namespace ablate
