#include "report/overview/overview_pages.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "draw/forest_svg.hpp"
#include "report/html_parts.hpp"
#include "report/markdown.hpp"
#include "report/phrases.hpp"
#include "report/section_data.hpp"
#include "report/verdict.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::list;
using kainjow::mustache::mustache;
using kainjow::mustache::object;

std::string title(const Overview& overview) {
  std::vector<std::string> labels;
  for (const ReportedStudy& study : overview) labels.push_back(study.label);
  return names_text(labels, 4);
}

list studies(const Overview& overview) {
  list all;
  for (const ReportedStudy& study : overview) {
    const Comparison& comparison = study.comparison;
    const VariantSummary* base = baseline(comparison);
    const std::string selectors = fmt::format("{}", fmt::join(comparison.selected_by, ", "));
    all.push_back(object{{"label", study.label},
                         {"folder", study.folder},
                         {"database", study.database},
                         {"question", text_or_nothing(comparison.question)},
                         {"verdict", verdict(comparison)},
                         {"counts", runs_text(comparison.counts)},
                         {"leaks", head_findings(comparison)},
                         {"baseline", base ? data(base->name) : data(false)},
                         {"selected_by", selectors.empty() ? "nothing yet" : selectors},
                         {"confidence", confidence_text(comparison.confidence)},
                         {"fingerprint", text_or_nothing(comparison.fingerprint)}});
  }
  return all;
}

object common(const Overview& overview, const Outputs& outputs) {
  return {{"title", title(overview)},
          {"studies", studies(overview)},
          {"notes", texts_data(overview_notes(overview))},
          {"html_written", outputs.html},
          {"markdown_written", outputs.markdown},
          {"tables_written", outputs.tables},
          {"figures_written", outputs.figures},
          {"data_written", outputs.data}};
}

object plot(const Figure& figure, std::size_t place) {
  return {{"place", std::to_string(place)},
          {"metric", figure.title.substr(figure.title.rfind(' ') + 1)},
          {"name", figure.plot.name},
          {"caption", figure.caption}};
}

}  // namespace

std::string render_overview_html(const Overview& overview, const Templates& templates,
                                 const Outputs& outputs) {
  object values = common(overview, outputs);
  values["policy"] = security_policy({templates.text("page.js"), templates.text("overview.js")},
                                     templates.text("report.css"));
  values["style"] = templates.text("report.css");
  values["page_script"] = templates.text("page.js");
  values["script"] = templates.text("overview.js");
  values["table"] = html_table(overview_table(overview), "overview");
  list plots;
  for (const Figure& figure : overview_figures(overview)) {
    object one = plot(figure, plots.size() + 1);
    one["picture"] = forest_svg(*figure.forest);
    plots.push_back(one);
  }
  values["plots"] = plots;
  mustache page{templates.text("overview.html.mustache")};
  page.set_custom_escape([](const std::string& text) { return escape_html(text); });
  return page.render(data(values));
}

std::string render_overview_markdown(const Overview& overview, const std::vector<bool>& drawn,
                                     const Templates& templates, const Outputs& outputs) {
  object values = common(overview, outputs);
  std::string table = render(overview_table(overview), Format::markdown);
  table.pop_back();
  values["table"] = table;
  list plots;
  for (const Figure& figure : overview_figures(overview)) {
    object one = plot(figure, plots.size() + 1);
    one["drawn"] = bool(drawn.at(plots.size()));
    plots.push_back(one);
  }
  values["plots"] = plots;
  mustache page{templates.text("overview.md.mustache")};
  page.set_custom_escape([](const std::string& text) { return escape_markdown(text); });
  return with_single_blank_lines(page.render(data(values)));
}

}  // namespace ablate
