#include "ablate/report/html.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include "ablate/base/digest.hpp"
#include "ablate/base/error.hpp"
#include "ablate/base/finding_kinds.hpp"
#include "ablate/report/audit_text.hpp"
#include "ablate/report/escape.hpp"
#include "ablate/report/html_data.hpp"
#include "ablate/report/markdown.hpp"
#include "ablate/report/notes.hpp"
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

std::string base64(const Digest& digest) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < digest.size(); i += 3) {
    const auto byte = [&](std::size_t k) { return k < digest.size() ? std::uint32_t{digest[k]} : 0U; };
    const std::uint32_t bits = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    for (std::size_t k = 0; k < 4; ++k) {
      text += i + k > digest.size() ? '=' : letters[bits >> (18 - 6 * k) & 63];
    }
  }
  return text;
}

std::string source_hash(std::string_view text) {
  return fmt::format("'sha256-{}'", base64(Sha256().update(text).finish()));
}

std::string security_policy() {
  return fmt::format(
      "default-src 'none'; script-src {} {}; style-src {}; img-src data:; base-uri 'none'; form-action "
      "'none'",
      source_hash(chart_script()), source_hash(report_script()), source_hash(report_style()));
}

/// The first column heads its row.
std::string html_table(const Table& table, std::string_view id) {
  const TextTable texts = text_table(table, escape_html);
  std::string html = fmt::format("<table id=\"{}\">\n", id);
  for (std::size_t l = 0; l < texts.lines.size(); ++l) {
    html += l == 0 ? "<thead><tr>" : "<tr>";
    for (std::size_t c = 0; c < texts.lines[l].size(); ++c) {
      const bool head = l == 0 || c == 0;
      html += fmt::format("<{}{}{}>{}</{}>", head ? "th" : "td",
                          !head    ? ""
                          : l == 0 ? " scope=\"col\""
                                   : " scope=\"row\"",
                          texts.right[c] ? " class=\"number\"" : "", texts.lines[l][c], head ? "th" : "td");
    }
    html += l == 0 ? "</tr></thead>\n<tbody>\n" : "</tr>\n";
  }
  return html + "</tbody></table>";
}

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

list texts_data(const std::vector<std::string>& texts) {
  list all;
  for (const auto& text : texts) all.push_back(text);
  return all;
}

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

list leaks_data(const Comparison& comparison, bool with_notes) {
  list leaks;
  for (const auto& leak : comparison.leaks) {
    const Severity severity = severity_of(leak.kind);
    if (severity == Severity::note && !with_notes) continue;
    leaks.push_back(object{{"severity", severity_title(leak.kind)},
                           {"class", std::string(to_string(severity))},
                           {"mark", std::string(severity == Severity::leak ? dagger : "")},
                           {"kind", leak.kind},
                           {"detail", leak.detail},
                           {"extent", extent_text(comparison, leak)}});
  }
  return leaks;
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

object page(const Comparison& comparison) {
  const bool any = comparison.counts.done > 0;
  const Table unfinished = unfinished_table(comparison);
  const std::size_t more = comparison.counts.planned - comparison.counts.done - unfinished.rows.size();
  object values = {
      {"policy", security_policy()},
      {"style", std::string(report_style())},
      {"chart_script", std::string(chart_script())},
      {"script", std::string(report_script())},
      {"data", page_data(comparison)},
      {"study", comparison.study},
      {"question", text_or_nothing(comparison.question)},
      {"verdict", verdict(comparison)},
      {"counts", runs_text(comparison)},
      {"tiles", tiles_data(comparison.counts)},
      {"unfinished", table_data(unfinished, "unfinished", comparison.cells)},
      {"unfinished_more", more > 0 ? data(std::to_string(more)) : data(false)},
      {"head_leaks", leaks_data(comparison, false)},
      {"leaks", leaks_data(comparison, true)},
      {"audit", texts_data(audit_sentences(comparison))},
      {"leak_source", source_data(comparison.leak_audit)},
      {"comparison",
       table_data(comparison_table(comparison, Rows::all), "comparison", comparison.comparison)},
      {"notes", texts_data(comparison_notes(comparison))},
      {"metrics", any ? table_data(metrics_table(comparison), "metrics", comparison.metrics) : data(false)},
      {"datasets", html_table(datasets_table(comparison), "datasets")},
      {"machines", html_table(machines_table(comparison), "machines")},
      {"any_dataset", !comparison.datasets.empty()},
      {"any_machine", !comparison.machines.empty()},
      {"code_versions", texts_data(comparison.code_versions)},
      {"fingerprint", text_or_nothing(comparison.fingerprint)}};
  add_figures(values, comparison);
  values["evidence"] = std::string(evidence_template());
  return values;
}

}  // namespace

std::string render_html(const Comparison& comparison) {
  kainjow::mustache::mustache page_template{std::string(index_template())};
  page_template.set_custom_escape([](const std::string& text) { return escape_html(text); });
  const std::string text = page_template.render(data(page(comparison)));
  if (!page_template.is_valid()) {
    throw RequestError("the page's template is not well formed: " + page_template.error_message());
  }
  return text;
}

}  // namespace ablate
