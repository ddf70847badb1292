#include "report/html.hpp"

#include <algorithm>

#include <kainjow/mustache.hpp>

#include "draw/forest_svg.hpp"
#include "report/answer_words.hpp"
#include "report/html_data.hpp"
#include "report/html_parts.hpp"
#include "report/section_data.hpp"
#include "report/sections/sections.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

using kainjow::mustache::data;
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

PageFormat html_format() {
  return {[](const PageTable& table) { return html_table(table.table, table.id); }, html_lines, true};
}

data effect_plot(const Figure* figure) {
  if (!figure) return false;
  const Forest& forest = *figure->forest;
  return object{{"picture", forest_svg(forest)},
                {"narrow", forest_svg(forest, narrow_forest)},
                {"caption", figure->caption}};
}

object page(const Comparison& comparison, const std::vector<Section>& sections, const Templates& templates,
            const Outputs& outputs) {
  return {{"policy", security_policy({chart_script(), templates.text("page.js"), templates.text("report.js")},
                                     templates.text("report.css"))},
          {"style", templates.text("report.css")},
          {"chart_script", std::string(chart_script())},
          {"page_script", templates.text("page.js")},
          {"script", templates.text("report.js")},
          {"data", page_data(comparison)},
          {"study", comparison.study},
          {"question", text_or_nothing(comparison.question)},
          {"headline", headline(comparison)},
          {"plot", effect_plot(effect_figure(sections))},
          {"bullets", texts_data(answer_bullets(comparison))},
          {"chips", texts_data(chips(comparison))},
          {"head_leaks", head_findings(comparison)},
          {"sections", sections_data(sections, html_format())},
          {"appendix", sections_data(sections, html_format(), true)},
          {"figures", comparison.counts.done > 0},
          {"code_versions", texts_data(comparison.code_versions)},
          {"fingerprint", text_or_nothing(comparison.fingerprint)},
          {"tables_written", outputs.tables},
          {"section", templates.text("section.html.mustache")},
          {"evidence", templates.text("evidence.html.mustache")}};
}

}  // namespace

std::string render_html(const Comparison& comparison, const std::vector<Section>& sections,
                        const Templates& templates, const Outputs& outputs) {
  kainjow::mustache::mustache page_template{templates.text("index.html.mustache")};
  page_template.set_custom_escape([](const std::string& text) { return escape_html(text); });
  return page_template.render(data(page(comparison, sections, templates, outputs)));
}

}  // namespace ablate
