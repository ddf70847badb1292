#include "ablate/report/markdown.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <kainjow/mustache.hpp>

#include "ablate/base/error.hpp"
#include "ablate/base/finding_kinds.hpp"
#include "ablate/report/audit_text.hpp"
#include "ablate/report/escape.hpp"
#include "ablate/report/origin_tables.hpp"
#include "ablate/report/phrases.hpp"
#include "ablate/report/tables.hpp"
#include "ablate/report/templates.hpp"
#include "ablate/report/verdict.hpp"

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

/// Sections that are left out leave their blank lines behind; one is enough.
std::string with_single_blank_lines(const std::string& text) {
  std::string tidy;
  for (const char c : text) {
    if (c != '\n' || !tidy.ends_with("\n\n")) tidy += c;
  }
  return tidy;
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
  return text + ".";
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

bool any_leaked(const Comparison& comparison) {
  return std::any_of(comparison.variants.begin(), comparison.variants.end(),
                     [](const auto& v) { return v.leaked; });
}

/// Which variants a stop rule cut, and what that means for the table.
std::string stopped_text(const Comparison& comparison) {
  std::vector<std::string> cut;
  for (const VariantSummary& variant : comparison.variants) {
    if (variant.counts.stopped == 0) continue;
    int epochs = 0;
    for (const CellRecord& cell : variant.cells) epochs = std::max(epochs, cell.epochs_done);
    cut.push_back(fmt::format("{} after epoch {}", variant.name, epochs));
  }
  if (cut.empty()) return "A stop rule (successive halving) was set; it has stopped no variant.";
  return fmt::format(
      "Stopped early by successive halving, on validation, over all seeds together: {}. They were cut "
      "because they "
      "did worse, so a difference or a p for them would mean nothing, and none is given.",
      fmt::join(cut, "; "));
}

/// What a reader of the comparison table must know beyond its heads.
list notes(const Comparison& comparison) {
  list all;
  const std::size_t shown = shown_variants(comparison).size();
  if (shown < comparison.variants.size()) {
    all.push_back(
        fmt::format("{} of {} variants are shown: the baseline, the best and the worst by {}; "
                    "tables/comparison.csv has all.",
                    shown, comparison.variants.size(), comparison.primary.name));
  }
  all.push_back(fmt::format(
      "Mean ± standard deviation over the n seeds that finished, at the epoch selected by {}.",
      comparison.selected_by.empty() ? "nothing yet"
                                     : fmt::format("{}", fmt::join(comparison.selected_by, ", "))));
  if (!comparison.train_evaluated.empty()) {
    all.push_back(
        fmt::format("The training set was evaluated: {}.", fmt::join(comparison.train_evaluated, "; ")));
  }
  if (baseline(comparison)) {
    all.push_back(
        fmt::format("Difference: mean over the seeds that both finished, with its {} Student t interval, "
                    "uncorrected for the number of comparisons.",
                    confidence_text(comparison.confidence)));
  }
  if (!comparison.stop_rules.empty()) all.push_back(stopped_text(comparison));
  if (any_leaked(comparison)) {
    all.push_back("† Leaked: see the leak audit. Not evidence of how a network does on new images.");
  }
  if (comparison.machines.size() > 1)
    all.push_back("The runs come from several machines: their seconds do not compare.");
  return all;
}

object page(const Comparison& comparison, const std::vector<Figure>& figures,
            const std::vector<bool>& drawn) {
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
      {"notes", notes(comparison)},
      {"metrics", any ? table_data(metrics_table(comparison), comparison.metrics) : data(false)},
      {"figures", figures_data(figures, drawn)},
      {"datasets", bare_table(datasets_table(comparison))},
      {"machines", bare_table(machines_table(comparison))}};
  list versions;
  for (const auto& version : comparison.code_versions) versions.push_back(version);
  values["code_versions"] = versions;
  values["source_block"] = without_last_line_feed(std::string(source_template()));
  return values;
}

}  // namespace

std::string render_markdown(const Comparison& comparison, const std::vector<Figure>& figures,
                            const std::vector<bool>& drawn) {
  kainjow::mustache::mustache page_template{std::string(report_template())};
  page_template.set_custom_escape([](const std::string& text) { return escape_markdown(text); });
  const std::string text = page_template.render(data(page(comparison, figures, drawn)));
  if (!page_template.is_valid()) {
    throw RequestError("the report's template is not well formed: " + page_template.error_message());
  }
  return with_single_blank_lines(text);
}

std::string runs_text(const Comparison& comparison) { return counts_text(comparison.counts); }

std::vector<std::string> comparison_notes(const Comparison& comparison) {
  std::vector<std::string> texts;
  for (const data& note : notes(comparison)) texts.push_back(note.string_value());
  if (shown_variants(comparison).size() < comparison.variants.size()) texts.erase(texts.begin());
  return texts;
}

}  // namespace ablate
