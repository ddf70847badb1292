#include "report/section_of.hpp"

#include <stdexcept>

#include "report/html.hpp"
#include "report/sections/sections.hpp"

namespace ablate {

Section section_of(const Comparison& comparison, const std::string& id) {
  for (Section& section : sections(comparison)) {
    if (section.id == id) return std::move(section);
  }
  throw std::out_of_range("no section " + id);
}

Table page_table(const Comparison& comparison, const std::string& id) {
  for (const Section& section : sections(comparison)) {
    for (const PageTable& table : section.tables) {
      if (table.id == id) return table.excerpt ? *table.excerpt : table.table;
    }
  }
  throw std::out_of_range("no table " + id);
}

Table file_table(const Comparison& comparison, const std::string& name) {
  for (const Section& section : sections(comparison)) {
    for (const TableFile& file : section.files) {
      if (file.name == name) return file.table;
    }
  }
  throw std::out_of_range("no file " + name);
}

Figure figure_of(const Comparison& comparison, const std::string& name) {
  for (Figure& figure : figures_of(comparison)) {
    if (figure.plot.name == name) return std::move(figure);
  }
  throw std::out_of_range("no figure " + name);
}

std::vector<PaperTable> papers_of(const Comparison& comparison) { return paper_tables(sections(comparison)); }

std::vector<Figure> figures_of(const Comparison& comparison) { return figures(sections(comparison)); }

std::string html_page(const Comparison& comparison) { return render_html(comparison, sections(comparison)); }

}  // namespace ablate
