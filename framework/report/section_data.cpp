#include "report/section_data.hpp"

#include <algorithm>

#include "report/audit_text.hpp"
#include "report/phrases.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::list;
using kainjow::mustache::object;

data optional_source(const std::optional<Evidence>& source, const PageFormat& format) {
  return source ? source_data(*source, format) : data(false);
}

list tiles_data(const std::vector<CountTile>& tiles) {
  list all;
  for (const CountTile& tile : tiles) {
    all.push_back(
        object{{"number", group_digits(static_cast<std::int64_t>(tile.number))}, {"name", tile.name}});
  }
  return all;
}

list tables_data(const std::vector<PageTable>& tables, const PageFormat& format) {
  list all;
  for (const PageTable& table : tables) {
    if (table.table.rows.empty() || (table.is_text_only && format.has_script)) continue;
    all.push_back(object{{"table", format.table(table)},
                         {"label", table.label},
                         {"heading", text_or_nothing(table.heading)},
                         {"filter", table.filter},
                         {"more", table.more > 0 ? data(std::to_string(table.more)) : data(false)},
                         {"more_file", table.more_file}});
  }
  return all;
}

list galleries_data(const std::vector<Gallery>& galleries) {
  list all;
  for (const Gallery& gallery : galleries) {
    list tiles;
    for (const GalleryTile& tile : gallery.tiles)
      tiles.push_back(object{{"picture", text_or_nothing(tile.picture)},
                             {"title", tile.title},
                             {"lines", texts_data(tile.lines)}});
    if (!gallery.tiles.empty()) all.push_back(object{{"heading", gallery.heading}, {"tiles", tiles}});
  }
  return all;
}

object finding_data(const SectionFinding& finding) {
  return {{"severity", severity_title(finding.kind)},
          {"class", std::string(to_string(finding.severity))},
          {"mark", std::string(finding.severity == Severity::leak ? dagger : "")},
          {"kind", finding.kind},
          {"detail", finding.detail},
          {"extent", finding.extent}};
}

list findings_data(const std::vector<SectionFinding>& findings) {
  list all;
  for (const SectionFinding& finding : findings) all.push_back(finding_data(finding));
  return all;
}

list links_data(const std::vector<FileLink>& links) {
  list all;
  for (const FileLink& link : links)
    all.push_back(object{{"before", link.before}, {"name", link.name}, {"after", link.after}});
  return all;
}

list controls_data(const std::vector<Control>& controls) {
  list all;
  for (const Control& control : controls) {
    list options;
    for (const auto& [value, text] : control.options)
      options.push_back(object{{"value", value}, {"text", text}});
    all.push_back(object{{"control", control.id},
                         {"label", control.label},
                         {"options", options},
                         {"is_box", control.is_box},
                         {"ticked", control.ticked}});
  }
  return all;
}

list drawings_data(const std::vector<Drawing>& drawings, const PageFormat& format) {
  list all;
  for (const Drawing& drawing : drawings) {
    const bool has_source = !drawing.evidence.sql.empty();
    all.push_back(object{{"drawing", drawing.id},
                         {"region", text_or_nothing(drawing.label)},
                         {"heading", text_or_nothing(drawing.heading)},
                         {"has_controls", !drawing.controls.empty()},
                         {"controls", controls_data(drawing.controls)},
                         {"picture", text_or_nothing(drawing.picture)},
                         {"caption", drawing.caption},
                         {"slot", text_or_nothing(drawing.slot)},
                         {"caption_end", drawing.caption_end},
                         {"low", drawing.low},
                         {"legend", drawing.legend},
                         {"numbers", text_or_nothing(drawing.numbers)},
                         {"source", has_source ? source_data(drawing.evidence, format) : data(false)}});
  }
  return all;
}

std::vector<std::string> notes_of(const Section& section, const PageFormat& format) {
  std::vector<std::string> notes = section.notes;
  if (!format.has_script && !section.excerpt_note.empty()) notes.insert(notes.begin(), section.excerpt_note);
  return notes;
}

object section_data(const Section& section, const PageFormat& format) {
  return {{"id", section.id},
          {"title", section.title},
          {"has_tiles", !section.tiles.empty()},
          {"tiles", tiles_data(section.tiles)},
          {"paragraphs", texts_data(section.paragraphs)},
          {"tables", tables_data(section.tables, format)},
          {"galleries", galleries_data(section.galleries)},
          {"remarks", texts_data(section.remarks)},
          {"has_notes", !section.notes.empty() || !section.findings.empty()},
          {"notes", texts_data(notes_of(section, format))},
          {"findings", findings_data(section.findings)},
          {"has_links", !section.links.empty()},
          {"links", links_data(section.links)},
          {"source", optional_source(section.evidence, format)},
          {"begins_drawings", false},
          {"drawings", drawings_data(section.drawings, format)}};
}

}  // namespace

list sections_data(const std::vector<Section>& sections, const PageFormat& format, bool appendix) {
  list all;
  bool has_begun = false;
  for (const Section& section : sections) {
    const bool is_here = section.is_appendix == appendix && (format.has_script || section.has_text());
    if (!section.is_shown || !is_here) continue;
    object described = section_data(section, format);
    const bool is_drawn = std::any_of(section.drawings.begin(), section.drawings.end(),
                                      [](const Drawing& drawing) { return drawing.picture.empty(); });
    described["begins_drawings"] = !has_begun && is_drawn;
    has_begun = has_begun || is_drawn;
    all.push_back(described);
  }
  return all;
}

data source_data(const Evidence& source, const PageFormat& format) {
  return object{{"sql", format.sql(source.sql)},
                {"runs", source.runs.empty() ? "none" : id_ranges(source.runs)}};
}

list head_findings(const Comparison& comparison) {
  list all;
  for (const AuditFinding& leak : comparison.leaks) {
    const Severity severity = severity_of(leak.kind);
    if (severity == Severity::note) continue;
    all.push_back(finding_data({severity, leak.kind, leak.detail, extent_text(comparison, leak)}));
  }
  return all;
}

data text_or_nothing(const std::string& text) { return text.empty() ? data(false) : data(text); }

list texts_data(const std::vector<std::string>& texts) {
  list all;
  for (const auto& text : texts) all.push_back(text);
  return all;
}

}  // namespace ablate
