#include "report/markdown.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <kainjow/mustache.hpp>

#include "report/answer_words.hpp"
#include "report/section_data.hpp"
#include "report/sections/sections.hpp"
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

PageFormat markdown_format() {
  return {
      [](const PageTable& table) {
        return without_last_line_feed(render(table.excerpt ? *table.excerpt : table.table, Format::markdown));
      },
      [](const std::string& sql) { return sql; }};
}

list figures_data(const std::vector<Figure>& figures, const std::vector<bool>& drawn,
                  const PageFormat& format) {
  list all;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const Figure& figure = figures[i];
    all.push_back(object{{"title", figure.title},
                         {"caption", figure.caption},
                         {"name", figure.plot.name},
                         {"number", std::to_string(i + 1)},
                         {"drawn", bool(i < drawn.size() && drawn[i])},
                         {"source", source_data(figure.source, format)}});
  }
  return all;
}

object markdown_page(const Comparison& comparison, const std::vector<Section>& sections,
                     const std::vector<bool>& drawn, const Templates& templates, const Outputs& outputs) {
  const PageFormat format = markdown_format();
  return {{"study", comparison.study},
          {"question", text_or_nothing(comparison.question)},
          {"headline", headline(comparison)},
          {"plot_drawn", effect_figure(sections) != nullptr && !drawn.empty() && drawn.front()},
          {"bullets", texts_data(answer_bullets(comparison))},
          {"chips", fmt::format("{}", fmt::join(chips(comparison), " · "))},
          {"head_leaks", head_findings(comparison)},
          {"sections", sections_data(sections, format)},
          {"figures", figures_data(figures(sections), drawn, format)},
          {"appendix", sections_data(sections, format, true)},
          {"code_versions", texts_data(comparison.code_versions)},
          {"fingerprint", text_or_nothing(comparison.fingerprint)},
          {"tables_written", outputs.tables},
          {"figures_written", outputs.figures},
          {"data_written", outputs.data},
          {"section", without_last_line_feed(templates.text("section.md.mustache"))},
          {"source_block", without_last_line_feed(templates.text("source.md.mustache"))}};
}

}  // namespace

std::string render_markdown(const Comparison& comparison, const std::vector<Section>& sections,
                            const std::vector<bool>& drawn, const Templates& templates,
                            const Outputs& outputs) {
  kainjow::mustache::mustache page_template{templates.text("report.md.mustache")};
  page_template.set_custom_escape([](const std::string& text) { return escape_markdown(text); });
  return with_single_blank_lines(
      page_template.render(data(markdown_page(comparison, sections, drawn, templates, outputs))));
}

std::string with_single_blank_lines(const std::string& text) {
  std::string tidy;
  for (const char c : text) {
    if (c != '\n' || !tidy.ends_with("\n\n")) tidy += c;
  }
  return tidy;
}

}  // namespace ablate
