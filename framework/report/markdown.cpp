#include "report/markdown.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <kainjow/mustache.hpp>

#include "base/finding_kinds.hpp"
#include "report/audit_text.hpp"
#include "report/inference_tables.hpp"
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

/// The template says where lines end.
std::string without_last_line_feed(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

data source_data(const Evidence& source) {
  const std::string runs = source.runs.empty() ? "none" : id_ranges(source.runs);
  return object{{"sql", source.sql}, {"runs", runs}};
}

/// A table as Markdown with its source; false, which hides the section, where it has no rows.
data table_data(const Table& table, const Evidence& source) {
  if (table.rows.empty()) return false;
  return object{{"table", without_last_line_feed(render(table, Format::markdown))},
                {"source", source_data(source)}};
}

std::string counts_text(const CellCounts& counts) {
  std::string text = fmt::format("{}: {} done", counted(counts.planned, "planned run"), counts.done);
  if (counts.stopped > 0) text += fmt::format(", {} stopped early by the stop rule", counts.stopped);
  const std::pair<std::size_t, const char*> others[] = {{counts.diverged, "diverged"},
                                                        {counts.failed, "failed"},
                                                        {counts.interrupted, "interrupted"},
                                                        {counts.running, "still running"},
                                                        {counts.missing, "missing (never begun)"}};
  for (const auto& [number, name] : others) text += fmt::format(", {} {}", number, name);
  if (counts.waiting > 0) text += fmt::format(", {} waiting at a rung", counts.waiting);
  if (counts.archived == 0) return text + ".";
  const bool all = counts.archived == counts.planned;
  return text + fmt::format(". {} archived: lists leave {} out, this report does not.",
                            all ? "They are all"
                                : counted(counts.archived, "run") + (counts.archived == 1 ? " is" : " are"),
                            counts.archived == 1 ? "it" : "them");
}

/// Findings of the audit; without notes for the head of the page.
list leaks_data(const Comparison& comparison, bool with_notes) {
  list leaks;
  for (const auto& leak : comparison.leaks) {
    const Severity severity = severity_of(leak.kind);
    if (severity == Severity::note && !with_notes) continue;
    leaks.push_back(object{{"severity", severity_title(leak.kind)},
                           {"mark", std::string(severity == Severity::leak ? dagger : "")},
                           {"kind", leak.kind},
                           {"detail", leak.detail},
                           {"extent", extent_text(comparison, leak)}});
  }
  return leaks;
}

list sentences_data(const std::vector<std::string>& sentences) {
  list all;
  for (const auto& sentence : sentences) all.push_back(sentence);
  return all;
}

list figures_data(const std::vector<Figure>& figures, const std::vector<bool>& drawn) {
  list all;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const Figure& figure = figures[i];
    all.push_back(object{{"title", figure.title},
                         {"caption", figure.caption},
                         {"name", figure.plot.name},
                         {"number", std::to_string(i + 1)},
                         {"drawn", bool(drawn.at(i))},
                         {"source", source_data(figure.source)}});
  }
  return all;
}

data bare_table(const Table& table) {
  if (table.rows.empty()) return false;
  return object{{"table", without_last_line_feed(render(table, Format::markdown))}};
}

/// Several tables over one source; false, which hides the section, where the first has no rows.
data analysis_data(const Table& first, const Table& second, const std::vector<std::string>& notes,
                   const Evidence& source) {
  if (first.rows.empty() && second.rows.empty() && notes.empty()) return false;
  return object{{"table", bare_table(first)},
                {"second_table", bare_table(second)},
                {"notes", sentences_data(notes)},
                {"source", source_data(source)}};
}

list comparison_sentences(const Comparison& comparison) {
  std::vector<std::string> sentences = comparison_notes(comparison);
  const std::string shown = shown_text(comparison);
  if (!shown.empty()) sentences.insert(sentences.begin(), shown);
  return sentences_data(sentences);
}

data factors_data(const Comparison& comparison) {
  if (!comparison.factor_analysis) return false;
  return analysis_data(effects_table(comparison), variance_table(comparison), factor_notes(comparison),
                       comparison.factor_analysis->source);
}

data ranks_section(const Comparison& comparison) {
  if (!comparison.ranks) return false;
  return analysis_data(ranks_table(comparison), {}, rank_notes(comparison), comparison.ranks->source);
}

object page(const Comparison& comparison, const std::vector<Figure>& figures, const std::vector<bool>& drawn,
            const Templates& templates, const Outputs& outputs) {
  const Table unfinished = unfinished_table(comparison);
  const std::size_t open = comparison.counts.planned - comparison.counts.done;
  const bool any = comparison.counts.done > 0;
  object values = {
      {"study", comparison.study},
      {"question", comparison.question.empty() ? data(false) : data(comparison.question)},
      {"verdict", verdict(comparison)},
      {"counts", counts_text(comparison.counts)},
      {"unfinished", table_data(unfinished, comparison.cells)},
      {"unfinished_more",
       open > unfinished.rows.size() ? data(std::to_string(open - unfinished.rows.size())) : data(false)},
      {"leaks", leaks_data(comparison, true)},
      {"head_leaks", leaks_data(comparison, false)},
      {"audit", sentences_data(audit_sentences(comparison))},
      {"leaked", any_leaked(comparison)},
      {"leak_source", source_data(comparison.leak_audit)},
      {"comparison", table_data(comparison_table(comparison), comparison.comparison)},
      {"notes", comparison_sentences(comparison)},
      {"factors", factors_data(comparison)},
      {"ranks", ranks_section(comparison)},
      {"metrics", any ? table_data(metrics_table(comparison), comparison.metrics) : data(false)},
      {"figures", figures_data(figures, drawn)},
      {"datasets", bare_table(datasets_table(comparison))},
      {"machines", bare_table(machines_table(comparison))}};
  list versions;
  for (const auto& version : comparison.code_versions) versions.push_back(version);
  values["code_versions"] = versions;
  values["fingerprint"] = comparison.fingerprint.empty() ? data(false) : data(comparison.fingerprint);
  values["tables_written"] = outputs.tables;
  values["figures_written"] = outputs.figures;
  values["data_written"] = outputs.data;
  values["source_block"] = without_last_line_feed(templates.text("source.md.mustache"));
  return values;
}

}  // namespace

std::string render_markdown(const Comparison& comparison, const std::vector<Figure>& figures,
                            const std::vector<bool>& drawn, const Templates& templates,
                            const Outputs& outputs) {
  kainjow::mustache::mustache page_template{templates.text("report.md.mustache")};
  page_template.set_custom_escape([](const std::string& text) { return escape_markdown(text); });
  return with_single_blank_lines(
      page_template.render(data(page(comparison, figures, drawn, templates, outputs))));
}

std::string with_single_blank_lines(const std::string& text) {
  std::string tidy;
  for (const char c : text) {
    if (c != '\n' || !tidy.ends_with("\n\n")) tidy += c;
  }
  return tidy;
}

std::string runs_text(const Comparison& comparison) { return counts_text(comparison.counts); }

}  // namespace ablate
