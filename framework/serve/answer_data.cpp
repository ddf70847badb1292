#include "serve/answer_data.hpp"

#include <algorithm>

#include "draw/forest_svg.hpp"
#include "report/answer_words.hpp"
#include "report/html_parts.hpp"
#include "report/looks.hpp"
#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

using Json = nlohmann::ordered_json;

Json lines_json(const std::vector<std::string>& lines) {
  Json list = Json::array();
  for (const std::string& line : lines) list.push_back(printable_line(line));
  return list;
}

Json plot_json(const Section& contrasts) {
  const auto plot =
      std::find_if(contrasts.figures.begin(), contrasts.figures.end(),
                   [](const Figure& figure) { return figure.forest && figure.plot.name == "contrast"; });
  if (plot == contrasts.figures.end()) return {};
  return {{"wide", forest_svg(*plot->forest)},
          {"narrow", forest_svg(*plot->forest, narrow_forest)},
          {"caption", printable_line(plot->caption)}};
}

std::string table_html(const Section& section) {
  return section.tables.empty() || section.tables.front().table.rows.empty()
             ? std::string()
             : html_table(section.tables.front().table, section.tables.front().id);
}

}  // namespace

Json answer_data(const Comparison& comparison, Blind blind) {
  const bool hidden = is_hidden(comparison, blind);
  Json json = {{"study", printable_line(comparison.study)},
               {"question", printable_line(comparison.question)},
               {"metric", comparison.primary.name},
               {"hidden", hidden},
               {"done", comparison.counts.done}};
  if (hidden) {
    json["headline"] = hidden_headline(comparison, blind);
    json["bullets"] = lines_json(hidden_reasons(comparison.study, blind));
    return json;
  }
  const Section contrasts = contrasts_section(comparison);
  json["headline"] = printable_line(headline(comparison));
  json["bullets"] = lines_json(answer_bullets(comparison));
  json["chips"] = lines_json(chips(comparison));
  std::vector<std::string> notes = look_notes(comparison);
  if (std::string advice = how_not_to_look(comparison); !advice.empty()) notes.push_back(std::move(advice));
  json["notes"] = lines_json(notes);
  json["looked"] = look_chip(comparison);
  json["plot"] = plot_json(contrasts);
  const Section variants = comparison_section(comparison);
  json["table"] = table_html(variants);
  json["table_notes"] = lines_json(variants.notes);
  return json;
}

}  // namespace ablate
